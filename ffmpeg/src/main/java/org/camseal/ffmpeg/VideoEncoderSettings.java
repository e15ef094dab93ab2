package org.camseal.ffmpeg;

/**
 * How pictures are coded.
 *
 * @param width in pixels, even, 16 to 4096
 * @param height in pixels, even, 16 to 2304
 * @param framesPerSecond 1 to 120
 * @param bitsPerSecond aimed at, 50 000 to 50 000 000
 * @param keyFrameInterval pictures from one key frame to the next, 1 to 1200
 */
public record VideoEncoderSettings(
        int width, int height, int framesPerSecond, int bitsPerSecond, int keyFrameInterval) {
    /** 1280x720, 25 pictures and 2 Mbit a second, a key frame every 2 s. */
    public static final VideoEncoderSettings DEFAULT = of(1280, 720, 25, 2_000_000);

    public VideoEncoderSettings {
        if (width < 16 || width > 4096 || width % 2 != 0 || height < 16 || height > 2304 || height % 2 != 0) {
            throw new IllegalArgumentException(
                    width + "x" + height + " pixels; even sides of 16x16 to 4096x2304 expected");
        }
        if (framesPerSecond < 1 || framesPerSecond > 120) {
            throw new IllegalArgumentException(framesPerSecond + " pictures a second; 1 to 120 expected");
        }
        if (bitsPerSecond < 50_000 || bitsPerSecond > 50_000_000) {
            throw new IllegalArgumentException(bitsPerSecond + " bits a second; 50000 to 50000000 expected");
        }
        if (keyFrameInterval < 1 || keyFrameInterval > 1200) {
            throw new IllegalArgumentException(
                    "a key frame every " + keyFrameInterval + " pictures; 1 to 1200 expected");
        }
    }

    /** With a key frame every 2 s. */
    public static VideoEncoderSettings of(int width, int height, int framesPerSecond, int bitsPerSecond) {
        return new VideoEncoderSettings(width, height, framesPerSecond, bitsPerSecond, 2 * framesPerSecond);
    }
}
