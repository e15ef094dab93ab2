package org.camseal.manifest;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;

/** Verifies signatures as COSE writes them (RFC 9053 section 2.1: r and s of fixed length), and turns DER into that form. */
final class Signatures {
    private Signatures() {}

    /** True if the key fits the algorithm (kind, curve, size) and the signature verifies. */
    static boolean verify(CoseAlgorithm algorithm, PublicKey key, byte[] message, byte[] signature) {
        if (!fits(algorithm, key)) {
            return false;
        }
        try {
            Signature verifier = verifier(algorithm);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // a signature of a wrong length or form is reported by exception; it is refused all the same
        }
    }

    /** True if the key is of the kind, curve and size the algorithm asks for. */
    static boolean fits(CoseAlgorithm algorithm, PublicKey key) {
        return switch (algorithm) {
            case ES256 -> key instanceof ECPublicKey ec && P256.NAME.equals(curveName(ec));
            case ES384 -> key instanceof ECPublicKey ec && "secp384r1".equals(curveName(ec));
            case PS256 ->
                key instanceof RSAPublicKey rsa
                        && rsa.getModulus().bitLength() >= 2048
                        && rsa.getModulus().bitLength() <= 4096
                        && rsa.getPublicExponent().bitLength() <= 32;
        };
    }

    private static String curveName(ECPublicKey key) {
        BigInteger order = key.getParams().getOrder();
        return order.equals(P256.parameters().getOrder())
                        && key.getParams().getCurve().equals(P256.parameters().getCurve())
                ? P256.NAME
                : order.bitLength() == 384
                                && order.equals(P256.named("secp384r1").getOrder())
                        ? "secp384r1"
                        : "";
    }

    private static Signature verifier(CoseAlgorithm algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case ES256 -> Signature.getInstance("SHA256withECDSAinP1363Format");
            case ES384 -> Signature.getInstance("SHA384withECDSAinP1363Format");
            case PS256 -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield pss;
            }
        };
    }

    /** The COSE form of what a {@link MediaKey} returned. */
    static byte[] toCose(CoseAlgorithm algorithm, byte[] signature) throws ManifestException.KeyFailed {
        return switch (algorithm) {
            case ES256 -> fromDer(signature, 32);
            case ES384 -> fromDer(signature, 48);
            case PS256 -> signature.clone();
        };
    }

    /** ECDSA-Sig-Value (RFC 3279 section 2.2.3) to r and s, each of {@code size} bytes. */
    static byte[] fromDer(byte[] der, int size) throws ManifestException.KeyFailed {
        byte[] fixed = new byte[2 * size];
        if (der.length < 8 || der.length > 127 || der[0] != 0x30 || der[1] != der.length - 2) {
            throw notDer();
        }
        int next = copyInteger(der, 2, fixed, 0, size);
        next = copyInteger(der, next, fixed, size, size);
        if (next != der.length) {
            throw notDer();
        }
        return fixed;
    }

    private static int copyInteger(byte[] der, int at, byte[] fixed, int to, int size)
            throws ManifestException.KeyFailed {
        if (at + 2 > der.length || der[at] != 2 || der[at + 1] < 1 || at + 2 + der[at + 1] > der.length) {
            throw notDer();
        }
        int end = at + 2 + der[at + 1];
        BigInteger value = new BigInteger(Arrays.copyOfRange(der, at + 2, end));
        if (value.signum() < 0 || value.bitLength() > 8 * size) {
            throw notDer();
        }
        byte[] magnitude = value.toByteArray();
        int skip = Math.max(0, magnitude.length - size);
        int length = magnitude.length - skip;
        System.arraycopy(magnitude, skip, fixed, to + size - length, length);
        return end;
    }

    private static ManifestException.KeyFailed notDer() {
        return new ManifestException.KeyFailed("the media key returned something that is no ECDSA signature in DER");
    }
}
