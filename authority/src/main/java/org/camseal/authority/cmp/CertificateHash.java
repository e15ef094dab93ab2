package org.camseal.authority.cmp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import org.bouncycastle.asn1.cmp.CertStatus;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;

/** The digest by which certConf names a certificate: by the hash of the certificate's own signature (RFC 9810 section 5.3.18). */
public final class CertificateHash {
    private final String algorithm;
    private final byte[] digest;

    private CertificateHash(String algorithm, byte[] digest) {
        this.algorithm = algorithm;
        this.digest = digest;
    }

    /** Of a certificate. */
    public static CertificateHash of(X509Certificate certificate) {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        String algorithm = signature.contains("384") ? "SHA-384" : signature.contains("512") ? "SHA-512" : "SHA-256";
        try {
            return new CertificateHash(
                    algorithm, MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    /** A copy of the digest: 32, 48 or 64 bytes. */
    public byte[] bytes() {
        return digest.clone();
    }

    /**
     * True if that status names this certificate.
     *
     * @throws CmpRefusal if it names another hash algorithm
     */
    boolean isNamedBy(CertStatus status) throws CmpRefusal {
        if (status.getHashAlg() != null) {
            String named = status.getHashAlg().getAlgorithm().getId();
            String own = switch (algorithm) {
                case "SHA-384" -> NISTObjectIdentifiers.id_sha384.getId();
                case "SHA-512" -> NISTObjectIdentifiers.id_sha512.getId();
                default -> NISTObjectIdentifiers.id_sha256.getId();
            };
            if (!named.equals(own)) {
                throw new CmpRefusal(Failure.BAD_ALG, "the certificate is named by " + algorithm + " here");
            }
        }
        return MessageDigest.isEqual(digest, status.getCertHash().getOctets());
    }
}
