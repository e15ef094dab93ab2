package org.camseal.camera;

/** Where clear pictures and sound come from. */
public sealed interface Source permits RtspSource, FileSource, TestPatternSource, V4l2Source, WatchedSource {
    /** What it is, for messages: {@code rtsp://10.0.0.7/live}, without a password. */
    String describe();

    /**
     * Starts it; ends within a bounded time.
     *
     * @throws SourceException if it gives nothing now
     */
    SourceSession open(LiveClock clock) throws SourceException, InterruptedException;
}
