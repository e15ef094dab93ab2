package org.camseal.ffmpeg;

import java.time.Instant;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioFormat;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.UnsupportedException;
import org.jspecify.annotations.Nullable;

/** Sound of one stream: frames without ADTS, each beginning where the one before ended unless the container clearly says otherwise. */
final class AudioUnits extends StreamUnits {
    private final Codec codec;
    private final boolean configured;
    private @Nullable AudioFormat format;
    private int aacSamples = 1024;
    private long expected = Long.MIN_VALUE;

    AudioUnits(Codec codec, byte[] extradata, int sampleRateHz, int channels) throws MediaException {
        this.codec = codec;
        this.configured = codec == Codec.AAC && extradata.length > 0;
        if (configured) {
            configure(AacConfig.parse(extradata));
        } else if (codec != Codec.AAC) {
            if (sampleRateHz < 1 || channels < 1) {
                throw new MalformedException(codec + " with " + sampleRateHz + " Hz and " + channels + " channels");
            }
            format = new AudioFormat(codec, sampleRateHz, channels, extradata);
        }
    }

    private void configure(AacConfig config) {
        aacSamples = config.frameSamples();
        format = new AudioFormat(Codec.AAC, config.sampleRateHz(), config.channels(), config.bytes());
    }

    @Override
    void look(Packet packet) throws MediaException {
        if (format == null && packet.bytes().length > 0) {
            configure(AacConfig.ofAdts(packet.bytes()));
        }
    }

    @Override
    @Nullable
    AudioFormat format() {
        return format;
    }

    @Override
    @Nullable
    Pending accept(int track, Packet packet) throws MediaException {
        if (packet.bytes().length == 0 || format == null) {
            return null;
        }
        byte[] frame = codec == Codec.AAC && !configured ? AacConfig.withoutAdts(packet.bytes()) : packet.bytes();
        int samples = samples(frame, format);
        int clockHz = format.clockHz();
        MediaTime stored = packet.presentationTime(clockHz);
        long at = stored == null ? Math.max(expected, 0) : stored.ticks();
        if (stored != null && expected != Long.MIN_VALUE) {
            // A container's coarse ticks (Matroska: 1 ms) jitter around the samples' own count.
            long off = Math.abs(at - expected);
            at = off <= packet.base().tolerance(clockHz) + 1 ? expected : Math.max(at, expected - samples);
        }
        expected = at + samples;
        MediaTime time = new MediaTime(at, clockHz);
        return new Frame(track, frame, time, samples);
    }

    private int samples(byte[] frame, AudioFormat known) throws MediaException {
        return switch (codec) {
            case AAC -> aacSamples;
            case OPUS -> opusSamples(frame);
            case PCMA, PCMU -> Math.max(1, frame.length / known.channels());
            case H264, H265 -> throw new IllegalStateException(codec + " is no sound");
        };
    }

    /** Samples at 48 kHz from an Opus packet's table of contents byte (RFC 6716 section 3.1). */
    private static int opusSamples(byte[] packet) throws MediaException {
        int configuration = packet[0] >> 3 & 31;
        int shortFrame = 120; // 2.5 ms
        int frameSamples = configuration < 12
                ? (configuration & 3) == 3 ? 2880 : 480 << (configuration & 3)
                : configuration < 16 ? 480 << (configuration & 1) : shortFrame << (configuration & 3);
        int frames = switch (packet[0] & 3) {
            case 0 -> 1;
            case 1, 2 -> 2;
            default -> packet.length > 1 ? packet[1] & 63 : 0;
        };
        int samples = frames * frameSamples;
        if (samples < 1 || samples > 5760) {
            throw new UnsupportedException("an Opus packet of " + samples + " samples; 120 to 5760 expected");
        }
        return samples;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Frame(int track, byte[] frame, MediaTime time, int samples) implements Pending {
        @Override
        public int sizeBytes() {
            return frame.length;
        }

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public AccessUnit unit(Instant capturedAt) {
            return new AudioUnit(track, frame, time, samples, capturedAt);
        }
    }
}
