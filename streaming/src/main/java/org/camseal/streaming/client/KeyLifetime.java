package org.camseal.streaming.client;

import java.time.Duration;

/**
 * How long one SRTP master key is used within a playback before the client exchanges it. Only keys with an MKI can be exchanged while packets
 * are under way; others are used until 2^48 packets, the bound of RFC 3711 section 9.2.
 *
 * @param packets of media under one key, 1 to 2^47
 * @param age of a key, 1 ms to 366 days
 */
public record KeyLifetime(long packets, Duration age) {
    /** A day, or 2^32 packets. */
    public static final KeyLifetime STANDARD = new KeyLifetime(1L << 32, Duration.ofDays(1));

    public KeyLifetime {
        if (packets < 1 || packets > 1L << 47 || age.toMillis() < 1 || age.toDays() > 366) {
            throw new IllegalArgumentException(
                    "a key for " + packets + " packets or " + age + "; 1 to 2^47 and 1 ms to 366 days expected");
        }
    }
}
