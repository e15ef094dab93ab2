package org.camseal.streaming.mikey;

import java.util.Locale;
import java.util.Optional;

/**
 * Where a message stands: {@code a=key-mgmt:mikey DATA} in a description, {@code KeyMgmt: prot=mikey; uri="…"; data="DATA"} in a request
 * (RFC 4567 sections 3.1 and 5.1).
 */
public final class KeyManagement {
    /** The name of the attribute in a description. */
    public static final String ATTRIBUTE = "key-mgmt";

    /** The name of the header. */
    public static final String HEADER = "KeyMgmt";

    private static final String MIKEY = "mikey";

    private KeyManagement() {}

    /** The value of the attribute. */
    public static String attribute(MikeyMessage message) {
        return MIKEY + " " + message.toBase64();
    }

    /** The value of the header. */
    public static String header(String uri, MikeyMessage message) {
        return "prot=" + MIKEY + "; uri=\"" + uri + "\"; data=\"" + message.toBase64() + "\"";
    }

    /** The base64 text in the value of an attribute; empty where it is of another protocol. */
    public static Optional<String> dataOfAttribute(String value) {
        String[] words = value.strip().split("\\s+", 3);
        return words.length == 2 && words[0].toLowerCase(Locale.ROOT).equals(MIKEY)
                ? Optional.of(words[1])
                : Optional.empty();
    }

    /** The base64 text in the value of a header; of several specifications the first of this protocol. Empty where there is none. */
    public static Optional<String> dataOfHeader(String value) {
        for (String specification : value.split(",", 8)) {
            String protocol = "";
            String data = "";
            for (String part : specification.split(";", 8)) {
                int equals = part.indexOf('=');
                String name =
                        (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
                String text =
                        equals < 0 ? "" : unquoted(part.substring(equals + 1).strip());
                switch (name) {
                    case "prot" -> protocol = text.toLowerCase(Locale.ROOT);
                    case "data" -> data = text;
                    default -> {} // uri: the request's own counts
                }
            }
            if (protocol.equals(MIKEY) && !data.isEmpty()) {
                return Optional.of(data);
            }
        }
        return Optional.empty();
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
