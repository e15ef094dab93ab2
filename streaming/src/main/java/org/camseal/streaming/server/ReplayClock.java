package org.camseal.streaming.server;

import java.time.Duration;
import java.time.Instant;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaTime;
import org.camseal.streaming.server.ReplayOrder.RateControl;

/**
 * The RTP times of a replay (ONVIF Streaming Specification, "RTP timestamps"). Where the reader sets the speed, they are derived from the
 * UTC time of capture, so that a gap is as long as it was. Where the server does, they run on as the playback does, and a gap costs a second
 * at most: what lies in front and behind says the header extension. At another scale they run on as fast as it is shown (RFC 2326 section
 * 12.34).
 */
final class ReplayClock {
    private static final Duration MOST_OF_A_GAP = Duration.ofSeconds(1);

    private final RateControl rateControl;
    private final double scale;
    private MediaTime sectionStart = MediaTime.video(0);
    private MediaTime sectionBase = MediaTime.video(0);
    private Instant lastCapture = Instant.EPOCH;
    private Duration last;
    private boolean started;

    /** @param start the first time, where the server sets the speed */
    ReplayClock(ReplayOrder.Way way, Duration start) {
        this.rateControl = way.rateControl();
        this.scale = Math.abs(way.tempo().scale()); // against time, times are those of forwards
        this.last = start;
    }

    /** A section begins: its own times go on, those before say nothing of them. */
    void section(AccessUnit first) {
        sectionStart = first.presentationTime();
        Duration base = switch (rateControl) {
            case NO -> Duration.between(Instant.EPOCH, first.capturedAt());
            case YES -> started ? last.plus(gap(first.capturedAt())) : last;
        };
        sectionBase = new MediaTime(base.toNanos() / 1_000, 1_000_000);
        started = true;
    }

    private Duration gap(Instant next) {
        Duration gap = Duration.between(lastCapture, next);
        return gap.isNegative() || gap.compareTo(MOST_OF_A_GAP) > 0 ? MOST_OF_A_GAP : gap;
    }

    /** The time of a unit on its track's clock; behind {@link #section}. */
    MediaTime at(AccessUnit unit) {
        int clockHz = unit.presentationTime().clockHz();
        long passed = unit.presentationTime().ticks() - sectionStart.in(clockHz).ticks();
        MediaTime time = sectionBase.in(clockHz).plusTicks(Math.round(passed / scale));
        Duration now = time.toDuration();
        if (now.compareTo(last) > 0) {
            last = now;
            lastCapture = unit.capturedAt();
        }
        return time;
    }
}
