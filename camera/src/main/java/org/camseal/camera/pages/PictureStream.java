package org.camseal.camera.pages;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.camseal.camera.LivePicture;
import org.camseal.camera.LiveWatch;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.mp4.MseMux;
import org.camseal.web.FrameWriter;
import org.jspecify.annotations.Nullable;

/**
 * The moving picture in one answer: frames of fragmented MP4 for the page's media element, from a key picture on. Whether the login still counts is
 * asked before each fragment; behind a log-out nothing more is sent. No sound. One thread.
 */
final class PictureStream implements MseMux.Sink {
    private static final int INIT_SEGMENT = 1;
    private static final int FRAGMENT = 2;
    private static final int FORMAT = 3;
    private static final int MARK = 4;
    private static final int END = 5;

    /** Two pictures tell the browser how long each lasts. */
    private static final int PICTURES_A_FRAGMENT = 2;

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration MOST_STALL = Duration.ofSeconds(15);

    private final LivePicture live;
    private final BooleanSupplier counts;
    private final FrameWriter frames;
    private final StallGuard guard;
    private @Nullable MseMux mux;

    private PictureStream(LivePicture live, BooleanSupplier counts, FrameWriter frames, StallGuard guard) {
        this.live = live;
        this.counts = counts;
        this.frames = frames;
        this.guard = guard;
    }

    /** Why a stream is over. */
    enum Ending {
        /** The login counts no more. */
        LOGGED_OUT,
        /** The source gives nothing; it may begin anew. */
        SOURCE_OVER,
        /** As many look as may. */
        TOO_MANY,
        /** A browser cannot be given this video. */
        UNFIT
    }

    /** How the fragments are to be taken. */
    record Format(String mime) {}

    /** Which time the fragment's first picture shows; where it stands on the media's line. */
    record Mark(double media, Instant utc) {}

    /** The last frame. */
    record End(Ending ending) {}

    /**
     * Sends until the source, the login or the client is over.
     *
     * @param counts whether the login still counts
     * @param nanoTime never goes back
     */
    static void send(LivePicture live, BooleanSupplier counts, LongSupplier nanoTime, OutputStream out)
            throws IOException, InterruptedException {
        try (StallGuard guard = new StallGuard(MOST_STALL, nanoTime)) {
            FrameWriter frames = new FrameWriter(out);
            Ending ending = new PictureStream(live, counts, frames, guard).run();
            guard.guarded(() -> {
                frames.json(END, new End(ending));
                frames.flush();
            });
        }
    }

    private Ending run() throws IOException, InterruptedException {
        Optional<LiveWatch> place = live.watch();
        if (place.isEmpty()) {
            return Ending.TOO_MANY;
        }
        try (LiveWatch watch = place.get()) {
            while (counts.getAsBoolean()) {
                switch (watch.next(LOOK)) {
                    case LiveWatch.Look.Picture picture -> take(picture.format(), picture.unit());
                    case LiveWatch.Look.Nothing _ -> {
                        // the login may be over all the same
                    }
                    case LiveWatch.Look.Over _ -> {
                        return Ending.SOURCE_OVER;
                    }
                }
            }
            return Ending.LOGGED_OUT;
        } catch (MediaException e) {
            return Ending.UNFIT;
        }
    }

    private void take(VideoFormat format, VideoUnit unit) throws MediaException, IOException {
        MseMux current = mux;
        if (current == null) {
            current = new MseMux(List.of(new Track(unit.track(), format)), this);
            mux = current;
        }
        if (unit.isKey()) {
            current.flush(); // what was lost in front of it is no part of a fragment
        }
        current.add(unit);
        if (current.pictures() >= PICTURES_A_FRAGMENT) {
            current.flush();
        }
    }

    @Override
    public void begin(String mimeType, byte[] initSegment) throws IOException {
        guard.guarded(() -> {
            frames.json(FORMAT, new Format(mimeType));
            frames.write(INIT_SEGMENT, initSegment);
        });
    }

    @Override
    public void fragment(List<AccessUnit> units, byte[] mp4) throws IOException {
        AccessUnit first = units.getFirst();
        double media = first instanceof VideoUnit picture
                ? (double) picture.presentationTime().ticks()
                        / picture.presentationTime().clockHz()
                : 0;
        guard.guarded(() -> {
            frames.json(MARK, new Mark(media, first.capturedAt()));
            frames.write(FRAGMENT, mp4);
            frames.flush();
        });
    }
}
