package org.camseal.camera.accounts;

import java.security.SecureRandom;

/** Secrets that a camera makes for programs, in letters and digits that are not mistaken for each other. */
final class StreamSecrets {
    /** 32 characters, five bits each; without i, l, o, u. */
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private StreamSecrets() {}

    /** @param bytes of randomness, of which each fifth part of eight characters is a multiple: 20 bytes make 32 characters */
    static String random(SecureRandom random, int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes * 8 / 5; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
