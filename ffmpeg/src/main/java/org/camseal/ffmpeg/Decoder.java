package org.camseal.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexB;

/** Makes pictures out of units of H.264 or H.265, in the order in which they are shown. Confined to one thread. */
public final class Decoder implements AutoCloseable {
    private final Coder coder;
    private final PictureConverter converter;
    private byte[] outOfBand;

    private Decoder(Coder coder, PictureConverter converter, byte[] outOfBand) {
        this.coder = coder;
        this.converter = converter;
        this.outOfBand = outOfBand;
    }

    /** Opens a decoder; parameter sets that the format names are used until the stream brings its own. */
    public static Decoder open(VideoFormat format) throws FFmpegException {
        int id = format.codec() == Codec.H265 ? avcodec.AV_CODEC_ID_HEVC : avcodec.AV_CODEC_ID_H264;
        Coder coder = Coder.decoder(id);
        try {
            coder.context.thread_count(1);
            coder.context.pkt_timebase().num(1).den(MediaTime.VIDEO_CLOCK_HZ);
            coder.open(Map.of());
            return new Decoder(coder, new PictureConverter(), AnnexB.join(format.parameterSets()));
        } catch (FFmpegException | RuntimeException e) {
            coder.close();
            throw e;
        }
    }

    /**
     * Decodes one key picture alone.
     *
     * @return empty if the decoder makes no picture of it
     * @throws CoderException if it can make nothing of the bytes
     */
    public static Optional<Picture> still(VideoFormat format, VideoUnit key) throws FFmpegException {
        try (Decoder decoder = open(format)) {
            List<DecodedPicture> pictures = new ArrayList<>(decoder.decode(key));
            pictures.addAll(decoder.finish());
            return pictures.stream().map(DecodedPicture::picture).findFirst();
        }
    }

    /**
     * Decodes one unit. Pictures may come later than their unit, none or several at a time.
     *
     * @throws CoderException if the decoder can make nothing of the bytes; it can go on with the next unit
     */
    public List<DecodedPicture> decode(VideoUnit unit) throws CoderException {
        byte[] bytes = AnnexB.join(unit.nalUnits());
        if (outOfBand.length > 0) {
            byte[] all = new byte[outOfBand.length + bytes.length];
            System.arraycopy(outOfBand, 0, all, 0, outOfBand.length);
            System.arraycopy(bytes, 0, all, outOfBand.length, bytes.length);
            bytes = all;
            outOfBand = new byte[0];
        }
        coder.sendPacket(
                bytes, unit.presentationTime().in(MediaTime.VIDEO_CLOCK_HZ).ticks());
        return pictures();
    }

    /** The pictures the decoder still held back; after this call it takes no more units. */
    public List<DecodedPicture> finish() throws CoderException {
        coder.sendPacket(null, 0);
        return pictures();
    }

    private List<DecodedPicture> pictures() throws CoderException {
        List<DecodedPicture> pictures = new ArrayList<>();
        while (coder.receiveFrame()) {
            AVFrame frame = coder.frame;
            boolean damaged = frame.decode_error_flags() != 0 || (frame.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0;
            MediaTime time = MediaTime.video(frame.pts());
            pictures.add(new DecodedPicture(converter.convert(frame), time, damaged));
            avutil.av_frame_unref(frame);
        }
        return pictures;
    }

    @Override
    public void close() {
        coder.close();
        converter.close();
    }
}
