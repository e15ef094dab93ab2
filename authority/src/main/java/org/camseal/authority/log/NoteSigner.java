package org.camseal.authority.log;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;

/** A private key that signs notes. Its seed of 32 bytes is in this process's memory, and in no message. */
final class NoteSigner {
    private static final String PRIVATE = "PRIVATE+KEY+";
    private static final int SEED_BYTES = 32; // RFC 8032 section 5.1.5; FIPS 204 section 6.1

    private final byte[] seed;
    private final NoteKey key;
    private final SecureRandom random;

    private NoteSigner(String name, NoteAlgorithm algorithm, byte[] seed, SecureRandom random) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("a seed of " + seed.length + " bytes");
        }
        this.seed = seed.clone();
        this.random = random;
        this.key = new NoteKey(
                name,
                algorithm,
                switch (algorithm) {
                    case ED25519 ->
                        new Ed25519PrivateKeyParameters(seed)
                                .generatePublicKey()
                                .getEncoded();
                    case ML_DSA_65 -> new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, seed).getPublicKey();
                });
    }

    static NoteSigner generate(String name, NoteAlgorithm algorithm, SecureRandom random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        try {
            return new NoteSigner(name, algorithm, seed, random);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /**
     * Reads {@code PRIVATE+KEY+name+id+base64}, the form that Go's note package writes.
     *
     * @throws IllegalArgumentException without quoting what could not be read
     */
    static NoteSigner parse(String text, SecureRandom random) {
        String[] parts =
                text.startsWith(PRIVATE) ? text.substring(PRIVATE.length()).split("\\+", 3) : new String[0];
        if (parts.length != 3) {
            throw new IllegalArgumentException("not of the form PRIVATE+KEY+name+id+key");
        }
        byte[] typed = decode(parts[2]);
        NoteAlgorithm algorithm = NoteAlgorithm.ofTyped(typed)
                .orElseThrow(() -> new IllegalArgumentException("a signature type that is not known here"));
        NoteSigner signer = new NoteSigner(parts[0], algorithm, algorithm.withoutType(typed), random);
        Arrays.fill(typed, (byte) 0);
        if (!HexFormat.of().toHexDigits(signer.key.id()).equals(parts[1])) {
            throw new IllegalArgumentException("its id is not that of the key");
        }
        return signer;
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its key is not base64"); // without the cause, which quotes
        }
    }

    /** With the private key: for the key file alone. */
    String privateText() {
        return PRIVATE + key.name() + "+" + HexFormat.of().toHexDigits(key.id()) + "+"
                + Base64.getEncoder().encodeToString(key.algorithm().withType(seed));
    }

    NoteKey key() {
        return key;
    }

    byte[] sign(byte[] text) {
        Signer signer = switch (key.algorithm()) {
            case ED25519 -> initialised(new Ed25519Signer(), new Ed25519PrivateKeyParameters(seed));
            case ML_DSA_65 ->
                initialised( // hedged (FIPS 204 section 3.4)
                        new MLDSASigner(),
                        new ParametersWithRandom(
                                new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, seed), random));
        };
        signer.update(text, 0, text.length);
        try {
            byte[] signature = signer.generateSignature();
            if (!key.verifies(text, signature)) {
                throw new IllegalStateException("a signature that was just made does not verify");
            }
            return signature;
        } catch (CryptoException e) {
            throw new IllegalStateException("a key in memory signs", e);
        }
    }

    private static Signer initialised(Signer signer, CipherParameters key) {
        signer.init(true, key);
        return signer;
    }

    @Override
    public String toString() {
        return "signer " + key.name() + " (" + key.algorithm() + ")";
    }
}
