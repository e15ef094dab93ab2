package org.camseal.streaming;

import java.net.URI;
import java.time.Duration;
import org.camseal.streaming.client.RtspRequest;
import org.camseal.streaming.client.Timeouts;

/** Requests of tests: they wait as long as a machine may take that has much else to do. */
public final class Patient {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Timeouts TIMEOUTS = new Timeouts(LONG, LONG, LONG);

    private Patient() {}

    /** As {@link RtspRequest#of(URI)}. */
    public static RtspRequest request(URI uri) {
        return RtspRequest.of(uri).withTimeouts(TIMEOUTS);
    }
}
