package org.camseal.authority.est;

import org.camseal.identity.CertificateRequest;
import org.camseal.identity.IdentityException;
import org.camseal.identity.enrolment.Base64Body;

/** A certificate request as the body of a POST: base64 (RFC 8951 section 3.1), or plain DER, which some clients send. */
final class EstBody {
    /** Largest body, in bytes: a request of 32 KiB in base64 with line breaks. */
    static final int MAX_BYTES = 48 * 1024;

    /** Of a SEQUENCE. In base64 it would be a first byte of 0xd0 or more, which no request begins with. */
    private static final byte SEQUENCE = 0x30;

    private EstBody() {}

    /**
     * @throws IdentityException.Malformed if it is no request, or the request is not signed by the key it asks for
     */
    static CertificateRequest parse(byte[] body) throws IdentityException.Malformed {
        String where = "the body";
        if (body.length > MAX_BYTES) {
            throw new IdentityException.Malformed(
                    where + ": " + body.length + " bytes; at most " + MAX_BYTES + " are read");
        }
        if (body.length > 0 && body[0] == '-') {
            throw new IdentityException.Malformed(
                    where + ": PEM; send DER, or its base64 without the lines of dashes around it");
        }
        boolean binary = body.length > 1 && body[0] == SEQUENCE && (body[1] & 0x80) != 0;
        return CertificateRequest.parse(binary ? body : Base64Body.decode(body, where), where);
    }
}
