package org.camseal.viewer;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.camseal.media.MediaException;
import org.camseal.media.VideoUnit;
import org.camseal.media.unitstream.UnitStreamReader;
import org.camseal.recorder.GroupJudge;
import org.camseal.recorder.GroupVerdict;
import org.camseal.seal.Opening;
import org.camseal.seal.RecipientKey;
import org.camseal.viewer.JudgedUnits.Judged;
import org.jspecify.annotations.Nullable;

/**
 * Plays some seconds of a recording: whole groups, each only after its verdict is known. What does not open is left out; what opens in a
 * forged group goes to the page with that verdict on it. One thread, one answer.
 */
final class RecordedPlay {
    private final PlayStream out;
    private final BrowserMux mux;
    private final MediaLine line;
    private final JudgedUnits units;
    private final List<Judged> group = new ArrayList<>();
    private final List<GroupVerdict> found = new ArrayList<>();
    private boolean shown;
    private Opening.@Nullable NotOpened obstacle;

    private RecordedPlay(JudgedUnits units, double mediaStart, PlayStream out) {
        this.out = out;
        this.units = units;
        this.line = new MediaLine(mediaStart);
        this.mux = new BrowserMux(units.tracks(), line, out);
    }

    /**
     * Plays up to the first group that ends at or behind the time given.
     *
     * @param mediaStart where on the page's line the first picture goes, in seconds
     * @return what was found about the groups that were played
     */
    static List<GroupVerdict> play(
            UnitStreamReader stream,
            GroupJudge judge,
            List<RecipientKey> keys,
            Instant to,
            double mediaStart,
            PlayStream out)
            throws MediaException, IOException {
        try (JudgedUnits units = new JudgedUnits(stream, judge, keys)) {
            RecordedPlay play = new RecordedPlay(units, mediaStart, out);
            play.run(stream, to);
            return play.found;
        }
    }

    private void run(UnitStreamReader stream, Instant to) throws MediaException, IOException {
        Instant next = null;
        GroupVerdict current = null;
        for (Judged unit = units.next(); unit != null; unit = units.next()) {
            if (unit.verdict() == null) {
                // Behind the last manifest that came: not played before somebody vouches for it.
                next = next == null && unit.sealed() instanceof VideoUnit
                        ? unit.sealed().capturedAt()
                        : next;
                continue;
            }
            if (current != null && !Objects.equals(current, unit.verdict())) {
                emit(current);
            }
            current = unit.verdict();
            group.add(unit);
        }
        if (current != null) {
            emit(current);
        }
        Opening.NotOpened closed = obstacle;
        if (!shown && closed != null) {
            out.send(new PlayStream.Message.State(closed.obstacle(), closed.detail()));
        } else {
            out.send(new PlayStream.Message.State(null, ""));
        }
        Instant other = stream.continuesAt().orElse(null);
        boolean edge = other == null && (next == null || next.isBefore(to));
        out.send(new PlayStream.Message.End(other != null ? other : next, edge));
        out.flush();
    }

    private void emit(GroupVerdict verdict) throws MediaException, IOException {
        double start = line.end();
        boolean sawPicture = false;
        for (Judged unit : group) {
            switch (unit.opening()) {
                case Opening.Opened opened -> {
                    mux.add(opened.unit());
                    if (opened.unit() instanceof VideoUnit picture) {
                        start = sawPicture ? start : line.shownAt(picture);
                        sawPicture = true;
                    }
                }
                case Opening.NotOpened closed -> obstacle = closed;
            }
        }
        shown |= sawPicture;
        group.clear();
        found.add(verdict);
        out.send(new PlayStream.Message.Verdict(start, line.end(), Group.of(verdict, Group.Source.STORED, null)));
        mux.flush();
    }
}
