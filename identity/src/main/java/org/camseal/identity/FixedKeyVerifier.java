package org.camseal.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Verifies ECDSA signatures by one key, again and again: an authority checks each signature of its own key before it gives a certificate out,
 * and the platform's provider, which looks at every key for the first time, takes several times as long for that as the signature itself took.
 *
 * <p>Both points of the verification (FIPS 186-5 section 6.4.2) are known beforehand, the base point and the key, so sums of their doublings are
 * kept in two tables and one pass over both numbers does (Lim and Lee's comb). Times depend on the numbers: they are public here. Nothing
 * secret may ever be multiplied with this. Immutable; safe for use by several threads.
 */
final class FixedKeyVerifier {
    /** Bits of a number that one look into a table takes: 256 points a table, some milliseconds to make both. */
    private static final int TEETH = 8;

    private final PublicKey key;
    private final SignatureAlgorithm algorithm;
    private final String digestName;
    private final BigInteger order;
    private final int spacing;
    private final ECPoint[] baseSums;
    private final ECPoint[] keySums;

    private FixedKeyVerifier(ECPublicKey key, SignatureAlgorithm algorithm, String digestName, X9ECParameters curve) {
        this.key = key;
        this.algorithm = algorithm;
        this.digestName = digestName;
        this.order = curve.getN();
        this.spacing = (order.bitLength() + TEETH - 1) / TEETH;
        this.baseSums = sums(curve.getG());
        this.keySums = sums(curve.getCurve()
                .validatePoint(key.getW().getAffineX(), key.getW().getAffineY()));
    }

    /**
     * For a key that signs with that algorithm; empty for RSA, whose verification is quick as it is.
     *
     * @throws IllegalArgumentException if the key is not of that algorithm's curve
     */
    static Optional<FixedKeyVerifier> of(PublicKey key, SignatureAlgorithm algorithm) {
        Optional<String> curve = switch (algorithm) {
            case ES256 -> Optional.of("secp256r1");
            case ES384 -> Optional.of("secp384r1");
            case PS256 -> Optional.empty();
        };
        return curve.map(name -> new FixedKeyVerifier(
                (ECPublicKey) key, algorithm, algorithm.digestName().orElseThrow(), CustomNamedCurves.getByName(name)));
    }

    /** Whether it is for that key. */
    boolean isFor(PublicKey other) {
        return key.equals(other);
    }

    /** Sums of the point doubled 0, {@link #spacing}, 2 * spacing ... times: entry i has those of i's bits. */
    private ECPoint[] sums(ECPoint point) {
        ECPoint[] sums = new ECPoint[1 << TEETH];
        sums[0] = point.getCurve().getInfinity();
        ECPoint tooth = point;
        for (int bit = 0; bit < TEETH; bit++) {
            for (int lower = 0; lower < 1 << bit; lower++) {
                sums[(1 << bit) + lower] = sums[lower].add(tooth);
            }
            tooth = tooth.timesPow2(spacing);
        }
        point.getCurve().normalizeAll(sums);
        return sums;
    }

    /**
     * Whether the key made that signature.
     *
     * @param message what was signed, whole
     * @param signature in DER, as X.509 has it; any other encoding is no signature
     */
    boolean verifies(byte[] message, byte[] signature) {
        try {
            ASN1Sequence pair = ASN1Sequence.getInstance(signature);
            if (pair.size() != 2 || !Arrays.equals(pair.getEncoded(ASN1Encoding.DER), signature)) {
                return false;
            }
            BigInteger r = ASN1Integer.getInstance(pair.getObjectAt(0)).getValue();
            BigInteger s = ASN1Integer.getInstance(pair.getObjectAt(1)).getValue();
            return isBelowOrder(r) && isBelowOrder(s) && verifies(digest(message), r, s);
        } catch (IOException | IllegalArgumentException e) {
            return false; // no DER at all
        }
    }

    private boolean isBelowOrder(BigInteger number) {
        return number.signum() > 0 && number.compareTo(order) < 0;
    }

    private BigInteger digest(byte[] message) {
        try {
            return new BigInteger(1, MessageDigest.getInstance(digestName).digest(message)); // as long as the order
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + digestName, e);
        }
    }

    private boolean verifies(BigInteger digest, BigInteger r, BigInteger s) {
        BigInteger inverse = s.modInverse(order);
        ECPoint sum =
                sumOf(digest.multiply(inverse).mod(order), r.multiply(inverse).mod(order));
        return !sum.isInfinity()
                && sum.normalize().getAffineXCoord().toBigInteger().mod(order).equals(r);
    }

    /** The base point times one number plus the key times the other. */
    private ECPoint sumOf(BigInteger ofBase, BigInteger ofKey) {
        ECPoint sum = baseSums[0];
        for (int at = spacing - 1; at >= 0; at--) {
            sum = sum.twice().add(baseSums[bits(ofBase, at)]).add(keySums[bits(ofKey, at)]);
        }
        return sum;
    }

    private int bits(BigInteger number, int at) {
        int bits = 0;
        for (int tooth = 0; tooth < TEETH; tooth++) {
            if (number.testBit(tooth * spacing + at)) {
                bits |= 1 << tooth;
            }
        }
        return bits;
    }

    @Override
    public String toString() {
        return "verifier for one " + algorithm + " key";
    }
}
