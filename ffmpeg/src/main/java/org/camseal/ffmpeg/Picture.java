package org.camseal.ffmpeg;

import java.util.Arrays;

/**
 * One picture as planes of 8 bit samples: luma in full size, two chroma planes of half width and half height (4:2:0, ITU-T BT.709,
 * limited range). Rows follow each other without gaps.
 *
 * <p>The planes are shared, not copied: whoever paints into a picture does so before handing it on.
 */
public final class Picture {
    /** The largest side accepted. */
    public static final int MAX_SIDE = 8192;

    static final int BLACK = 16;
    static final int NEUTRAL = 128;

    private final int width;
    private final int height;
    private final byte[] luma;
    private final byte[] blue;
    private final byte[] red;

    Picture(int width, int height) {
        if (width < 2 || height < 2 || width > MAX_SIDE || height > MAX_SIDE) {
            throw new IllegalArgumentException(
                    width + "x" + height + " pixels; sides of 2 to " + MAX_SIDE + " expected");
        }
        this.width = width;
        this.height = height;
        luma = new byte[width * height];
        blue = new byte[chromaWidth() * chromaHeight()];
        red = new byte[blue.length];
    }

    /** A black picture. */
    public static Picture black(int width, int height) {
        Picture picture = new Picture(width, height);
        Arrays.fill(picture.luma, (byte) BLACK);
        Arrays.fill(picture.blue, (byte) NEUTRAL);
        Arrays.fill(picture.red, (byte) NEUTRAL);
        return picture;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    int chromaWidth() {
        return (width + 1) / 2;
    }

    int chromaHeight() {
        return (height + 1) / 2;
    }

    /** The luma plane, Cb, or Cr for 0, 1, 2. */
    byte[] plane(int index) {
        return index == 0 ? luma : index == 1 ? blue : red;
    }

    int planeWidth(int index) {
        return index == 0 ? width : chromaWidth();
    }

    int planeHeight(int index) {
        return index == 0 ? height : chromaHeight();
    }

    /** Brightness of a pixel: 16 is black, 235 is white. */
    public int luma(int x, int y) {
        return luma[y * width + x] & 0xff;
    }

    /** Colour of a pixel as 0xRRGGBB. */
    public int rgb(int x, int y) {
        int chroma = (y / 2) * chromaWidth() + x / 2;
        int c = 298 * (luma(x, y) - 16);
        int d = (blue[chroma] & 0xff) - 128;
        int e = (red[chroma] & 0xff) - 128;
        // ITU-T BT.709 in 8 bit fixed point
        int r = clamp((c + 459 * e + 128) >> 8);
        int g = clamp((c - 55 * d - 136 * e + 128) >> 8);
        int b = clamp((c + 541 * d + 128) >> 8);
        return r << 16 | g << 8 | b;
    }

    /** Fills a rectangle, cut to the picture, with one colour. */
    void fill(int left, int top, int across, int down, Colour colour) {
        fillPlane(0, new int[] {left, top, across, down}, colour.y());
        int[] half = {left / 2, top / 2, (across + 1) / 2, (down + 1) / 2};
        fillPlane(1, half, colour.cb());
        fillPlane(2, half, colour.cr());
    }

    private void fillPlane(int index, int[] box, int value) {
        int planeWidth = planeWidth(index);
        int from = Math.clamp(box[0], 0, planeWidth);
        int to = Math.clamp((long) box[0] + box[2], from, planeWidth);
        int bottom = Math.clamp((long) box[1] + box[3], 0, planeHeight(index));
        byte[] plane = plane(index);
        for (int y = Math.max(0, box[1]); y < bottom; y++) {
            Arrays.fill(plane, y * planeWidth + from, y * planeWidth + to, (byte) value);
        }
    }

    /**
     * Peak signal-to-noise ratio of the luma against another picture of the same size, in dB: infinite for equal pictures, above 30
     * for the same scene coded well, below 12 for pictures that have nothing in common.
     */
    public double psnr(Picture other) {
        if (other.width != width || other.height != height) {
            throw new IllegalArgumentException(width + "x" + height + " against " + other.width + "x" + other.height);
        }
        long sum = 0;
        for (int i = 0; i < luma.length; i++) {
            int difference = (luma[i] & 0xff) - (other.luma[i] & 0xff);
            sum += (long) difference * difference;
        }
        return sum == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(255.0 * 255.0 * luma.length / sum);
    }

    /** The same scene in another size, each new pixel the nearest old one; for thumbnails. */
    public Picture scaled(int newWidth, int newHeight) {
        Picture scaled = new Picture(newWidth, newHeight);
        for (int index = 0; index < 3; index++) {
            byte[] from = plane(index);
            byte[] to = scaled.plane(index);
            int across = scaled.planeWidth(index);
            int down = scaled.planeHeight(index);
            for (int y = 0; y < down; y++) {
                int row = y * planeHeight(index) / down * planeWidth(index);
                for (int x = 0; x < across; x++) {
                    to[y * across + x] = from[row + x * planeWidth(index) / across];
                }
            }
        }
        return scaled;
    }

    private static int clamp(int value) {
        return Math.clamp(value, 0, 255);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Picture picture
                && picture.width == width
                && picture.height == height
                && Arrays.equals(picture.luma, luma)
                && Arrays.equals(picture.blue, blue)
                && Arrays.equals(picture.red, red);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(luma);
    }

    @Override
    public String toString() {
        return "picture of " + width + "x" + height;
    }
}
