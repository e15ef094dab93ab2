package org.camseal.ffmpeg;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexB;

/**
 * Encodes pictures as H.264 constrained baseline with OpenH264: one unit out for one picture in, at once, no pictures out of order,
 * parameter sets in front of every key frame. Confined to one thread.
 */
public final class VideoEncoder implements AutoCloseable {

    private final int track;
    private final VideoEncoderSettings settings;
    private final Coder coder;
    private final List<NalUnit> parameterSets;
    private final AVFrame frame;

    private volatile boolean keyRequested;

    private VideoEncoder(int track, VideoEncoderSettings settings, Coder coder) throws CoderException {
        this.track = track;
        this.settings = settings;
        this.coder = coder;
        this.parameterSets = split(coder.extradata());
        frame = coder.frame;
        frame.format(avutil.AV_PIX_FMT_YUV420P);
        frame.width(settings.width());
        frame.height(settings.height());
        int result = avutil.av_frame_get_buffer(frame, 0);
        if (result < 0) {
            throw new CoderException("no memory for a picture: " + Native.text(result));
        }
    }

    /**
     * Opens an encoder.
     *
     * @param track the number its units carry, 1 to 255
     */
    public static VideoEncoder open(int track, VideoEncoderSettings settings) throws FFmpegException {
        Coder coder = Coder.encoder("libopenh264");
        try {
            configure(coder.context, settings);
            coder.open(Map.of("profile", "constrained_baseline", "rc_mode", "bitrate", "allow_skip_frames", "0"));
            return new VideoEncoder(track, settings, coder);
        } catch (FFmpegException | RuntimeException e) {
            coder.close();
            throw e;
        }
    }

    private static void configure(AVCodecContext context, VideoEncoderSettings settings) {
        context.width(settings.width());
        context.height(settings.height());
        context.pix_fmt(avutil.AV_PIX_FMT_YUV420P);
        context.colorspace(avutil.AVCOL_SPC_BT709);
        context.color_primaries(avutil.AVCOL_PRI_BT709);
        context.color_trc(avutil.AVCOL_TRC_BT709);
        context.color_range(avutil.AVCOL_RANGE_MPEG);
        context.bit_rate(settings.bitsPerSecond());
        context.gop_size(settings.keyFrameInterval());
        context.max_b_frames(0);
        context.thread_count(1);
        context.slices(1);
        context.framerate().num(settings.framesPerSecond()).den(1);
        context.time_base().num(1).den(MediaTime.VIDEO_CLOCK_HZ);
        // So the parameter sets are known before the first picture; encode() puts them in band.
        context.flags(context.flags() | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
    }

    /** Makes the next picture a key picture, out of turn. From any thread. */
    void requestKey() {
        keyRequested = true;
    }

    /** The track it makes; its format names the parameter sets. */
    public Track track() {
        return new Track(track, new VideoFormat(Codec.H264, settings.width(), settings.height(), parameterSets));
    }

    /**
     * Encodes one picture.
     *
     * @param picture of the settings' size
     * @param time later than the last one's
     */
    public VideoUnit encode(Picture picture, MediaTime time, Instant capturedAt) throws CoderException {
        if (picture.width() != settings.width() || picture.height() != settings.height()) {
            throw new IllegalArgumentException(
                    picture + "; " + settings.width() + "x" + settings.height() + " expected");
        }
        int writable = avutil.av_frame_make_writable(frame);
        if (writable < 0) {
            throw new CoderException("no memory for a picture: " + Native.text(writable));
        }
        Planes.write(picture, frame);
        MediaTime at = time.in(MediaTime.VIDEO_CLOCK_HZ);
        frame.pts(at.ticks());
        frame.pict_type(keyRequested ? avutil.AV_PICTURE_TYPE_I : avutil.AV_PICTURE_TYPE_NONE);
        keyRequested = false;
        coder.sendFrame(frame);
        if (!coder.receivePacket()) {
            throw new CoderException("libopenh264 left out the picture at " + at.toDuration());
        }
        List<NalUnit> coded = split(coder.packetBytes());
        avcodec.av_packet_unref(coder.packet);
        return new VideoUnit(track, withParameterSets(coded), at, at, capturedAt);
    }

    private static List<NalUnit> split(byte[] coded) throws CoderException {
        try {
            return AnnexB.split(Codec.H264, coded);
        } catch (MediaException e) {
            throw new CoderException("libopenh264 made no byte stream of H.264: " + e.getMessage());
        }
    }

    private List<NalUnit> withParameterSets(List<NalUnit> coded) {
        List<NalUnit> all = new ArrayList<>(coded.size() + parameterSets.size());
        if (coded.stream().anyMatch(NalUnit::isKeySlice) && coded.stream().noneMatch(NalUnit::isParameterSet)) {
            all.addAll(parameterSets);
        }
        all.addAll(coded);
        return all;
    }

    @Override
    public void close() {
        coder.close();
    }
}
