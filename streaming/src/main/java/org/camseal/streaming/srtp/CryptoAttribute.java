package org.camseal.streaming.srtp;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.camseal.streaming.ProtocolException;

/** A master key as SDES puts it into a session description (RFC 4568): {@code a=crypto:1 SUITE inline:KEY}. Inside TLS only. */
public final class CryptoAttribute {
    /** The attribute's name. */
    public static final String NAME = "crypto";

    private static final String INLINE = "inline:";
    private static final int MOST = 512;

    private CryptoAttribute() {}

    /** The value of the attribute: no lifetime and no MKI. */
    public static String write(SrtpKey key) {
        return "1 " + key.profile() + " " + INLINE + Base64.getEncoder().encodeToString(key.keyAndSalt());
    }

    /**
     * Reads a value; a lifetime is passed over.
     *
     * @return empty where it is of a suite that is not known here
     * @throws ProtocolException where it breaks the syntax, asks for an MKI, or has session parameters, all of which would change what
     *     is accepted
     */
    public static Optional<SrtpKey> parse(String value) throws ProtocolException {
        String[] words = value.strip().split("\\s+", 4);
        if (value.length() > MOST || words.length != 3 || !words[2].startsWith(INLINE)) {
            throw new ProtocolException(
                    "crypto attribute of " + words.length
                            + " words; a tag, a suite and one inline key without session parameters expected (RFC 4568 section 9.1)");
        }
        String[] parts = words[2].substring(INLINE.length()).split("\\|", 3);
        if (parts.length > 2 || (parts.length == 2 && parts[1].contains(":"))) {
            throw new ProtocolException("crypto attribute with an MKI, which is not accepted here; MIKEY carries one");
        }
        Optional<SrtpProfile> profile = Arrays.stream(SrtpProfile.values())
                .filter(known -> known.name().equals(words[1]))
                .findFirst();
        if (profile.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(SrtpKey.of(profile.get(), Base64.getDecoder().decode(parts[0])));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("crypto attribute whose key is no base64 of " + SrtpKey.lengthOf(profile.get())
                    + " bytes (RFC 4568 section 6.1)");
        }
    }
}
