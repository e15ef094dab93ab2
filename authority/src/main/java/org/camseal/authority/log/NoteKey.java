package org.camseal.authority.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;

/** Whose signatures on notes count: a name and a public key, a "verifier key" in C2SP signed-note. Immutable. */
public final class NoteKey {
    /** Names as C2SP signed-note has them, and printable ASCII only: they stand in files, logs and messages. */
    private static final Pattern NAME = Pattern.compile("[!-*,-~]{1,255}");

    private final String name;
    private final NoteAlgorithm algorithm;
    private final byte[] publicKey;
    private final int id;

    NoteKey(String name, NoteAlgorithm algorithm, byte[] publicKey) {
        if (!isName(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is no name for a key");
        }
        if (publicKey.length != algorithm.publicKeyBytes()) {
            throw new IllegalArgumentException("a " + algorithm + " key of " + publicKey.length + " bytes");
        }
        this.name = name;
        this.algorithm = algorithm;
        this.publicKey = publicKey.clone();
        this.id = id(name, algorithm.withType(publicKey));
    }

    /** True for 1 to 255 printable ASCII characters without blanks and without {@code +}. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** SHA-256(key name || 0x0A || signature type || public key)[:4]. */
    static int id(String name, byte[] typedKey) {
        MessageDigest digest = TreeHash.sha256();
        digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest.digest(typedKey)).getInt();
    }

    /**
     * Reads a verifier key: {@code name+hexid+base64}.
     *
     * @throws IllegalArgumentException if it is not one, its id is not its own, or its algorithm is not known here
     */
    public static NoteKey parse(String text) {
        String[] parts = text.split("\\+", 3);
        if (parts.length != 3 || parts[1].length() != 8) {
            throw new IllegalArgumentException("not of the form name+id+key");
        }
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        NoteAlgorithm algorithm = NoteAlgorithm.ofTyped(typed)
                .orElseThrow(() -> new IllegalArgumentException("a signature type that is not known here"));
        NoteKey key = new NoteKey(parts[0], algorithm, algorithm.withoutType(typed));
        if (HexFormat.fromHexDigits(parts[1]) != key.id) {
            throw new IllegalArgumentException("the id " + parts[1] + " is not this key's, which is "
                    + HexFormat.of().toHexDigits(key.id));
        }
        return key;
    }

    public String name() {
        return name;
    }

    /** The first four bytes of a hash over name, type and key: which key, not a proof of it. */
    public int id() {
        return id;
    }

    public NoteAlgorithm algorithm() {
        return algorithm;
    }

    /** A copy. */
    byte[] publicKey() {
        return publicKey.clone();
    }

    /** Whether that is this key's signature over that text. */
    boolean verifies(byte[] text, byte[] signature) {
        if (signature.length != algorithm.signatureBytes()) {
            return false;
        }
        Signer signer = switch (algorithm) {
            case ED25519 -> initialised(new Ed25519Signer(), new Ed25519PublicKeyParameters(publicKey));
            case ML_DSA_65 ->
                initialised(new MLDSASigner(), new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_65, publicKey));
        };
        signer.update(text, 0, text.length);
        return signer.verifySignature(signature);
    }

    private static Signer initialised(Signer signer, org.bouncycastle.crypto.CipherParameters key) {
        signer.init(false, key);
        return signer;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteKey that
                && name.equals(that.name)
                && algorithm == that.algorithm
                && Arrays.equals(publicKey, that.publicKey);
    }

    @Override
    public int hashCode() {
        return id;
    }

    /** The verifier key as text. */
    @Override
    public String toString() {
        return name + "+" + HexFormat.of().toHexDigits(id) + "+"
                + Base64.getEncoder().encodeToString(algorithm.withType(publicKey));
    }
}
