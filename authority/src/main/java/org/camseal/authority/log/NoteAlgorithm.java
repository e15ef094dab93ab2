package org.camseal.authority.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** How a note is signed: over the note's text as it is, in both cases. */
public enum NoteAlgorithm {
    /** Ed25519 (RFC 8032), signature type 0x01 of C2SP signed-note. */
    ED25519("\u0001", 32, 64),
    /**
     * ML-DSA-65 (FIPS 204), pure, with an empty context. C2SP has no type for it (0x06 is ML-DSA-44, in cosignatures), so its signature type
     * is 0xff and a longer identifier behind it, as C2SP signed-note says for such.
     */
    ML_DSA_65("\u00ffcamseal-note-ml-dsa-65", 1952, 3309);

    /** The bytes of the signature type, one in each character. */
    private final String type;

    private final int publicKeyBytes;
    private final int signatureBytes;

    NoteAlgorithm(String type, int publicKeyBytes, int signatureBytes) {
        this.type = type;
        this.publicKeyBytes = publicKeyBytes;
        this.signatureBytes = signatureBytes;
    }

    /** Bytes of a public key. */
    int publicKeyBytes() {
        return publicKeyBytes;
    }

    /** Bytes of a signature, without the key id. */
    int signatureBytes() {
        return signatureBytes;
    }

    /** The signature type, and the key behind it. */
    byte[] withType(byte[] key) {
        byte[] both = Arrays.copyOf(typeBytes(), type.length() + key.length);
        System.arraycopy(key, 0, both, type.length(), key.length);
        return both;
    }

    /** Which algorithm the bytes begin with the type of. */
    static Optional<NoteAlgorithm> ofTyped(byte[] typed) {
        return Arrays.stream(values())
                .filter(algorithm -> new String(typed, StandardCharsets.ISO_8859_1).startsWith(algorithm.type))
                .findFirst();
    }

    /** What is behind the type. */
    byte[] withoutType(byte[] typed) {
        return Arrays.copyOfRange(typed, type.length(), typed.length);
    }

    private byte[] typeBytes() {
        return type.getBytes(StandardCharsets.ISO_8859_1);
    }
}
