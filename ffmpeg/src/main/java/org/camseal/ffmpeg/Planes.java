package org.camseal.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** Moves a {@link Picture}'s planes into and out of a native frame of the format yuv420p, whose rows have gaps between them. */
final class Planes {
    private Planes() {}

    static void write(Picture picture, AVFrame frame) {
        for (int index = 0; index < 3; index++) {
            BytePointer rows = frame.data(index);
            byte[] plane = picture.plane(index);
            int width = picture.planeWidth(index);
            for (int y = 0; y < picture.planeHeight(index); y++) {
                rows.position((long) y * frame.linesize(index)).put(plane, y * width, width);
            }
        }
    }

    static Picture read(AVFrame frame) {
        Picture picture = new Picture(frame.width(), frame.height());
        for (int index = 0; index < 3; index++) {
            BytePointer rows = frame.data(index);
            byte[] plane = picture.plane(index);
            int width = picture.planeWidth(index);
            for (int y = 0; y < picture.planeHeight(index); y++) {
                rows.position((long) y * frame.linesize(index)).get(plane, y * width, width);
            }
        }
        return picture;
    }
}
