package org.camseal.ffmpeg;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a {@link Picture} as a PNG file (ISO/IEC 15948), 8 bit RGB. Own code rather than the JDK's desktop module, so that a server
 * without a display, or a small image of the JDK, can make thumbnails.
 */
public final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private Png() {}

    /** A whole PNG file. */
    public static byte[] encode(Picture picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(picture.width()).putInt(picture.height());
        // bit depth 8, colour type 2 (RGB), deflate, no filter method but 0, not interlaced (section 11.2.2)
        header.put(new byte[] {8, 2, 0, 0, 0});
        chunk(out, "IHDR", header.array());
        chunk(out, "IDAT", deflate(rows(picture)));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /** Each row: filter type 1 (Sub: the difference to the pixel at the left), then its differences. */
    private static byte[] rows(Picture picture) {
        byte[] rows = new byte[picture.height() * (1 + 3 * picture.width())];
        int at = 0;
        for (int y = 0; y < picture.height(); y++) {
            rows[at++] = 1;
            int left = 0;
            for (int x = 0; x < picture.width(); x++) {
                int rgb = picture.rgb(x, y);
                rows[at++] = (byte) ((rgb >> 16) - (left >> 16));
                rows[at++] = (byte) ((rgb >> 8) - (left >> 8));
                rows[at++] = (byte) (rgb - left);
                left = rgb;
            }
        }
        return rows;
    }

    private static byte[] deflate(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] buffer = new byte[16_384];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
