package org.camseal.identity.tpm2;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import org.camseal.identity.CurvePoint;
import org.camseal.identity.IdentityException;

/** A TPMT_PUBLIC as the TPM gave it (part 2, section 12.2.4): what a key is, what it may do, and its public number or point. */
final class TpmPublic {
    static final int RSA = 0x0001;
    static final int ECC = 0x0023;
    static final int SHA256 = 0x000b;

    private final byte[] area;
    private final int attributes;
    private final PublicKey key;

    private TpmPublic(byte[] area, int attributes, PublicKey key) {
        this.area = area;
        this.attributes = attributes;
        this.key = key;
    }

    /** Reads a public area of an RSA or EC key whose name is a SHA-256 digest. */
    static TpmPublic parse(byte[] area) throws IdentityException.Element {
        TpmReader in = new TpmReader(area, "a public area");
        int type = in.u16();
        int nameAlg = in.u16();
        if (nameAlg != SHA256) {
            throw in.malformed("a name of algorithm " + nameAlg + " is not used here");
        }
        int attributes = in.u32();
        in.sized(); // authPolicy: it is part of the name, and so compared with it
        if (in.u16() != TpmTemplates.NULL) {
            in.u16(); // bits of the storage cipher
            in.u16(); // and its mode
        }
        if (in.u16() != TpmTemplates.NULL) {
            in.u16(); // the scheme's hash
        }
        try {
            PublicKey key = switch (type) {
                case RSA -> rsa(in);
                case ECC -> ecc(in);
                default -> throw in.malformed("a key of type " + type + " is not used here");
            };
            in.end();
            return new TpmPublic(area.clone(), attributes, key);
        } catch (GeneralSecurityException e) {
            throw in.malformed("it holds no public key");
        }
    }

    private static PublicKey rsa(TpmReader in) throws IdentityException.Element, GeneralSecurityException {
        int bits = in.u16();
        int exponent = in.u32();
        BigInteger modulus = new BigInteger(1, in.sized());
        if (modulus.bitLength() != bits) {
            throw in.malformed("a modulus of " + modulus.bitLength() + " bits, announced as " + bits);
        }
        BigInteger e = BigInteger.valueOf(exponent == 0 ? 65_537 : Integer.toUnsignedLong(exponent));
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, e));
    }

    private static PublicKey ecc(TpmReader in) throws IdentityException.Element, GeneralSecurityException {
        int curve = in.u16();
        String name = switch (curve) {
            case TpmTemplates.P256 -> "secp256r1";
            case TpmTemplates.P384 -> "secp384r1";
            default -> throw in.malformed("curve " + curve + " is not used here");
        };
        if (in.u16() != TpmTemplates.NULL) {
            in.u16(); // the key derivation's hash
        }
        ECPoint point = new ECPoint(new BigInteger(1, in.sized()), new BigInteger(1, in.sized()));
        return ecKey(name, point);
    }

    /** The key of that point, which is on that curve. */
    static ECPublicKey ecKey(String curve, ECPoint point) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
        if (!CurvePoint.isOn(spec, point)) {
            throw new GeneralSecurityException("not a point of " + curve);
        }
        return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, spec));
    }

    byte[] area() {
        return area.clone();
    }

    /** The object's Name (part 1, section 16): the name algorithm and the digest of the public area. */
    byte[] name() {
        return new TpmWriter().u16(SHA256).raw(TpmKdf.sha256(area)).bytes();
    }

    int attributes() {
        return attributes;
    }

    PublicKey key() {
        return key;
    }

    /** True if it is what that template asked for, apart from the number or point that the TPM chose. */
    boolean fits(byte[] template) {
        int fixed = template.length - TpmTemplates.uniqueBytes(template);
        return area.length > fixed && Arrays.equals(area, 0, fixed, template, 0, fixed);
    }
}
