package org.camseal.manifest;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/** Points of P-256 as 65 bytes, uncompressed (SEC 1 section 2.3.3). */
final class P256 {
    static final String NAME = "secp256r1";
    static final int POINT_LENGTH = 65;

    private static final ECParameterSpec PARAMETERS = named(NAME);

    private P256() {}

    static ECParameterSpec parameters() {
        return PARAMETERS;
    }

    static ECParameterSpec named(String curve) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks the curve " + curve, e);
        }
    }

    static byte[] encode(ECPublicKey key) {
        byte[] point = new byte[POINT_LENGTH];
        point[0] = 4;
        copyCoordinate(key.getW().getAffineX(), point, 1);
        copyCoordinate(key.getW().getAffineY(), point, 33);
        return point;
    }

    private static void copyCoordinate(BigInteger value, byte[] point, int offset) {
        byte[] magnitude = value.toByteArray();
        int skip = Math.max(0, magnitude.length - 32);
        int length = magnitude.length - skip;
        System.arraycopy(magnitude, skip, point, offset + 32 - length, length);
    }

    /** The key of a point; refuses what does not lie on the curve, before any computation with it. */
    static ECPublicKey decode(byte[] point) throws ManifestException.Malformed {
        if (point.length != POINT_LENGTH || point[0] != 4) {
            throw new ManifestException.Malformed("session key: an uncompressed P-256 point of 65 bytes expected");
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 33));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 33, 65));
        BigInteger p = ((ECFieldFp) PARAMETERS.getCurve().getField()).getP();
        BigInteger right = x.pow(3)
                .add(PARAMETERS.getCurve().getA().multiply(x))
                .add(PARAMETERS.getCurve().getB())
                .mod(p);
        if (x.compareTo(p) >= 0
                || y.compareTo(p) >= 0
                || !y.modPow(BigInteger.TWO, p).equals(right)) {
            throw new ManifestException.Malformed("session key: the point does not lie on P-256");
        }
        try {
            return (ECPublicKey)
                    KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), PARAMETERS));
        } catch (GeneralSecurityException e) {
            throw new ManifestException.Malformed("session key: refused by this platform", e);
        }
    }
}
