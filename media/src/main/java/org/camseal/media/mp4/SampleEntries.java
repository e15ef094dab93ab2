package org.camseal.media.mp4;

import java.util.List;
import org.camseal.media.AudioFormat;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;

/**
 * Writes sample entries (ISO/IEC 14496-12 sections 8.5.2, 12.1.3, 12.2.3). Video is avc3 or hev1, not avc1 or hvc1: the units keep
 * their parameter sets in band, exactly as the camera sent and the manifest digests them, and only avc3 and hev1 allow that beside
 * those in the entry (ISO/IEC 14496-15 sections 5.3.3 and 8.3.3). Chromium's Media Source Extensions, FFmpeg and GStreamer play both.
 */
final class SampleEntries {
    private static final int DPI_72 = 0x48_0000;
    private static final int MAX_SIDE = 0xffff;

    private SampleEntries() {}

    static void write(BoxBuilder out, Track track) throws MediaException {
        switch (track.format()) {
            case VideoFormat video -> writeVideo(out, video);
            case AudioFormat audio -> writeAudio(out, audio, track.number());
        }
    }

    /** Width and height: as the format says, else as the SPS says, else 0. */
    static int[] pictureSize(VideoFormat video) throws MediaException {
        int width = video.width();
        int height = video.height();
        List<NalUnit> sps =
                NalConfig.ofType(video.parameterSets(), video.codec() == Codec.H265 ? HevcConfig.SPS : AvcConfig.SPS);
        if ((width == 0 || height == 0) && !sps.isEmpty()) {
            if (video.codec() == Codec.H265) {
                org.camseal.media.h265.Sps parsed = org.camseal.media.h265.Sps.parse(sps.getFirst());
                width = parsed.width();
                height = parsed.height();
            } else {
                org.camseal.media.h264.Sps parsed = org.camseal.media.h264.Sps.parse(sps.getFirst());
                width = parsed.width();
                height = parsed.height();
            }
        }
        if (width < 0 || height < 0 || width > MAX_SIDE || height > MAX_SIDE) {
            throw new MalformedException("pictures of " + width + " x " + height + "; 65535 at most can be stored");
        }
        return new int[] {width, height};
    }

    private static void writeVideo(BoxBuilder out, VideoFormat video) throws MediaException {
        int[] size = pictureSize(video);
        out.open(video.codec() == Codec.H265 ? "hev1" : "avc3").zeros(6).u16(1).zeros(16);
        out.u16(size[0])
                .u16(size[1])
                .u32(DPI_72)
                .u32(DPI_72)
                .zeros(4)
                .u16(1)
                .zeros(32)
                .u16(24)
                .u16(0xffff);
        if (video.codec() == Codec.H265) {
            HevcConfig.write(out, video.parameterSets());
        } else {
            AvcConfig.write(out, video.parameterSets());
        }
        out.close();
    }

    private static void writeAudio(BoxBuilder out, AudioFormat audio, int track) throws MediaException {
        String type = switch (audio.codec()) {
            case AAC -> "mp4a";
            case OPUS -> "Opus";
            case PCMA -> "alaw";
            case PCMU -> "ulaw";
            case H264, H265 -> throw new IllegalStateException(audio.codec() + " as audio");
        };
        int rate = audio.clockHz();
        out.open(type).zeros(6).u16(1).zeros(8).u16(audio.channels()).u16(16).zeros(4);
        // 16.16 fixed point; a rate that does not fit is left to the time scale and the decoder configuration.
        out.u32(rate <= 0xffff ? (long) rate << 16 : 0);
        switch (audio.codec()) {
            case AAC -> {
                if (audio.decoderConfig().length == 0) {
                    throw new MalformedException("track " + track
                            + ": AAC without AudioSpecificConfig; the stream's description must bring one");
                }
                Esds.write(out, audio.decoderConfig());
            }
            case OPUS -> OpusConfig.write(out, audio);
            case PCMA, PCMU, H264, H265 -> {}
        }
        out.close();
    }
}
