package org.camseal.media.mp4;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaTime;
import org.jspecify.annotations.Nullable;

/**
 * When units were captured: by the prft box (ISO/IEC 14496-12 section 8.16.5) of their track in front of their fragment, else by the
 * latest prft of any track, else by the file's creation date and the unit's time, else unknown, which is the epoch.
 */
final class CaptureClock {
    private static final int FINALIZED = 2;
    private static final int WRITTEN = 4;

    private final Movie movie;
    private final Map<Integer, CaptureLine> lines = new HashMap<>();
    private @Nullable CaptureLine latest;

    CaptureClock(Movie movie) {
        this.movie = movie;
    }

    /** Takes a prft box in; one that says when the file was written, not when the picture was taken, is passed over. */
    void accept(BoxBytes prft) throws MalformedException {
        int version = prft.u8();
        int flags = prft.u24();
        MovieTrack track = movie.byId(prft.u32());
        byte[] ntp = prft.bytes(8);
        long time = version == 0 ? prft.u32() : prft.i64();
        if (track == null || flags == FINALIZED || flags == WRITTEN) {
            return;
        }
        Instant instant = NtpTime.instant(ByteBuffer.wrap(ntp).getLong());
        CaptureLine line = new CaptureLine(instant, track.presentation(time));
        lines.put(track.track().number(), line);
        latest = line;
    }

    Instant capturedAt(Sample sample) {
        MediaTime presentation = sample.presentation();
        CaptureLine own = lines.get(sample.track().track().number());
        if (own != null) {
            return own.predict(presentation).plusNanos(sample.detail().capturedNanos());
        }
        CaptureLine any = latest;
        if (any != null) {
            return any.predict(presentation);
        }
        if (movie.created().equals(Instant.EPOCH)) {
            return Instant.EPOCH;
        }
        return new CaptureLine(movie.created(), MediaTime.video(0)).predict(presentation);
    }
}
