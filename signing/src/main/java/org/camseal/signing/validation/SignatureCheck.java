package org.camseal.signing.validation;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.camseal.signing.wire.HashAlgorithm;

/** Verifies one signature with one key: ECDSA on P-256 and P-384, RSASSA-PSS with 2048 to 4096 bits. */
final class SignatureCheck {
    /** What came of it. */
    enum Outcome {
        GOOD,
        BAD,
        /** The key is of a kind that is not checked here. */
        UNSUPPORTED
    }

    private static final int TRAILER_FIELD = 1;
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 4096;

    private SignatureCheck() {}

    static Outcome verify(PublicKey key, HashAlgorithm hash, byte[] document, byte[] signature) {
        return switch (key) {
            case ECPublicKey ec -> {
                int bits = ec.getParams().getCurve().getField().getFieldSize();
                yield bits == 256 || bits == 384
                        ? outcome(verifyEcdsa(ec, hash, document, signature))
                        : Outcome.UNSUPPORTED;
            }
            case RSAPublicKey rsa -> {
                int bits = rsa.getModulus().bitLength();
                yield bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS
                        ? outcome(verifyPss(rsa, hash, document, signature))
                        : Outcome.UNSUPPORTED;
            }
            default -> Outcome.UNSUPPORTED;
        };
    }

    private static Outcome outcome(boolean good) {
        return good ? Outcome.GOOD : Outcome.BAD;
    }

    private static boolean verifyEcdsa(ECPublicKey key, HashAlgorithm hash, byte[] document, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(hash.jcaName().replace("-", "") + "withECDSA");
            verifier.initVerify(key);
            verifier.update(document);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false; // no DER of two numbers, or a point that is not on the curve
        }
    }

    /** OpenSSL, and so the reference, salts with as many bytes as there is room for; others with as many as the hash has. */
    private static boolean verifyPss(RSAPublicKey key, HashAlgorithm hash, byte[] document, byte[] signature) {
        int encoded = (key.getModulus().bitLength() - 1 + 7) / 8;
        int longest = encoded - hash.size() - 2;
        return verifyPss(key, hash, longest, document, signature)
                || verifyPss(key, hash, hash.size(), document, signature);
    }

    private static boolean verifyPss(
            RSAPublicKey key, HashAlgorithm hash, int saltBytes, byte[] document, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("RSASSA-PSS");
            verifier.setParameter(new PSSParameterSpec(
                    hash.jcaName(), "MGF1", new MGF1ParameterSpec(hash.jcaName()), saltBytes, TRAILER_FIELD));
            verifier.initVerify(key);
            verifier.update(document);
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}
