package org.camseal.signing.wire;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The chain in an SEI (docs/spec/media-signing.md, tag 6), as text. Whether anybody vouches for it is another question.
 *
 * @param userProvisioned true if the key is the user's, false if it is the manufacturer's
 * @param pem certificates, leaf first, then intermediates, without the root; at most 65534 bytes
 */
public record Certificates(boolean userProvisioned, String pem) {
    /** Most certificates that a chain may have. */
    public static final int MAX_CERTIFICATES = 4;

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    /**
     * A chain to be written.
     *
     * @param chain leaf first, without the root, 1 to {@link #MAX_CERTIFICATES}
     * @throws IllegalArgumentException for another number, or a certificate without an encoding
     */
    public static Certificates of(boolean userProvisioned, List<X509Certificate> chain) {
        if (chain.isEmpty() || chain.size() > MAX_CERTIFICATES) {
            throw new IllegalArgumentException(chain.size() + " certificates; 1 to 4 expected");
        }
        Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : chain) {
            try {
                pem.append(BEGIN).append('\n');
                pem.append(base64.encodeToString(certificate.getEncoded()));
                pem.append('\n').append(END).append('\n');
            } catch (CertificateEncodingException e) {
                throw new IllegalArgumentException(certificate.getSubjectX500Principal() + " has no encoding", e);
            }
        }
        return new Certificates(userProvisioned, pem.toString());
    }

    /**
     * The certificates, leaf first, 1 to {@link #MAX_CERTIFICATES}.
     *
     * @throws CertificateException if one cannot be read, or there is none, or there are more
     */
    public List<X509Certificate> chain() throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> chain = new ArrayList<>();
        int at = pem.indexOf(BEGIN);
        while (at >= 0) {
            int end = pem.indexOf(END, at);
            if (end < 0 || chain.size() == MAX_CERTIFICATES) {
                throw new CertificateException(
                        end < 0 ? "a certificate without an end" : "more than " + MAX_CERTIFICATES + " certificates");
            }
            InputStream one = new ByteArrayInputStream(
                    pem.substring(at, end + END.length()).getBytes(StandardCharsets.US_ASCII));
            chain.add((X509Certificate) factory.generateCertificate(one));
            at = pem.indexOf(BEGIN, end);
        }
        if (chain.isEmpty()) {
            throw new CertificateException("no certificate in PEM form");
        }
        return List.copyOf(chain);
    }
}
