package org.camseal.camera;

import org.camseal.manifest.SealedUnit;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.server.LiveStream;

/** The only way to a camera's readers: takes sealed units and nothing else, so that clear video cannot leave by mistake. */
public final class SealedPublisher {
    private final LiveStream stream;

    /** @param stream that nobody else publishes to */
    public SealedPublisher(LiveStream stream) {
        this.stream = stream;
    }

    /**
     * Hands a unit to all readers; does not wait for them. One thread at a time.
     *
     * @throws ProtocolException if RTP cannot carry it; nothing of it is sent
     */
    public void publish(SealedUnit unit) throws ProtocolException {
        stream.publish(unit.unit());
    }
}
