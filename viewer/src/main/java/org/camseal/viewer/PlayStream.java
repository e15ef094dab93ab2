package org.camseal.viewer;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import org.camseal.seal.Opening;
import org.camseal.web.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * What the page plays, as frames. Kinds 1 and 2 are MP4, the others JSON. Verdicts travel between the fragments they are about, so that picture and
 * verdict cannot part. One thread.
 */
final class PlayStream {
    private static final int INIT_SEGMENT = 1;
    private static final int FRAGMENT = 2;

    private final FrameWriter frames;

    PlayStream(OutputStream out) {
        this.frames = new FrameWriter(out);
    }

    /** A message between the media. */
    sealed interface Message {
        /** Comes before an initialisation segment: how the browser is to take what follows. */
        record Format(String mime) implements Message {}

        /** Comes before a fragment: which time its first picture shows, and where the fragment ends. */
        record Mark(double media, double mediaEnd, Instant utc) implements Message {}

        /** The verdict over a stretch of the line. */
        record Verdict(double mediaStart, double mediaEnd, Group group) implements Message {}

        /** Nothing was recorded between; the line goes on without a hole. */
        record Gap(double media, Instant from, Instant to) implements Message {}

        /** What stands in the way of a picture; null when nothing does. */
        record State(Opening.@Nullable Obstacle obstacle, String detail) implements Message {}

        /** The end of this answer: where to go on, and whether the present has been reached. */
        record End(@Nullable Instant next, boolean edge) implements Message {}
    }

    void send(Message message) throws IOException {
        int kind = switch (message) {
            case Message.Format format -> 3;
            case Message.Mark mark -> 4;
            case Message.Verdict verdict -> 5;
            case Message.Gap gap -> 6;
            case Message.State state -> 7;
            case Message.End end -> 8;
        };
        frames.json(kind, message);
    }

    void initSegment(byte[] mp4) throws IOException {
        frames.write(INIT_SEGMENT, mp4);
    }

    void fragment(byte[] mp4) throws IOException {
        frames.write(FRAGMENT, mp4);
    }

    void flush() throws IOException {
        frames.flush();
    }
}
