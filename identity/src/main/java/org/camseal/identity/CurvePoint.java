package org.camseal.identity;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;

/** Whether a public key is a point of the curve that it names: no private key agrees with another (RFC 9180 section 7.1.4). */
public final class CurvePoint {
    private CurvePoint() {}

    /** True if both coordinates are of the field and satisfy the curve's equation; the point at infinity does not. */
    public static boolean isOn(ECParameterSpec curve, ECPoint point) {
        if (point.equals(ECPoint.POINT_INFINITY) || !(curve.getCurve().getField() instanceof ECFieldFp field)) {
            return false;
        }
        BigInteger p = field.getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        boolean ofTheField = x.signum() >= 0 && y.signum() >= 0 && x.compareTo(p) < 0 && y.compareTo(p) < 0;
        BigInteger right = x.pow(3)
                .add(curve.getCurve().getA().multiply(x))
                .add(curve.getCurve().getB());
        return ofTheField && y.pow(2).subtract(right).mod(p).signum() == 0;
    }

    /**
     * Refuses a peer's key that is not a point of our key's curve, before an element is asked.
     *
     * @throws IdentityException.Element with {@link ElementFault#REFUSED}
     */
    public static void requireFitting(ECPublicKey own, ECPublicKey peer) throws IdentityException.Element {
        boolean sameCurve = own.getParams().getCurve().equals(peer.getParams().getCurve());
        if (!sameCurve || !isOn(own.getParams(), peer.getW())) {
            throw notFitting(null);
        }
    }

    static IdentityException.Element notFitting(@org.jspecify.annotations.Nullable Exception cause) {
        String message = "the peer's key does not fit the recipient key: not a point of its curve";
        return cause == null
                ? new IdentityException.Element(ElementFault.REFUSED, message)
                : new IdentityException.Element(ElementFault.REFUSED, message, cause);
    }
}
