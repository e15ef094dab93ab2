package org.camseal.media.mp4;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;

/**
 * Makes fragmented MP4 for a browser's Media Source Extensions out of units as they come: an initialization segment at the first key picture and
 * wherever a key picture brings other parameter sets along, and a fragment of what came between two flushes. What stands in front of the first
 * key picture is left out, and sound that no browser plays. Keeps what came since the last flush, and nothing else. One thread.
 */
public final class MseMux {
    private final List<Track> tracks;
    private final Sink sink;
    private final List<AccessUnit> pending = new ArrayList<>();
    private List<NalUnit> parameterSets = List.of();
    private long sequence;

    /** Takes what was made. */
    public interface Sink {
        /**
         * How the browser is to take the fragments that follow.
         *
         * @param mimeType as {@code MediaSource.addSourceBuffer} takes it
         * @throws IOException if it cannot be handed on
         */
        void begin(String mimeType, byte[] initSegment) throws IOException;

        /**
         * A fragment.
         *
         * @param units what it holds, at least one
         * @throws IOException if it cannot be handed on
         */
        void fragment(List<AccessUnit> units, byte[] mp4) throws IOException;
    }

    /** @param tracks of the units; those that no browser plays are left out */
    public MseMux(List<Track> tracks, Sink sink) {
        this.tracks = tracks.stream().filter(MseMux::isPlayable).toList();
        this.sink = sink;
    }

    /** Whether units of that track are taken. */
    public boolean takes(int track) {
        return tracks.stream().anyMatch(one -> one.number() == track);
    }

    /**
     * Takes a unit; its times do not go back.
     *
     * @throws MediaException where its format or a time cannot be stored
     * @throws IOException if the sink cannot hand on
     */
    public void add(AccessUnit unit) throws MediaException, IOException {
        if (!takes(unit.track())) {
            return;
        }
        if (unit instanceof VideoUnit video && video.isKey()) {
            begin(video);
        }
        if (sequence > 0) {
            pending.add(unit);
        }
    }

    /** Pictures that wait for the next flush. */
    public int pictures() {
        return (int) pending.stream().filter(VideoUnit.class::isInstance).count();
    }

    /**
     * Hands on what waits as one fragment; nothing if nothing does.
     *
     * @throws MediaException where a time cannot be stored
     * @throws IOException if the sink cannot hand on
     */
    public void flush() throws MediaException, IOException {
        if (!pending.isEmpty()) {
            sink.fragment(List.copyOf(pending), FragmentedMp4.fragment(sequence++, pending));
            pending.clear();
        }
    }

    private void begin(VideoUnit key) throws MediaException, IOException {
        List<NalUnit> sets =
                key.nalUnits().stream().filter(NalUnit::isParameterSet).toList();
        if (sequence > 0 && (sets.isEmpty() || sets.equals(parameterSets))) {
            return;
        }
        flush();
        parameterSets = sets;
        List<Track> described = describe(tracks, sets);
        sink.begin(MseCodecs.mimeType(described), FragmentedMp4.initSegment(described));
        sequence = Math.max(1, sequence);
    }

    /** The tracks with parameter sets that a picture brought along, where there are such. */
    public static List<Track> describe(List<Track> tracks, List<NalUnit> parameterSets) {
        List<Track> described = new ArrayList<>();
        for (Track track : tracks) {
            described.add(
                    track.format() instanceof VideoFormat video && !parameterSets.isEmpty()
                            ? new Track(
                                    track.number(),
                                    new VideoFormat(video.codec(), video.width(), video.height(), parameterSets))
                            : track);
        }
        return described;
    }

    private static boolean isPlayable(Track track) {
        Codec codec = track.format().codec();
        return codec != Codec.PCMA && codec != Codec.PCMU;
    }
}
