package org.camseal.seal;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** How a grant carries the epoch key (sealed-video.md, grants). */
enum GrantAlgorithm {
    /** HPKE base mode: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
    HPKE_P256(1),
    /** RSA-OAEP with SHA-256 and MGF1-SHA-256. */
    RSA_OAEP(2);

    private final int id;

    GrantAlgorithm(int id) {
        this.id = id;
    }

    /** The number in the stream. */
    int id() {
        return id;
    }

    static Optional<GrantAlgorithm> of(int id) {
        for (GrantAlgorithm algorithm : values()) {
            if (algorithm.id == id) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The one for a recipient's key. */
    static GrantAlgorithm fitting(PublicKey key) throws SealException.UnfitRecipient {
        return switch (key) {
            case ECPublicKey ec when P256.isKeyOfCurve(ec) -> HPKE_P256;
            case RSAPublicKey rsa when isOfFittingSize(rsa) -> RSA_OAEP;
            case ECPublicKey ec ->
                throw new SealException.UnfitRecipient(
                        "an EC key that is not a point of P-256; grants go to keys on P-256");
            case RSAPublicKey rsa ->
                throw new SealException.UnfitRecipient(
                        "an RSA key of " + rsa.getModulus().bitLength() + " bits; grants go to keys of "
                                + RsaOaep.MIN_BITS + " to " + RsaOaep.MAX_BITS + " bits");
            default ->
                throw new SealException.UnfitRecipient(
                        "a key of kind " + key.getAlgorithm() + "; grants go to EC keys on P-256 and RSA keys");
        };
    }

    private static boolean isOfFittingSize(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        return bits >= RsaOaep.MIN_BITS && bits <= RsaOaep.MAX_BITS;
    }
}
