package org.camseal.onvif.login;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces of Digest logins. Who asks for one costs no memory: a nonce is its time and random bits under a tag. Only nonces that a right
 * login used are remembered, so that none of its counts is taken twice; when too many are, all that are as old as the forgotten ones
 * count as stale. Safe for use by several threads.
 */
final class NonceBook {
    /** As long as the nonces of the RTSP server. */
    static final Duration LIFE = Duration.ofMinutes(5);

    private static final int MOST_USED = 4096;
    private static final int RANDOM_BYTES = 8;
    private static final int TAG_BYTES = 16;
    private static final int BODY_BYTES = Long.BYTES + RANDOM_BYTES;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final SecretKeySpec key;

    /** Highest count by nonce, oldest use first. */
    private final Map<String, Used> used = new LinkedHashMap<>();

    private long floorMillis = Long.MIN_VALUE;

    private record Used(int count, long issuedMillis) {}

    NonceBook(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
        Arrays.fill(secret, (byte) 0);
    }

    /** A new one. */
    String issue() {
        byte[] noise = new byte[RANDOM_BYTES];
        random.nextBytes(noise);
        byte[] body = ByteBuffer.allocate(BODY_BYTES)
                .putLong(clock.millis())
                .put(noise)
                .array();
        return HexFormat.of().formatHex(body) + HexFormat.of().formatHex(tag(body));
    }

    private byte[] tag(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(body), TAG_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no HmacSHA256", e);
        }
    }

    /**
     * Takes one use of a nonce, after the login was found right.
     *
     * @param count nonce count of the reply
     * @return false for a nonce that is not ours, too old, or was used with this count or a higher one
     */
    boolean take(String nonce, int count) {
        Optional<Long> issued = issued(nonce);
        if (issued.isEmpty()) {
            return false;
        }
        long age = clock.millis() - issued.get();
        if (age < 0 || age > LIFE.toMillis()) {
            return false;
        }
        synchronized (used) {
            Used before = used.get(nonce);
            if (before == null ? issued.get() <= floorMillis : count <= before.count()) {
                return false;
            }
            used.remove(nonce);
            used.put(nonce, new Used(count, issued.get()));
            if (used.size() > MOST_USED) {
                forgetOne();
            }
            return true;
        }
    }

    private void forgetOne() {
        var oldest = used.entrySet().iterator();
        floorMillis = Math.max(floorMillis, oldest.next().getValue().issuedMillis());
        oldest.remove();
    }

    private Optional<Long> issued(String nonce) {
        if (nonce.length() != 2 * (BODY_BYTES + TAG_BYTES)) {
            return Optional.empty();
        }
        try {
            byte[] all = HexFormat.of().parseHex(nonce);
            byte[] body = Arrays.copyOf(all, BODY_BYTES);
            byte[] shown = Arrays.copyOfRange(all, BODY_BYTES, all.length);
            return MessageDigest.isEqual(tag(body), shown)
                    ? Optional.of(ByteBuffer.wrap(body).getLong())
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
