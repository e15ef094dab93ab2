package org.camseal.ffmpeg;

/** A quiet tone of 440 Hz, and in the first tenth of every second a louder one of 1000 Hz: the sound of the test pattern. */
final class Tone {
    private static final double TONE_HZ = 440;
    private static final double BEEP_HZ = 1000;
    private static final double TONE_LEVEL = 0.05;
    private static final double BEEP_LEVEL = 0.25;

    private final int sampleRateHz;

    Tone(int sampleRateHz) {
        this.sampleRateHz = sampleRateHz;
    }

    /** Fills the samples from this one of the whole sound on. */
    void fill(float[] samples, long first) {
        for (int i = 0; i < samples.length; i++) {
            // Both tones take a whole number of turns in a second, so the second's own sample number is enough.
            long inSecond = (first + i) % sampleRateHz;
            double seconds = (double) inSecond / sampleRateHz;
            double value = TONE_LEVEL * Math.sin(2 * Math.PI * TONE_HZ * seconds);
            if (inSecond < sampleRateHz / 10) {
                value += BEEP_LEVEL * Math.sin(2 * Math.PI * BEEP_HZ * seconds);
            }
            samples[i] = (float) value;
        }
    }
}
