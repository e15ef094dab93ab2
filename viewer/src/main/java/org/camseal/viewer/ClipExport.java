package org.camseal.viewer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoUnit;
import org.camseal.media.mp4.FragmentedMp4;
import org.camseal.media.mp4.MseMux;
import org.camseal.recorder.GroupJudge;
import org.camseal.recorder.GroupVerdict;
import org.camseal.seal.Opening;
import org.camseal.seal.RecipientKey;

/**
 * Writes a clip as a fragmented MP4: sealed, as the camera sent it, for whoever is to check it; or opened, for whoever is only to see it.
 * An opened clip has no forged stretch: it could not say so. One thread.
 */
final class ClipExport {
    private final List<Track> tracks;
    private final MediaLine line = new MediaLine(0);
    private final OutputStream out;
    private final List<AccessUnit> group = new ArrayList<>();
    private long sequence;

    /** Which clip. */
    enum Form {
        SEALED,
        CLEAR
    }

    private ClipExport(List<Track> tracks, OutputStream out) {
        this.tracks = tracks;
        this.out = out;
    }

    /** Writes all units, and closes them. */
    static void sealed(UnitReader units, OutputStream out) throws MediaException, IOException {
        try (units) {
            ClipExport clip = new ClipExport(units.tracks(), out);
            for (AccessUnit unit = units.next(); unit != null; unit = units.next()) {
                clip.add(unit);
            }
            clip.flush();
        }
    }

    /** Writes what opens and is not forged, and closes the units. */
    static void clear(UnitReader units, GroupJudge judge, List<RecipientKey> keys, OutputStream out)
            throws MediaException, IOException {
        try (JudgedUnits judged = new JudgedUnits(units, judge, keys)) {
            ClipExport clip = new ClipExport(judged.tracks(), out);
            for (JudgedUnits.Judged unit = judged.next(); unit != null; unit = judged.next()) {
                GroupVerdict verdict = unit.verdict();
                boolean vouched = verdict != null && verdict.verdict() != GroupVerdict.Outcome.FORGED;
                if (vouched && unit.opening() instanceof Opening.Opened opened) {
                    clip.add(opened.unit());
                }
            }
            clip.flush();
        }
    }

    private void add(AccessUnit unit) throws MediaException, IOException {
        if (unit instanceof VideoUnit video) {
            if (video.isKey()) {
                flush();
                begin(video);
            }
            line.picture(video);
        }
        if (sequence > 0) {
            Optional<AccessUnit> placed = line.place(unit);
            placed.ifPresent(group::add);
        }
    }

    private void begin(VideoUnit key) throws MediaException, IOException {
        if (sequence == 0) {
            List<NalUnit> sets =
                    key.nalUnits().stream().filter(NalUnit::isParameterSet).toList();
            out.write(FragmentedMp4.initSegment(MseMux.describe(tracks, sets)));
            sequence = 1;
        }
    }

    private void flush() throws MediaException, IOException {
        if (!group.isEmpty()) {
            out.write(FragmentedMp4.fragment(sequence++, group));
            group.clear();
        }
        out.flush();
    }
}
