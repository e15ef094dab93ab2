package org.camseal.camera;

import java.time.Duration;
import java.util.List;
import org.camseal.ffmpeg.FFmpegException;
import org.camseal.ffmpeg.TestPattern;
import org.camseal.ffmpeg.TestPatternSettings;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;

/** A moving picture with a clock and a tone, made here, in real time; a machine that is too slow for it leaves pictures out. */
public record TestPatternSource(TestPatternSettings settings) implements Source {
    private static final Duration MAX_LATE = Duration.ofMillis(500);

    @Override
    public String describe() {
        return "test pattern " + settings.video().width() + "x"
                + settings.video().height();
    }

    @Override
    public SourceSession open(LiveClock clock) throws SourceException {
        // Loading the libraries takes a while: time begins when they are there.
        Pacer pacer;
        TestPattern pattern;
        try {
            TestPattern.open(settings, clock.instant()).close();
            pacer = new Pacer(clock);
            pattern = TestPattern.open(settings, pacer.start());
        } catch (FFmpegException e) {
            throw new SourceException.Unusable(describe() + ": " + e.getMessage(), e);
        }
        return new Session(describe(), pattern, pacer);
    }

    private record Session(String name, TestPattern pattern, Pacer pacer) implements SourceSession {
        @Override
        public List<Track> tracks() {
            return pattern.tracks();
        }

        @Override
        public AccessUnit next() throws SourceException, InterruptedException {
            try {
                AccessUnit unit = pattern.next();
                Duration late = pacer.await(unit.decodeTime().toDuration());
                if (late.compareTo(MAX_LATE) > 0) {
                    pattern.skipTo(pacer.start().plus(pacer.elapsed()));
                }
                return unit;
            } catch (FFmpegException e) {
                throw new SourceException.Lost(name + ": " + e.getMessage(), e);
            }
        }

        @Override
        public void requestKey() {
            pattern.requestKey();
        }

        @Override
        public void close() {
            pattern.close();
        }
    }
}
