package org.camseal.web;

import java.io.IOException;

/** Tells a page what happens, as server-sent events. */
@FunctionalInterface
public interface EventProducer {
    /**
     * Sends until done; mostly waits for something to send. When the client goes away (seen within seconds) or the server ends, the
     * thread is interrupted.
     */
    void sendTo(EventSink events) throws IOException, InterruptedException;
}
