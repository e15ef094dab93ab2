package org.camseal.viewer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.mp4.FragmentedMp4;
import org.camseal.media.mp4.MseCodecs;

/**
 * Makes fragmented MP4 for a browser's Media Source Extensions out of opened units: an initialisation segment when the format is known or
 * changes, and fragments of as many pictures as it is given between two flushes. One thread.
 */
final class BrowserMux {
    private final List<Track> tracks;
    private final MediaLine line;
    private final PlayStream out;
    private final List<AccessUnit> pending = new ArrayList<>();
    private List<NalUnit> parameterSets = List.of();
    private long sequence;

    BrowserMux(List<Track> tracks, MediaLine line, PlayStream out) {
        this.tracks = tracks.stream().filter(BrowserMux::isPlayable).toList();
        this.line = line;
        this.out = out;
    }

    /** Takes an opened unit; sound in front of the first picture, and sound that no browser plays, is left out. */
    void add(AccessUnit unit) throws MediaException, IOException {
        if (tracks.stream().noneMatch(track -> track.number() == unit.track())) {
            return;
        }
        if (unit instanceof VideoUnit video) {
            if (video.isKey()) {
                begin(video);
            }
            Optional<MediaLine.Skip> skip = line.picture(video);
            if (skip.isPresent()) {
                flush();
                out.send(new PlayStream.Message.Gap(
                        line.shownAt(video), skip.get().from(), skip.get().to()));
            }
        }
        if (sequence > 0) {
            line.place(unit).ifPresent(pending::add);
        }
    }

    /** Pictures waiting for the next flush. */
    int pictures() {
        return (int) pending.stream().filter(VideoUnit.class::isInstance).count();
    }

    /** Hands on what is waiting as one fragment. */
    void flush() throws MediaException, IOException {
        VideoUnit first = null;
        for (AccessUnit unit : pending) {
            first = first == null && unit instanceof VideoUnit video ? video : first;
        }
        if (first != null) {
            double shown = (double) first.presentationTime().ticks()
                    / first.presentationTime().clockHz();
            out.send(new PlayStream.Message.Mark(shown, line.end(), first.capturedAt()));
        }
        if (!pending.isEmpty()) {
            out.fragment(FragmentedMp4.fragment(sequence++, pending));
            pending.clear();
        }
        out.flush();
    }

    /** A key picture that comes with other parameter sets needs another initialisation segment. */
    private void begin(VideoUnit key) throws MediaException, IOException {
        List<NalUnit> sets =
                key.nalUnits().stream().filter(NalUnit::isParameterSet).toList();
        if (sequence > 0 && (sets.isEmpty() || sets.equals(parameterSets))) {
            return;
        }
        flush();
        parameterSets = sets;
        List<Track> described = describe(tracks, sets);
        out.send(new PlayStream.Message.Format(MseCodecs.mimeType(described)));
        out.initSegment(FragmentedMp4.initSegment(described));
        sequence = Math.max(1, sequence);
    }

    /** The tracks with parameter sets that a picture brought along, where there are such. */
    static List<Track> describe(List<Track> tracks, List<NalUnit> parameterSets) {
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
