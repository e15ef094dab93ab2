package org.camseal.streaming.server;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.camseal.media.Track;

/**
 * A recording under a path of a server, as the ONVIF Streaming Specification replays it: {@code Range: clock=}, the header extension 0xABAC, at
 * the speed of the recording or as fast as the reader takes it.
 *
 * <p>Each reader has two groups of pictures in memory at most. A reader too many is refused with 453.
 */
public final class ReplayStream implements Mounted {
    /** How many may read at once where nothing else is said. */
    public static final int STANDARD_READERS = 8;

    private final RecordedStream recording;
    private final int mostReaders;
    private final AtomicInteger readers = new AtomicInteger();

    /** For {@link #STANDARD_READERS} at once. */
    public ReplayStream(RecordedStream recording) {
        this(recording, STANDARD_READERS);
    }

    /** @param mostReaders at once, 1 to 1000 */
    public ReplayStream(RecordedStream recording, int mostReaders) {
        if (mostReaders < 1 || mostReaders > 1_000) {
            throw new IllegalArgumentException(mostReaders + " readers; 1 to 1000 expected");
        }
        this.recording = recording;
        this.mostReaders = mostReaders;
    }

    @Override
    public List<Track> tracks() {
        return recording.tracks();
    }

    /** How many replay it now, playing or paused. */
    public int readers() {
        return readers.get();
    }

    RecordedStream recording() {
        return recording;
    }

    /** Takes a reader's place; false where all are taken. */
    boolean enter() {
        if (readers.incrementAndGet() > mostReaders) {
            readers.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Gives a reader's place back. */
    void leave() {
        readers.decrementAndGet();
    }
}
