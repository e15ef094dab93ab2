package org.camseal.camera.card;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
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
    private SegmentContent content = SegmentContent.NONE;
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
        content = segment == null ? SegmentContent.NONE : SegmentContent.of(segment, tracks);
    }

    private void seek(Instant from) throws IOException {
        List<Entry> entries = content.entries();
        int found = content.place(from);
        if (found < entries.size() && entries.get(found).to().isBefore(from)) {
            next = found + 1; // in a gap
            return;
        }
        next = entries.isEmpty() ? 0 : content.start(found);
    }

    @Override
    public @Nullable Group next(Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            long version = card.version();
            while (next < content.entries().size()) {
                Entry entry = content.entries().get(next++);
                List<AccessUnit> units = content.read(entry);
                if (!units.isEmpty()) {
                    Group group = new Group(units, SegmentContent.follows(last, entry));
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
            return next < content.entries().size();
        }
        boolean wasOpen = here.isOpen();
        Optional<CardSegment> after = card.after(here);
        refresh();
        if (next < content.entries().size()) {
            return true;
        }
        if (wasOpen || after.isEmpty()) {
            return false;
        }
        enter(after.get());
        return true;
    }

    @Override
    public void close() {
        content = SegmentContent.NONE;
    }
}
