package org.camseal.camera.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** What is kept of a password: Argon2id (RFC 9106) with its salt and cost, as {@code argon2id:KIB:PASSES:SALT:HASH}. */
final class PasswordVerifier {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORM =
            Pattern.compile("argon2id:([0-9]{2,6}):([0-9]{1,2}):([0-9a-f]{32}):([0-9a-f]{64})");

    private final PasswordCost cost;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordVerifier(PasswordCost cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    static PasswordVerifier of(String password, PasswordCost cost, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PasswordVerifier(cost, salt, hash(password, cost, salt));
    }

    /** @throws IllegalArgumentException if it is not of the form of {@link #text}, or costs more than it may */
    static PasswordVerifier parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no password verifier");
        }
        return new PasswordVerifier(
                new PasswordCost(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))),
                HexFormat.of().parseHex(parts.group(3)),
                HexFormat.of().parseHex(parts.group(4)));
    }

    /** Takes as long and as much memory as its cost says, whatever the answer is. */
    boolean matches(String password) {
        return MessageDigest.isEqual(hash, hash(password, cost, salt));
    }

    private static byte[] hash(String password, PasswordCost cost, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        generator.generateBytes(bytes, hash);
        Arrays.fill(bytes, (byte) 0);
        return hash;
    }

    /** As it is kept. */
    String text() {
        HexFormat hex = HexFormat.of();
        return "argon2id:" + cost.memoryKib() + ":" + cost.passes() + ":" + hex.formatHex(salt) + ":"
                + hex.formatHex(hash);
    }

    @Override
    public String toString() {
        return "password verifier";
    }
}
