package org.camseal.ffmpeg;

import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexB;
import org.jspecify.annotations.Nullable;

/**
 * Live pictures of a local camera (Video4Linux2). H.264 that the device makes itself is passed through; Motion JPEG and raw pictures are
 * decoded, scaled to the settings' size and encoded by {@link VideoEncoder}. One track, number 1, times from 0, captured when they arrive.
 * Never ends by itself. Confined to one thread.
 */
public final class CaptureDevice implements UnitReader {
    private static final int TRACK = 1;

    /** What devices are asked for, in this order; then whatever is the device's own first choice. */
    private static final List<String> V4L2_FORMATS = List.of("h264", "mjpeg");

    private static final long WAIT_MILLIS = 5;
    private static final long MAX_SILENCE_MILLIS = 5_000;

    private final DeviceInput input;
    private final InstantSource clock;
    private final @Nullable Recoder recoder;
    private final Queue<VideoUnit> made = new ArrayDeque<>();
    private long first = avutil.AV_NOPTS_VALUE;
    private long last = -1;

    private CaptureDevice(DeviceInput input, InstantSource clock, @Nullable Recoder recoder) {
        this.input = input;
        this.clock = clock;
        this.recoder = recoder;
    }

    /**
     * Opens a Video4Linux2 device such as {@code /dev/video0}.
     *
     * @param settings the size and rate asked of the device, and the encoder's where one is needed
     * @param clock for the units' capture times
     * @throws DeviceException if there is no such device, it is in use, not permitted, or gives nothing
     */
    public static CaptureDevice openV4l2(Path device, VideoEncoderSettings settings, InstantSource clock)
            throws FFmpegException {
        if (!Files.exists(device)) {
            throw new DeviceException(
                    device + ": no such device; v4l2-ctl --list-devices (package v4l-utils) names those there are");
        }
        for (String format : V4L2_FORMATS) {
            try {
                return open("v4l2", device.toString(), v4l2Options(settings, format), settings, clock);
            } catch (DeviceException e) {
                if (!e.mayTryAnotherFormat()) {
                    throw e;
                }
            }
        }
        return open("v4l2", device.toString(), v4l2Options(settings, ""), settings, clock);
    }

    private static Map<String, String> v4l2Options(VideoEncoderSettings settings, String format) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("video_size", settings.width() + "x" + settings.height());
        options.put("framerate", Integer.toString(settings.framesPerSecond()));
        if (!format.isEmpty()) {
            options.put("input_format", format);
        }
        return options;
    }

    /** Opens any of FFmpeg's input devices. */
    static CaptureDevice open(
            String format, String name, Map<String, String> options, VideoEncoderSettings settings, InstantSource clock)
            throws FFmpegException {
        DeviceInput input = DeviceInput.open(format, name, options);
        try {
            boolean coded = input.codecId() == avcodec.AV_CODEC_ID_H264;
            return new CaptureDevice(input, clock, coded ? null : Recoder.open(input, settings));
        } catch (FFmpegException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    @Override
    public List<Track> tracks() {
        return List.of(
                recoder != null
                        ? recoder.track()
                        : new Track(TRACK, new VideoFormat(Codec.H264, input.width(), input.height(), List.of())));
    }

    /**
     * Waits for the next picture.
     *
     * @throws DeviceException if the device breaks, or gives nothing for 5 s
     * @throws InterruptedIOException if the thread is interrupted
     */
    @Override
    public AccessUnit next() throws MediaException, FFmpegException, InterruptedIOException {
        while (made.isEmpty()) {
            waitForPacket();
            try {
                take(clock.instant());
            } finally {
                input.release();
            }
        }
        return made.remove();
    }

    private void waitForPacket() throws FFmpegException, InterruptedIOException {
        for (long waited = 0; !input.read(); waited += WAIT_MILLIS) {
            if (waited >= MAX_SILENCE_MILLIS) {
                throw new DeviceException(input.name() + ": no picture for " + MAX_SILENCE_MILLIS / 1000 + " s");
            }
            try {
                Thread.sleep(WAIT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                InterruptedIOException interrupted =
                        new InterruptedIOException("interrupted while waiting for " + input.name());
                interrupted.initCause(e);
                throw interrupted;
            }
        }
    }

    private void take(Instant now) throws MediaException, FFmpegException {
        MediaTime time = time();
        if (recoder != null) {
            made.addAll(recoder.recode(input, time, now));
            return;
        }
        List<NalUnit> nals = AnnexB.split(Codec.H264, input.bytes());
        if (!nals.isEmpty()) {
            made.add(new VideoUnit(TRACK, nals, time, time, now));
        }
    }

    /** The packet's time since the first one's, always rising. */
    private MediaTime time() {
        long stamp = input.time(MediaTime.VIDEO_CLOCK_HZ);
        if (first == avutil.AV_NOPTS_VALUE) {
            first = stamp;
        }
        last = Math.max(last + 1, stamp - first);
        return MediaTime.video(last);
    }

    @Override
    public void close() {
        input.close();
        if (recoder != null) {
            recoder.close();
        }
    }

    /** Decodes what the device gives and encodes it as H.264. */
    private static final class Recoder implements AutoCloseable {
        private final Coder decoder;
        private final VideoEncoder encoder;
        private final PictureConverter converter = new PictureConverter();
        private final VideoEncoderSettings settings;

        private Recoder(Coder decoder, VideoEncoder encoder, VideoEncoderSettings settings) {
            this.decoder = decoder;
            this.encoder = encoder;
            this.settings = settings;
        }

        static Recoder open(DeviceInput input, VideoEncoderSettings settings) throws FFmpegException {
            Coder decoder = Coder.decoder(input.codecId());
            try {
                input.describeTo(decoder);
                decoder.open(Map.of());
                return new Recoder(decoder, VideoEncoder.open(TRACK, settings), settings);
            } catch (FFmpegException | RuntimeException e) {
                decoder.close();
                throw e;
            }
        }

        Track track() {
            return encoder.track();
        }

        List<VideoUnit> recode(DeviceInput input, MediaTime time, Instant now) throws CoderException {
            input.sendTo(decoder);
            if (!decoder.receiveFrame()) {
                return List.of();
            }
            Picture picture = converter.convert(decoder.frame, settings.width(), settings.height());
            avutil.av_frame_unref(decoder.frame);
            return List.of(encoder.encode(picture, time, now));
        }

        @Override
        public void close() {
            decoder.close();
            encoder.close();
            converter.close();
        }
    }
}
