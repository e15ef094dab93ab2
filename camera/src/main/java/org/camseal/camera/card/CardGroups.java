package org.camseal.camera.card;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.media.mp4.FragmentIndex;
import org.camseal.media.mp4.FragmentIndex.Entry;
import org.camseal.streaming.server.RecordedGroups;
import org.jspecify.annotations.Nullable;

/** A reader's place on the card: fragment by fragment, segment by segment. What is deleted or damaged in front of it is passed over, as a gap is. */
final class CardGroups implements RecordedGroups {
    /** Groups farther apart have a gap between them. */
    static final Duration MOST_APART = Duration.ofSeconds(2);

    private final CardIndex card;
    private final List<Track> tracks;
    private @Nullable CardSegment segment;
    private List<Entry> entries = List.of();
    private @Nullable FragmentIndex index;
    private int next;
    private @Nullable Entry last;

    private CardGroups(CardIndex card, List<Track> tracks) {
        this.card = card;
        this.tracks = tracks;
    }

    /** Opens at the group in which a time lies, or at the first behind it. */
    static CardGroups open(CardIndex card, Instant from) throws IOException {
        CardGroups groups = new CardGroups(card, card.tracks());
        Optional<CardSegment> at = card.at(from);
        if (at.isPresent()) {
            groups.enter(at.get());
            groups.seek(from);
        }
        return groups;
    }

    private void enter(CardSegment entered) {
        segment = entered;
        next = 0;
        refresh();
    }

    /** Looks what the segment has now. */
    private void refresh() {
        CardSegment here = segment;
        try {
            FragmentIndex now = here == null ? null : here.index();
            boolean readable = now != null && CardSegment.fits(now.tracks(), tracks);
            index = readable ? now : null;
            entries = now != null && readable ? now.entries() : List.of();
        } catch (IOException gone) {
            index = null;
            entries = List.of();
        }
    }

    private void seek(Instant from) throws IOException {
        int found = 0;
        for (int i = 0; i < entries.size() && !entries.get(i).from().isAfter(from); i++) {
            found = i;
        }
        if (found < entries.size() && entries.get(found).to().isBefore(from)) {
            next = found + 1; // in a gap
            return;
        }
        next = found;
        while (next > 0 && !beginsWithKey(entries.get(next))) {
            next--; // a long group lies in several fragments
        }
    }

    private boolean beginsWithKey(Entry entry) throws IOException {
        List<AccessUnit> units = read(entry);
        for (AccessUnit unit : units) {
            if (unit instanceof VideoUnit video) {
                return video.isKey();
            }
        }
        return false;
    }

    private List<AccessUnit> read(Entry entry) throws IOException {
        FragmentIndex here = index;
        try {
            return here == null ? List.of() : here.read(entry);
        } catch (MediaException damaged) {
            return List.of();
        } catch (IOException gone) {
            CardSegment missing = segment;
            if (missing != null && java.nio.file.Files.exists(missing.file())) {
                throw gone;
            }
            return List.of();
        }
    }

    @Override
    public @Nullable Group next(Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            long version = card.version();
            while (next < entries.size()) {
                Entry entry = entries.get(next++);
                List<AccessUnit> units = read(entry);
                if (!units.isEmpty()) {
                    Group group = new Group(units, follows(entry));
                    last = entry;
                    return group;
                }
                last = null;
            }
            if (!goOn()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return null;
                }
                card.await(version, left);
            }
        }
    }

    /** Finds more behind what was read; false where there is none yet. */
    private boolean goOn() {
        CardSegment here = segment;
        if (here == null) {
            Optional<CardSegment> first = card.at(Instant.MIN);
            first.ifPresent(this::enter);
            return next < entries.size();
        }
        boolean wasOpen = here.isOpen();
        Optional<CardSegment> after = card.after(here);
        refresh();
        if (next < entries.size()) {
            return true;
        }
        if (wasOpen || after.isEmpty()) {
            return false;
        }
        enter(after.get());
        return true;
    }

    private Follows follows(Entry entry) {
        Entry before = last;
        if (before == null) {
            return Follows.AFTER_GAP;
        }
        Duration captured = Duration.between(before.to(), entry.from());
        Duration media = between(before.end(), entry.start());
        boolean close = within(captured) && within(media);
        return close ? Follows.CLOSELY : Follows.AFTER_GAP;
    }

    /** Sound in front of a picture may have been captured a little behind it. */
    private static boolean within(Duration apart) {
        return apart.compareTo(MOST_APART) <= 0 && apart.compareTo(MOST_APART.negated()) >= 0;
    }

    private static Duration between(MediaTime from, MediaTime to) {
        return to.toDuration().minus(from.toDuration());
    }

    @Override
    public void close() {
        entries = List.of();
        index = null;
    }
}
