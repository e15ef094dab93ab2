package org.camseal.streaming.client;

import org.camseal.streaming.StreamingException;
import org.camseal.streaming.UnreachableException;

/** Opens live streams. */
public final class RtspClient {
    private RtspClient() {}

    /**
     * Connects, logs in, sets up every track it knows, and starts to play.
     *
     * @throws StreamingException naming the host, what was seen and what to do; nothing is left open
     */
    public static RtspPlayback open(RtspRequest request) throws StreamingException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        throw new UnreachableException(request.uri() + ": this build cannot play yet");
    }
}
