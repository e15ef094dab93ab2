package org.camseal.viewer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.camseal.manifest.Signer;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.UnitReader;
import org.camseal.recorder.GroupJudge;
import org.camseal.recorder.GroupVerdict;
import org.camseal.seal.Opener;
import org.camseal.seal.Opening;
import org.camseal.seal.RecipientKey;
import org.jspecify.annotations.Nullable;

/**
 * Units of a stream, each together with what became of it when it was opened and with the verdict over its group. A unit is held back
 * until that verdict is final, in memory of a few groups. One thread.
 */
final class JudgedUnits implements AutoCloseable {
    /**
     * One unit.
     *
     * @param sealed as it came
     * @param verdict null where the stream ended before one was possible
     */
    record Judged(
            AccessUnit sealed, Opening opening, @Nullable GroupVerdict verdict) {}

    private record Held(long number, AccessUnit sealed, Opening opening) {}

    private final UnitReader units;
    private final StreamCheck check;
    private final Opener opener;
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private long next;
    private long judgedUpTo = -1;
    private boolean ended;

    /** @param units closed with this */
    JudgedUnits(UnitReader units, GroupJudge judge, List<RecipientKey> keys) {
        this.units = units;
        this.check = new StreamCheck(units.tracks(), judge);
        this.opener = new Opener(units.tracks(), keys, (Signer signer) -> judge.accepts(signer));
    }

    List<Track> tracks() {
        return units.tracks();
    }

    /** The next unit, or null at the end. */
    @Nullable
    Judged next() throws MediaException, IOException {
        while (!ended && (held.isEmpty() || held.getFirst().number() > judgedUpTo)) {
            AccessUnit unit = units.next();
            if (unit == null) {
                ended = true;
                judged(check.finish());
            } else {
                held.addLast(new Held(next++, unit, opener.open(unit)));
                judged(check.accept(unit));
            }
        }
        Held first = held.pollFirst();
        return first == null ? null : new Judged(first.sealed(), first.opening(), verdict(first.number()));
    }

    private void judged(List<Stretch> found) {
        for (Stretch stretch : found) {
            stretches.add(stretch);
            judgedUpTo = Math.max(judgedUpTo, stretch.last());
        }
    }

    private @Nullable GroupVerdict verdict(long number) {
        stretches.removeIf(stretch -> stretch.last() < number);
        for (Stretch stretch : stretches) {
            if (stretch.first() <= number) {
                return stretch.verdict();
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        opener.close();
        units.close();
    }
}
