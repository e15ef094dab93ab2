package org.camseal.ffmpeg;

/**
 * What a test pattern looks and sounds like.
 *
 * @param sound true for a second track, AAC, one channel of 48 000 Hz
 */
public record TestPatternSettings(VideoEncoderSettings video, boolean sound) {
    /** 1280x720, 25 pictures and 2 Mbit a second, with sound. */
    public static final TestPatternSettings DEFAULT = new TestPatternSettings(VideoEncoderSettings.DEFAULT, true);

    /** The picture's width at least, so that the clock's digits stay legible. */
    static final int MIN_WIDTH = 160;

    static final int MIN_HEIGHT = 90;

    public TestPatternSettings {
        if (video.width() < MIN_WIDTH || video.height() < MIN_HEIGHT) {
            throw new IllegalArgumentException("a test pattern of " + video.width() + "x" + video.height()
                    + "; at least " + MIN_WIDTH + "x" + MIN_HEIGHT + " expected");
        }
    }
}
