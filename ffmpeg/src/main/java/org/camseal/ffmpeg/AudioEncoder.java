package org.camseal.ffmpeg;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.FloatPointer;
import org.camseal.media.AudioFormat;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;

/**
 * Encodes one channel of sound as AAC-LC, 1024 samples a frame. The encoder's priming frame, which holds nothing but silence in front
 * of the first sample, is left out, so times begin at zero. Confined to one thread.
 */
public final class AudioEncoder implements AutoCloseable {
    /** Samples of one frame. */
    public static final int FRAME_SAMPLES = 1024;

    private final int track;
    private final int sampleRateHz;
    private final Instant start;
    private final Coder coder;
    private final AVFrame frame;
    private long sent;
    private long skipped;

    private AudioEncoder(int track, int sampleRateHz, Instant start, Coder coder) throws CoderException {
        this.track = track;
        this.sampleRateHz = sampleRateHz;
        this.start = start;
        this.coder = coder;
        frame = coder.frame;
        frame.format(avutil.AV_SAMPLE_FMT_FLTP);
        frame.nb_samples(FRAME_SAMPLES);
        frame.sample_rate(sampleRateHz);
        avutil.av_channel_layout_default(frame.ch_layout(), 1);
        int result = avutil.av_frame_get_buffer(frame, 0);
        if (result < 0) {
            throw new CoderException("no memory for sound: " + Native.text(result));
        }
    }

    /**
     * Opens an encoder.
     *
     * @param track the number its units carry, 1 to 255
     * @param sampleRateHz one of AAC's rates, 8000 to 96000
     * @param bitsPerSecond aimed at, 16 000 to 256 000
     * @param start when the first sample was heard
     */
    public static AudioEncoder open(int track, int sampleRateHz, int bitsPerSecond, Instant start)
            throws FFmpegException {
        if (sampleRateHz < 8000 || sampleRateHz > 96_000 || bitsPerSecond < 16_000 || bitsPerSecond > 256_000) {
            throw new IllegalArgumentException(sampleRateHz + " Hz, " + bitsPerSecond + " bit/s; 8000 to 96000 Hz and"
                    + " 16000 to 256000 bit/s expected");
        }
        Coder coder = Coder.encoder("aac");
        try {
            coder.context.sample_rate(sampleRateHz);
            coder.context.sample_fmt(avutil.AV_SAMPLE_FMT_FLTP);
            coder.context.bit_rate(bitsPerSecond);
            coder.context.time_base().num(1).den(sampleRateHz);
            coder.context.thread_count(1);
            coder.context.flags(coder.context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
            avutil.av_channel_layout_default(coder.context.ch_layout(), 1);
            coder.open(Map.of());
            return new AudioEncoder(track, sampleRateHz, start, coder);
        } catch (FFmpegException | RuntimeException e) {
            coder.close();
            throw e;
        }
    }

    /** The track it makes. */
    public Track track() {
        return new Track(track, new AudioFormat(Codec.AAC, sampleRateHz, 1, coder.extradata()));
    }

    /**
     * Encodes the next samples; units come out one frame late.
     *
     * @param samples {@link #FRAME_SAMPLES} of them, -1 to 1
     */
    public List<AudioUnit> encode(float[] samples) throws CoderException {
        if (samples.length != FRAME_SAMPLES) {
            throw new IllegalArgumentException(samples.length + " samples; " + FRAME_SAMPLES + " expected");
        }
        int writable = avutil.av_frame_make_writable(frame);
        if (writable < 0) {
            throw new CoderException("no memory for sound: " + Native.text(writable));
        }
        try (FloatPointer plane = new FloatPointer(frame.data(0))) {
            plane.put(samples);
        }
        frame.pts(sent);
        sent += FRAME_SAMPLES;
        coder.sendFrame(frame);
        List<AudioUnit> units = new ArrayList<>();
        while (coder.receivePacket()) {
            long at = coder.packet.pts();
            byte[] bytes = coder.packetBytes();
            avcodec.av_packet_unref(coder.packet);
            if (at >= 0) {
                MediaTime time = new MediaTime(at + skipped, sampleRateHz);
                units.add(new AudioUnit(track, bytes, time, FRAME_SAMPLES, start.plus(time.toDuration())));
            }
        }
        return units;
    }

    /** Leaves out a stretch of time: units from now on are later by this many samples. */
    public void skip(long samples) {
        if (samples < 0) {
            throw new IllegalArgumentException("back by " + -samples + " samples");
        }
        skipped += samples;
    }

    @Override
    public void close() {
        coder.close();
    }
}
