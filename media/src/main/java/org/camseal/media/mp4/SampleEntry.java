package org.camseal.media.mp4;

import org.camseal.media.AudioFormat;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.TrackFormat;
import org.camseal.media.UnsupportedException;
import org.camseal.media.VideoFormat;

/**
 * A sample entry as read (ISO/IEC 14496-12 section 8.5.2; the sound descriptions of QuickTime too).
 *
 * @param nalLengthSize bytes of the length in front of a NAL unit; 0 for audio
 */
record SampleEntry(TrackFormat format, int nalLengthSize) {
    static final int MAX_RATE_HZ = 768_000;

    /**
     * @param stsdVersion 0 where a sound entry of version 1 or 2 is QuickTime's
     * @param timescale of the track, for audio whose rate does not fit its entry
     */
    static SampleEntry read(BoxBytes box, int stsdVersion, long timescale) throws MediaException {
        return switch (box.type()) {
            case "avc1", "avc3" -> video(box, Codec.H264);
            case "hvc1", "hev1" -> video(box, Codec.H265);
            case "mp4a" -> audio(box, stsdVersion, timescale, Codec.AAC);
            case "Opus" -> audio(box, stsdVersion, timescale, Codec.OPUS);
            case "alaw" -> audio(box, stsdVersion, timescale, Codec.PCMA);
            case "ulaw" -> audio(box, stsdVersion, timescale, Codec.PCMU);
            case "encv", "enca" ->
                throw new UnsupportedException(
                        box.path() + ": encrypted by ISO Common Encryption, which is not opened here");
            default ->
                throw new UnsupportedException(box.path() + ": this codec is none of H.264, H.265, AAC, Opus, G.711");
        };
    }

    private static SampleEntry video(BoxBytes box, Codec codec) throws MediaException {
        box.skip(8 + 16);
        int width = box.u16();
        int height = box.u16();
        box.skip(50);
        NalConfig config =
                codec == Codec.H265 ? HevcConfig.read(box.demand("hvcC")) : AvcConfig.read(box.demand("avcC"));
        VideoFormat format = new VideoFormat(codec, width, height, config.parameterSets());
        return new SampleEntry(format, config.lengthSize());
    }

    private static SampleEntry audio(BoxBytes box, int stsdVersion, long timescale, Codec codec) throws MediaException {
        box.skip(8);
        int version = box.u16();
        box.skip(6);
        int channels = box.u16();
        box.skip(6);
        long rate = box.u32() >>> 16;
        if (stsdVersion == 0 && version == 1) {
            box.skip(16);
        } else if (stsdVersion == 0 && version == 2) {
            box.skip(4);
            rate = (long) Double.longBitsToDouble(box.i64());
            channels = (int) Math.min(box.u32(), 256);
            box.skip(20);
        }
        if (rate <= 0) {
            rate = timescale;
        }
        byte[] config = new byte[0];
        switch (codec) {
            case AAC -> {
                config = Esds.read(esds(box));
                AacConfig aac = AacConfig.of(config);
                rate = aac.sampleRateHz();
                channels = aac.channels() == 0 ? channels : aac.channels();
            }
            case OPUS -> {
                config = OpusConfig.read(box.demand("dOps"));
                rate = OpusConfig.inputSampleRate(config);
            }
            case PCMA, PCMU, H264, H265 -> {}
        }
        if (rate < 1 || rate > MAX_RATE_HZ || channels < 1 || channels > 255) {
            throw new MalformedException(
                    "MP4 box " + box.path() + ": sound of " + rate + " Hz and " + channels + " channels");
        }
        return new SampleEntry(new AudioFormat(codec, (int) rate, channels, config), 0);
    }

    /** In the entry itself, or where QuickTime puts it: inside the box wave. */
    private static BoxBytes esds(BoxBytes box) throws MalformedException {
        BoxBytes found = box.find("esds");
        if (found == null) {
            BoxBytes wave = box.find("wave");
            found = wave == null ? null : wave.find("esds");
        }
        if (found == null) {
            throw box.malformed("lacks the box esds");
        }
        return found;
    }
}
