package org.camseal.signing;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of keys that sign media. */
public enum KeyKind {
    ECDSA_P256(72, 0),
    ECDSA_P384(104, 0),
    /** RSASSA-PSS, MGF1 with the same hash. */
    RSA_2048(256, 2048),
    /** RSASSA-PSS, MGF1 with the same hash. */
    RSA_3072(384, 3072),
    /** RSASSA-PSS, MGF1 with the same hash. */
    RSA_4096(512, 4096);

    private final int maxSignatureBytes;
    private final int rsaBits;

    KeyKind(int maxSignatureBytes, int rsaBits) {
        this.maxSignatureBytes = maxSignatureBytes;
        this.rsaBits = rsaBits;
    }

    /** The kind of RSA key whose modulus has this many bits; empty for others. */
    public static Optional<KeyKind> ofRsaBits(int bits) {
        return Arrays.stream(values())
                .filter(kind -> kind.isRsa() && kind.rsaBits == bits)
                .findFirst();
    }

    /** Bytes that a signature has at most: the size of the field in the SEI. ECDSA signatures are DER and vary. */
    public int maxSignatureBytes() {
        return maxSignatureBytes;
    }

    /** Bits of the modulus; 0 for ECDSA. */
    public int rsaBits() {
        return rsaBits;
    }

    public boolean isRsa() {
        return rsaBits > 0;
    }
}
