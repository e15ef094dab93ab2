package org.camseal.streaming.client;

import java.time.Duration;

/**
 * How long a client waits; each more than nothing and at most an hour.
 *
 * @param connect for the TCP connection and the TLS handshake, each
 * @param reply for the answer to one request
 * @param media for the next access unit while playing
 */
public record Timeouts(Duration connect, Duration reply, Duration media) {
    /** Five seconds to connect, ten for a reply, ten between access units. */
    public static final Timeouts STANDARD =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10));

    public Timeouts {
        check("connect", connect);
        check("reply", reply);
        check("media", media);
    }

    private static void check(String name, Duration duration) {
        if (duration.toMillis() < 1 || duration.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(name + " timeout of " + duration + "; 1 ms to 1 h expected");
        }
    }
}
