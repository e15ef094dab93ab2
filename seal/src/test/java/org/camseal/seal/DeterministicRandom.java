package org.camseal.seal;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/** Randomness that is the same each time: SHA-256 of a seed and a counter. For known answers alone. */
final class DeterministicRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final String seed;
    private long counter;

    DeterministicRandom(String seed) {
        this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        for (int at = 0; at < bytes.length; at += 32) {
            byte[] block = Digests.sha256().digest((seed + "/" + counter++).getBytes(StandardCharsets.US_ASCII));
            System.arraycopy(block, 0, bytes, at, Math.min(32, bytes.length - at));
            Arrays.fill(block, (byte) 0);
        }
    }
}
