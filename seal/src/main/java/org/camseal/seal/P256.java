package org.camseal.seal;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/** The curve P-256 (FIPS 186-5, secp256r1): its points as bytes and back, and the checks that a foreign point must pass. */
final class P256 {
    /** An uncompressed point: 0x04, x, y (SEC 1 section 2.3.3). */
    static final int POINT_BYTES = 65;

    static final int COORDINATE_BYTES = 32;

    private static final ECParameterSpec CURVE = curve();
    private static final BigInteger P = ((ECFieldFp) CURVE.getCurve().getField()).getP();

    private P256() {}

    static KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no P-256 keys", e);
        }
    }

    /** The x coordinate of the shared point, 32 bytes (ECDH, NIST SP 800-56A section 5.7.1.2). */
    static byte[] agree(PrivateKey own, ECPublicKey peer) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own);
        agreement.doPhase(peer, true);
        return agreement.generateSecret();
    }

    /** True for a key on this curve whose point passes {@link #isOnCurve}. */
    static boolean isKeyOfCurve(ECPublicKey key) {
        ECParameterSpec theirs = key.getParams();
        return theirs != null
                && theirs.getCurve().equals(CURVE.getCurve())
                && theirs.getGenerator().equals(CURVE.getGenerator())
                && theirs.getOrder().equals(CURVE.getOrder())
                && theirs.getCofactor() == CURVE.getCofactor()
                && isOnCurve(key.getW());
    }

    /** The 65 bytes of a point. */
    static byte[] encode(ECPublicKey key) {
        byte[] point = new byte[POINT_BYTES];
        point[0] = 4;
        put(key.getW().getAffineX(), point, 1);
        put(key.getW().getAffineY(), point, 1 + COORDINATE_BYTES);
        return point;
    }

    /** The key of a point, or nothing where the bytes are no uncompressed point of the curve (RFC 9180 section 7.1.4). */
    static Optional<ECPublicKey> decode(byte[] point) {
        if (point.length != POINT_BYTES || point[0] != 4) {
            return Optional.empty();
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE_BYTES));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE_BYTES, POINT_BYTES));
        ECPoint w = new ECPoint(x, y);
        if (!isOnCurve(w)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(w, CURVE)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK reads no P-256 keys", e);
        }
    }

    /** y² = x³ + ax + b with both coordinates below p; the point at infinity fails. The cofactor is 1: no small subgroups. */
    private static boolean isOnCurve(ECPoint w) {
        if (w.equals(ECPoint.POINT_INFINITY)) {
            return false;
        }
        BigInteger x = w.getAffineX();
        BigInteger y = w.getAffineY();
        if (x.signum() < 0 || x.compareTo(P) >= 0 || y.signum() < 0 || y.compareTo(P) >= 0) {
            return false;
        }
        BigInteger right = x.multiply(x)
                .add(CURVE.getCurve().getA())
                .multiply(x)
                .add(CURVE.getCurve().getB());
        return y.multiply(y).subtract(right).mod(P).signum() == 0;
    }

    private static void put(BigInteger coordinate, byte[] to, int offset) {
        byte[] signed = coordinate.toByteArray();
        int from = signed.length > COORDINATE_BYTES ? signed.length - COORDINATE_BYTES : 0;
        int length = signed.length - from;
        System.arraycopy(signed, from, to, offset + COORDINATE_BYTES - length, length);
    }

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no P-256", e);
        }
    }
}
