package org.camseal.signing.wire;

/**
 * The algorithms that an SEI names (docs/spec/media-signing.md, tag 4).
 *
 * @param hash H of the stream, and of the signature
 * @param signatureOid object identifier of the signature algorithm in hexadecimal digits, DER; mostly empty, and never needed: the key says it
 * @param rsaKeyBits 0 where nothing is said, 0 to 65535
 */
public record CryptoInfo(HashAlgorithm hash, String signatureOid, int rsaKeyBits) {
    /** The hash algorithm alone, as the reference writes it for every kind of key. */
    public static CryptoInfo of(HashAlgorithm hash) {
        return new CryptoInfo(hash, "", 0);
    }
}
