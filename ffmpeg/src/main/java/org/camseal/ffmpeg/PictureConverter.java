package org.camseal.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.jspecify.annotations.Nullable;

/** Turns native frames of any pixel format into {@link Picture}s of their own size, or of a size asked for. */
final class PictureConverter implements AutoCloseable {
    private @Nullable SwsContext scaler;

    /** A picture of the frame's own size. */
    Picture convert(AVFrame frame) throws CoderException {
        return convert(frame, frame.width(), frame.height());
    }

    /** A picture of another size. */
    Picture convert(AVFrame frame, int width, int height) throws CoderException {
        if (width < 2 || height < 2 || width > Picture.MAX_SIDE || height > Picture.MAX_SIDE) {
            throw new CoderException("a picture of " + width + "x" + height + " pixels; sides of 2 to "
                    + Picture.MAX_SIDE + " expected");
        }
        boolean same = frame.format() == avutil.AV_PIX_FMT_YUV420P && frame.color_range() != avutil.AVCOL_RANGE_JPEG;
        if (same && frame.width() == width && frame.height() == height) {
            return Planes.read(frame);
        }
        AVFrame target = avutil.av_frame_alloc();
        if (target == null) {
            throw new CoderException("no memory for a picture");
        }
        try {
            target.format(avutil.AV_PIX_FMT_YUV420P);
            target.width(width);
            target.height(height);
            target.color_range(avutil.AVCOL_RANGE_MPEG);
            target.colorspace(avutil.AVCOL_SPC_BT709);
            check(avutil.av_frame_get_buffer(target, 0));
            check(swscale.sws_scale_frame(scaler(), target, frame));
            return Planes.read(target);
        } finally {
            avutil.av_frame_free(target);
        }
    }

    private SwsContext scaler() throws CoderException {
        SwsContext current = scaler;
        if (current == null) {
            current = swscale.sws_alloc_context();
            if (current == null) {
                throw new CoderException("no memory for a scaler");
            }
            scaler = current;
        }
        return current;
    }

    private static void check(int result) throws CoderException {
        if (result < 0) {
            throw new CoderException("a picture cannot be converted: " + Native.text(result));
        }
    }

    @Override
    public void close() {
        if (scaler != null) {
            swscale.sws_free_context(scaler);
            scaler = null;
        }
    }
}
