package org.camseal.streaming.rtp;

/**
 * Carries 32-bit RTP timestamps of one source on to 64-bit times without a jump at the wrap. A sender that starts again at another
 * timestamp goes on one clock second later rather than back.
 */
public final class Timeline {
    private final int clockHz;
    private boolean started;
    private int lastTimestamp;
    private long lastTicks;
    private long highestTicks;

    public Timeline(int clockHz) {
        this.clockHz = clockHz;
    }

    /** Lets a timestamp be a time; before the first {@link #ticks}. */
    public void anchor(int timestamp, long ticks) {
        started = true;
        lastTimestamp = timestamp;
        lastTicks = ticks;
        highestTicks = ticks;
    }

    public boolean isAnchored() {
        return started;
    }

    /** The time of a timestamp; within ten seconds before the highest so far, or anywhere after it. */
    public long ticks(int timestamp) {
        if (!started) {
            anchor(timestamp, 0);
        }
        long ticks = lastTicks + (timestamp - lastTimestamp);
        if (ticks < highestTicks - 10L * clockHz) {
            ticks = highestTicks + clockHz;
        }
        lastTimestamp = timestamp;
        lastTicks = ticks;
        highestTicks = Math.max(highestTicks, ticks);
        return ticks;
    }
}
