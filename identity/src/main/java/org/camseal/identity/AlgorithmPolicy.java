package org.camseal.identity;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;

/** Which keys and signatures count, in certificates and requests. */
public final class AlgorithmPolicy {
    private static final int RSA_MIN_BITS = 2048;

    /** Larger keys are refused too: checking them costs more than it gains. */
    private static final int RSA_MAX_BITS = 4096;

    private static final Set<Integer> CURVE_BITS = Set.of(256, 384, 521);

    /** ecdsa-with-SHA256/384/512, sha256/384/512WithRSAEncryption, RSASSA-PSS. */
    private static final Set<String> SIGNATURES = Set.of(
            "1.2.840.10045.4.3.2",
            "1.2.840.10045.4.3.3",
            "1.2.840.10045.4.3.4",
            "1.2.840.113549.1.1.11",
            "1.2.840.113549.1.1.12",
            "1.2.840.113549.1.1.13",
            "1.2.840.113549.1.1.10");

    private AlgorithmPolicy() {}

    /** Why that key does not count; empty if it does. */
    public static String weaknessOf(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec -> {
                int bits = ec.getParams().getCurve().getField().getFieldSize();
                yield CURVE_BITS.contains(bits)
                        ? ""
                        : "a key on a curve of " + bits + " bits; expected P-256, P-384 or P-521";
            }
            case RSAPublicKey rsa -> {
                int bits = rsa.getModulus().bitLength();
                yield bits >= RSA_MIN_BITS && bits <= RSA_MAX_BITS
                        ? ""
                        : "an RSA key of " + bits + " bits; expected " + RSA_MIN_BITS + " to " + RSA_MAX_BITS;
            }
            default -> "a key of algorithm " + key.getAlgorithm() + "; expected EC or RSA";
        };
    }

    /** Why that certificate's signature or key does not count; empty if they do. */
    public static String weaknessOf(X509Certificate certificate) {
        if (!SIGNATURES.contains(certificate.getSigAlgOID())) {
            return "signed with " + certificate.getSigAlgName() + "; expected ECDSA or RSA with SHA-256 or more";
        }
        return weaknessOf(certificate.getPublicKey());
    }
}
