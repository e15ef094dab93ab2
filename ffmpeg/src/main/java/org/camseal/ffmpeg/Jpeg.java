package org.camseal.ffmpeg;

import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Writes a {@link Picture} as a JPEG file (ITU-T T.81), for programs that take no other still picture. */
public final class Jpeg {
    /** On FFmpeg's scale of 1, the best, to 31. */
    private static final int QUALITY = 4;

    private static final String ENCODER = "mjpeg";

    private Jpeg() {}

    /** Whether this machine has what it takes. */
    public static boolean isPossible() {
        try (Coder coder = Coder.encoder(ENCODER)) {
            return coder.context.codec_type() == avutil.AVMEDIA_TYPE_VIDEO;
        } catch (FFmpegException e) {
            return false;
        }
    }

    /**
     * A whole JPEG file.
     *
     * @throws FFmpegException if the libraries have no such encoder, or it fails
     */
    public static byte[] encode(Picture picture) throws FFmpegException {
        try (Coder coder = Coder.encoder(ENCODER)) {
            AVCodecContext context = coder.context;
            context.width(picture.width());
            context.height(picture.height());
            context.pix_fmt(avutil.AV_PIX_FMT_YUVJ420P);
            context.color_range(avutil.AVCOL_RANGE_JPEG);
            context.time_base().num(1).den(1);
            context.thread_count(1);
            context.flags(context.flags() | avcodec.AV_CODEC_FLAG_QSCALE);
            context.global_quality(QUALITY * avutil.FF_QP2LAMBDA);
            coder.open(Map.of());
            AVFrame frame = coder.frame;
            frame.format(avutil.AV_PIX_FMT_YUVJ420P);
            frame.width(picture.width());
            frame.height(picture.height());
            frame.quality(QUALITY * avutil.FF_QP2LAMBDA);
            frame.pts(0);
            int result = avutil.av_frame_get_buffer(frame, 0);
            if (result < 0) {
                throw new CoderException("no memory for a picture: " + Native.text(result));
            }
            Planes.write(fullRange(picture), frame);
            coder.sendFrame(frame);
            coder.sendFrame(null);
            if (!coder.receivePacket()) {
                throw new CoderException("mjpeg made nothing of a picture");
            }
            return coder.packetBytes();
        }
    }

    /** The same in the colours of JPEG files: ITU-T BT.601, full range (ITU-T T.871 section 7). */
    private static Picture fullRange(Picture picture) {
        Picture full = new Picture(picture.width(), picture.height());
        byte[] luma = full.plane(0);
        for (int y = 0, at = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++, at++) {
                luma[at] = sample(picture.rgb(x, y), 0, 19_595, 38_470, 7_471);
            }
        }
        int across = full.chromaWidth();
        for (int y = 0; y < full.chromaHeight(); y++) {
            for (int x = 0; x < across; x++) {
                int rgb = picture.rgb(2 * x, 2 * y);
                full.plane(1)[y * across + x] = sample(rgb, 128, -11_056, -21_712, 32_768);
                full.plane(2)[y * across + x] = sample(rgb, 128, 32_768, -27_440, -5_328);
            }
        }
        return full;
    }

    /** A weighed sum in 16 bit fixed point. */
    private static byte sample(int rgb, int base, int red, int green, int blue) {
        int sum = red * (rgb >> 16 & 0xff) + green * (rgb >> 8 & 0xff) + blue * (rgb & 0xff);
        return (byte) Math.clamp(base + ((sum + 0x8000) >> 16), 0, 255);
    }
}
