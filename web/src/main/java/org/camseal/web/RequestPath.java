package org.camseal.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request's path as its decoded parts. Strict: whatever could mean another path to another reader is refused, so nothing has to be
 * normalised: dot parts, encoded slashes, backslashes, control characters, bad UTF-8, semicolons.
 */
final class RequestPath {
    private static final int MAX_PARTS = 32;
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{1,8000}={0,2}");

    private RequestPath() {}

    /**
     * @param raw the path as it stood in the request, without the query
     * @throws WebException.Refused 400
     */
    static List<String> parts(String raw) throws WebException.Refused {
        if (!raw.startsWith("/")) {
            throw bad("it does not begin with a slash");
        }
        String[] pieces = raw.substring(1).split("/", -1);
        if (pieces.length > MAX_PARTS) {
            throw bad("it has more than " + MAX_PARTS + " parts");
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < pieces.length; i++) {
            String part = decode(pieces[i]);
            if (part.equals(".") || part.equals("..")) {
                throw bad("it has a dot part");
            }
            if (part.isEmpty() && i < pieces.length - 1) {
                throw bad("it has an empty part");
            }
            if (part.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '/' || c == '\\' || c == ';')) {
                throw bad("it has a character that paths here do not have");
            }
            parts.add(part);
        }
        return List.copyOf(parts);
    }

    /**
     * As {@link #parts(String)}, but what is behind one of those prefixes is one part, which may have slashes.
     *
     * @throws WebException.Refused 400
     */
    static List<String> parts(String raw, Set<String> opaquePrefixes) throws WebException.Refused {
        for (String prefix : opaquePrefixes) {
            if (raw.startsWith(prefix) && raw.length() > prefix.length()) {
                String rest = decode(raw.substring(prefix.length()));
                if (!BASE64.matcher(rest).matches()) {
                    throw bad("what is behind " + prefix + " is not base64");
                }
                return List.of(prefix.substring(1, prefix.length() - 1), rest);
            }
        }
        return parts(raw);
    }

    private static String decode(String part) throws WebException.Refused {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '%') {
                if (i + 2 >= part.length()) {
                    throw bad("it has an unfinished % code");
                }
                bytes.write(hex(part.charAt(i + 1)) << 4 | hex(part.charAt(i + 2)));
                i += 2;
            } else if (c < 0x80) {
                bytes.write(c);
            } else {
                throw bad("it has a character that is not encoded");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw bad("it is not UTF-8");
        }
    }

    private static int hex(char digit) throws WebException.Refused {
        int value = Character.digit(digit, 16);
        if (value < 0 || digit > 'f') {
            throw bad("it has a wrong % code");
        }
        return value;
    }

    private static WebException.Refused bad(String why) {
        return WebException.Refused.badRequest("this path is not understood: " + why);
    }
}
