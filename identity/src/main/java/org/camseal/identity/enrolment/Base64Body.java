package org.camseal.identity.enrolment;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.camseal.identity.IdentityException;

/** How EST carries DER: base64, with or without line breaks, whatever the Content-Transfer-Encoding says (RFC 8951 section 3.1). */
public final class Base64Body {
    private Base64Body() {}

    /** On one line, without a line break: the one form that every deployed client reads. */
    public static byte[] encode(byte[] der) {
        return Base64.getEncoder().encode(der);
    }

    /**
     * Reads any form.
     *
     * @param where for messages
     * @throws IdentityException.Malformed if there is another character than base64 and white space in it, or nothing
     */
    public static byte[] decode(byte[] body, String where) throws IdentityException.Malformed {
        ByteArrayOutputStream letters = new ByteArrayOutputStream(body.length);
        for (byte letter : body) {
            if (letter != ' ' && letter != '\t' && letter != '\r' && letter != '\n') {
                letters.write(letter);
            }
        }
        if (letters.size() == 0) {
            throw new IdentityException.Malformed(where + ": an empty body");
        }
        try {
            return Base64.getDecoder().decode(letters.toByteArray());
        } catch (IllegalArgumentException e) {
            throw new IdentityException.Malformed(where + ": not base64: "
                    + new String(letters.toByteArray(), 0, Math.min(12, letters.size()), StandardCharsets.US_ASCII)
                            .replaceAll("[^!-~]", "?")
                    + "...");
        }
    }
}
