package org.camseal.media;

import java.time.Instant;
import java.util.Arrays;

/**
 * One frame of audio: an AAC raw_data_block, an Opus packet, or a run of G.711 samples.
 *
 * <p>Immutable by agreement, as {@link NalUnit} is: the array is shared and never written to.
 */
public final class AudioUnit implements AccessUnit {
    private final int track;
    private final byte[] frame;
    private final MediaTime time;
    private final int samples;
    private final Instant capturedAt;

    /**
     * Takes the array over.
     *
     * @param track 1 to 255
     * @param samples duration in ticks of the track's clock, at least 1
     */
    public AudioUnit(int track, byte[] frame, MediaTime time, int samples, Instant capturedAt) {
        if (track < 1 || track > 255 || samples < 1) {
            throw new IllegalArgumentException("track " + track + ", " + samples + " samples");
        }
        this.track = track;
        this.frame = frame;
        this.time = time;
        this.samples = samples;
        this.capturedAt = capturedAt;
    }

    @Override
    public int track() {
        return track;
    }

    /** The frame's own bytes; shared, never to be written to. */
    public byte[] frame() {
        return frame;
    }

    /** Duration in ticks of the track's clock. */
    public int samples() {
        return samples;
    }

    @Override
    public MediaTime decodeTime() {
        return time;
    }

    @Override
    public MediaTime presentationTime() {
        return time;
    }

    @Override
    public Instant capturedAt() {
        return capturedAt;
    }

    @Override
    public int sizeBytes() {
        return frame.length;
    }

    /** The same instant with other bytes. */
    public AudioUnit withFrame(byte[] other) {
        return new AudioUnit(track, other, time, samples, capturedAt);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AudioUnit unit
                && unit.track == track
                && unit.samples == samples
                && unit.time.equals(time)
                && unit.capturedAt.equals(capturedAt)
                && Arrays.equals(unit.frame, frame);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(frame) + time.hashCode();
    }

    @Override
    public String toString() {
        return "audio unit of track " + track + " at " + time + ", " + frame.length + " bytes";
    }
}
