package org.camseal.viewer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import org.camseal.manifest.Signer;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.VideoUnit;
import org.camseal.media.unitstream.UnitStreamReader;
import org.camseal.recorder.GroupJudge;
import org.camseal.seal.Opener;
import org.camseal.seal.Opening;
import org.camseal.seal.RecipientKey;
import org.jspecify.annotations.Nullable;

/**
 * Plays what arrives, with as little delay as can be: each picture that opens goes on at once, and the verdict over its group follows
 * when its manifest has come, two seconds later at most. A picture that opens was sealed under the key its camera has signed for, so
 * what is not known yet is whether anything is missing, repeated, or made by somebody else with the same grant. One thread.
 */
final class LivePlay {
    /** Two pictures tell the browser how long each lasts. */
    private static final int PICTURES_A_FRAGMENT = 2;

    /** Verdicts come a few groups late at most; older places are forgotten. */
    private static final int PLACES_KEPT = 4_096;

    private final PlayStream out;
    private final MediaLine line;
    private final BrowserMux mux;
    private final StreamCheck check;
    private final Opener opener;
    private final ArrayDeque<Place> places = new ArrayDeque<>();
    private Opening.@Nullable Obstacle told;
    private boolean playing;

    /** Where the picture of that unit number is shown. */
    private record Place(long number, double shownAt, double end) {}

    private LivePlay(UnitStreamReader units, GroupJudge judge, Opener opener, double mediaStart, PlayStream out) {
        this.out = out;
        this.line = new MediaLine(mediaStart);
        this.mux = new BrowserMux(units.tracks(), line, out);
        this.check = new StreamCheck(units.tracks(), judge);
        this.opener = opener;
    }

    /** Plays until the stream ends or the page goes. */
    static void play(
            UnitStreamReader units, GroupJudge judge, List<RecipientKey> keys, double mediaStart, PlayStream out)
            throws MediaException, IOException {
        try (units;
                Opener opener = new Opener(units.tracks(), keys, (Signer signer) -> judge.accepts(signer))) {
            new LivePlay(units, judge, opener, mediaStart, out).run(units);
        }
    }

    private void run(UnitStreamReader units) throws MediaException, IOException {
        long number = 0;
        for (AccessUnit unit = units.next(); unit != null; unit = units.next()) {
            switch (opener.open(unit)) {
                case Opening.Opened opened -> opened(opened.unit(), number);
                case Opening.NotOpened closed -> closed(unit, closed);
            }
            number++;
            for (Stretch stretch : check.accept(unit)) {
                verdict(stretch);
            }
        }
        mux.flush();
        out.send(new PlayStream.Message.End(null, true));
        out.flush();
    }

    private void opened(AccessUnit unit, long number) throws MediaException, IOException {
        mux.add(unit);
        if (!(unit instanceof VideoUnit picture)) {
            return;
        }
        if (!playing) {
            playing = true;
            told = null;
            out.send(new PlayStream.Message.State(null, ""));
        }
        places.addLast(new Place(number, line.shownAt(picture), line.shownAt(picture) + line.step()));
        while (places.size() > PLACES_KEPT) {
            places.removeFirst();
        }
        if (mux.pictures() >= PICTURES_A_FRAGMENT) {
            mux.flush();
        }
    }

    private void closed(AccessUnit unit, Opening.NotOpened closed) throws IOException {
        // One altered picture among good ones is the verdict's to tell; no picture at all is a state.
        boolean lasting = closed.obstacle() != Opening.Obstacle.ALTERED || !playing;
        if (unit instanceof VideoUnit && lasting && told != closed.obstacle()) {
            told = closed.obstacle();
            playing = false;
            out.send(new PlayStream.Message.State(closed.obstacle(), closed.detail()));
            out.flush();
        }
    }

    private void verdict(Stretch stretch) throws IOException {
        double start = Double.NaN;
        double end = Double.NaN;
        for (Place place : places) {
            if (place.number() >= stretch.first() && place.number() <= stretch.last()) {
                start = Double.isNaN(start) ? place.shownAt() : start;
                end = place.end();
            }
        }
        if (!Double.isNaN(start)) {
            out.send(new PlayStream.Message.Verdict(
                    start, end, Group.of(stretch.verdict(), Group.Source.ARRIVING, null)));
            out.flush();
        }
    }
}
