package org.camseal.camera.accounts;

/**
 * How much work one password check is (Argon2id, RFC 9106).
 *
 * @param memoryKib of memory filled, 64 to 262 144
 * @param passes over it, 1 to 16
 */
public record PasswordCost(int memoryKib, int passes) {
    /** 19 MiB in two passes: the least that OWASP's Password Storage Cheat Sheet names for Argon2id, which small cameras can afford. */
    public static final PasswordCost STANDARD = new PasswordCost(19 * 1024, 2);

    static final int LEAST_MEMORY = 64;
    static final int MOST_MEMORY = 262_144;
    static final int MOST_PASSES = 16;

    public PasswordCost {
        if (memoryKib < LEAST_MEMORY || memoryKib > MOST_MEMORY || passes < 1 || passes > MOST_PASSES) {
            throw new IllegalArgumentException(memoryKib + " KiB in " + passes + " passes; " + LEAST_MEMORY + " to "
                    + MOST_MEMORY + " KiB in 1 to " + MOST_PASSES + " expected");
        }
    }
}
