package org.camseal.ffmpeg;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;
import org.camseal.media.UnitReader;
import org.jspecify.annotations.Nullable;

/**
 * A moving picture with a clock and a tone, made here and encoded here: what a camera shows where there is none.
 *
 * <p>Track 1 is H.264 constrained baseline, track 2 (if asked for) AAC. It never ends, and makes each unit when it is asked for: whoever
 * wants it in real time paces it. Unit times begin at 0; a unit is captured at the start plus its time, and the clock in the picture shows
 * that instant. Confined to one thread.
 */
public final class TestPattern implements UnitReader {
    private static final int VIDEO_TRACK = 1;
    private static final int AUDIO_TRACK = 2;
    private static final int SAMPLE_RATE_HZ = 48_000;
    private static final int AUDIO_BITS_PER_SECOND = 64_000;

    private final Instant start;
    private final int framesPerSecond;
    private final PatternPainter painter;
    private final VideoEncoder video;
    private final @Nullable AudioEncoder audio;
    private final Tone tone = new Tone(SAMPLE_RATE_HZ);
    private final Queue<AudioUnit> sound = new ArrayDeque<>();
    private long frame;
    private long samples;

    private TestPattern(TestPatternSettings settings, Instant start, VideoEncoder video, @Nullable AudioEncoder audio) {
        this.start = start;
        this.framesPerSecond = settings.video().framesPerSecond();
        this.painter =
                new PatternPainter(settings.video().width(), settings.video().height());
        this.video = video;
        this.audio = audio;
    }

    /**
     * Starts a pattern.
     *
     * @param start the capture time of the first picture
     */
    public static TestPattern open(TestPatternSettings settings, Instant start) throws FFmpegException {
        VideoEncoder video = VideoEncoder.open(VIDEO_TRACK, settings.video());
        try {
            AudioEncoder audio = settings.sound()
                    ? AudioEncoder.open(AUDIO_TRACK, SAMPLE_RATE_HZ, AUDIO_BITS_PER_SECOND, start)
                    : null;
            return new TestPattern(settings, start, video, audio);
        } catch (FFmpegException | RuntimeException e) {
            video.close();
            throw e;
        }
    }

    @Override
    public List<Track> tracks() {
        List<Track> tracks = new ArrayList<>();
        tracks.add(video.track());
        if (audio != null) {
            tracks.add(audio.track());
        }
        return tracks;
    }

    /** Makes the next picture a key picture, out of turn. From any thread. */
    public void requestKey() {
        video.requestKey();
    }

    /** The next unit by time; never null. */
    @Override
    public AccessUnit next() throws CoderException {
        MediaTime pictureTime = pictureTime();
        AudioUnit heard = nextSound();
        if (heard != null && heard.decodeTime().compareTo(pictureTime) < 0) {
            sound.remove();
            return heard;
        }
        Instant at = start.plus(pictureTime.toDuration());
        AccessUnit unit = video.encode(painter.paint(frame, at), pictureTime, at);
        frame++;
        return unit;
    }

    private @Nullable AudioUnit nextSound() throws CoderException {
        if (audio == null) {
            return null;
        }
        while (sound.isEmpty()) {
            float[] wave = new float[AudioEncoder.FRAME_SAMPLES];
            tone.fill(wave, samples);
            samples += wave.length;
            sound.addAll(audio.encode(wave));
        }
        return sound.element();
    }

    /**
     * Leaves out what lies before an instant, for a sender that has fallen behind: the next picture is the first at or after it, and the
     * sound goes on from there.
     */
    public void skipTo(Instant instant) {
        long micros = Math.max(0, Duration.between(start, instant).toNanos() / 1000);
        long wanted = Math.ceilDiv(micros * framesPerSecond, 1_000_000L);
        if (wanted <= frame) {
            return;
        }
        frame = wanted;
        if (audio != null) {
            long heard =
                    sound.isEmpty() ? samples : sound.element().decodeTime().ticks();
            sound.clear();
            long from = pictureTime().in(SAMPLE_RATE_HZ).ticks();
            audio.skip(Math.max(0, from - heard));
            samples = Math.max(samples, from);
        }
    }

    private MediaTime pictureTime() {
        return MediaTime.video(frame * MediaTime.VIDEO_CLOCK_HZ / framesPerSecond);
    }

    @Override
    public void close() {
        video.close();
        if (audio != null) {
            audio.close();
        }
    }
}
