package org.camseal.media.mp4;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;

/**
 * Fragmented MP4 as bytes, for a browser's Media Source Extensions or any other sink: one initialization segment, then fragments.
 * Each fragment is prft, moof and mdat; all of them behind one initialization segment are a file.
 *
 * <p>NAL units are stored exactly as they are, in band parameter sets among them, behind lengths of four bytes. The capture time of
 * every unit survives to the nanosecond, and so does the number of samples of an audio unit that a gap follows.
 *
 * <p>Stored decode times cannot be negative. Where a stream begins with pictures that are decoded before time zero, give the same
 * lead to the initialization segment and to all its fragments: stored times are that much later, and an edit list
 * takes it off again.
 *
 * @see MseCodecs
 */
public final class FragmentedMp4 {
    private FragmentedMp4() {}

    /** {@link #initSegment(List, Duration)} without a lead. */
    public static byte[] initSegment(List<Track> tracks) throws MediaException {
        return initSegment(tracks, Duration.ZERO);
    }

    /**
     * The initialization segment: ftyp and moov. A video track whose format has no parameter sets gets an empty decoder
     * configuration, which FFmpeg takes from in band ones and a browser does not.
     *
     * @param tracks at least one, of different numbers
     * @param lead 0 to 11 days, in whole milliseconds: decode times from minus this on can be stored
     * @throws MediaException where a format cannot be stored: AAC without its AudioSpecificConfig, a broken SPS
     */
    public static byte[] initSegment(List<Track> tracks, Duration lead) throws MediaException {
        return initSegment(tracks, Lead.of(lead), Instant.EPOCH);
    }

    static byte[] initSegment(List<Track> tracks, Lead lead, Instant created) throws MediaException {
        Set<Integer> numbers = new HashSet<>();
        for (Track track : tracks) {
            if (!numbers.add(track.number())) {
                throw new IllegalArgumentException("two tracks of number " + track.number());
            }
        }
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("a movie without tracks");
        }
        return new InitSegment(lead, created).build(tracks);
    }

    /** {@link #fragment(long, List, Duration)} without a lead. */
    public static byte[] fragment(long sequence, List<? extends AccessUnit> units) throws MediaException {
        return fragment(sequence, units, Duration.ZERO);
    }

    /**
     * One fragment: the units in their order, for a browser best a whole group of pictures or less. The last picture of each track
     * lasts as long as the one before it (a lone one 1/25 s), the last audio frame as long as its samples.
     *
     * @param sequence number of the fragment, counting up from 1
     * @param units at least one; of each track in decode order, all times on its clock
     * @param lead as in the initialization segment
     * @throws MediaException where a time cannot be stored: a decode time that goes back or lies before minus the lead, a capture
     *     time before 1968 or after 2104
     */
    public static byte[] fragment(long sequence, List<? extends AccessUnit> units, Duration lead)
            throws MediaException {
        return fragment(sequence, units, Lead.of(lead), Map.of());
    }

    static byte[] fragment(long sequence, List<? extends AccessUnit> units, Lead lead, Map<Integer, MediaTime> next)
            throws MediaException {
        if (units.isEmpty()) {
            throw new IllegalArgumentException("a fragment without units");
        }
        FragmentBuilder builder = new FragmentBuilder(sequence, lead, next);
        for (AccessUnit unit : units) {
            builder.add(unit);
        }
        return builder.build();
    }
}
