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

/** A reader's place on the card that moves against time, group by group; the fragments of a long group come with time. */
final class CardGroupsBackwards implements RecordedGroups {
    private final CardIndex card;
    private final List<Track> tracks;
    private @Nullable CardSegment segment;
    private SegmentContent content = SegmentContent.NONE;

    /** The group that is given: from its first fragment to behind its last, and which is next. */
    private int start;

    private int next;
    private int end;

    private CardGroupsBackwards(CardIndex card, List<Track> tracks) {
        this.card = card;
        this.tracks = tracks;
    }

    /** Opens at the last group that begins at or before a time. */
    static CardGroupsBackwards open(CardIndex card, Instant from) throws IOException {
        CardGroupsBackwards groups = new CardGroupsBackwards(card, card.tracks());
        Optional<CardSegment> at = card.at(from);
        if (at.isPresent()) {
            groups.enter(at.get());
            groups.goTo(groups.content.entries().isEmpty() ? -1 : groups.content.place(from));
        }
        return groups;
    }

    private void enter(CardSegment entered) {
        segment = entered;
        content = SegmentContent.of(entered, tracks);
    }

    /** The group whose last fragment is at a place; with -1 nothing, and what is in front of it comes next. */
    private void goTo(int last) throws IOException {
        start = last < 0 ? 0 : content.start(last);
        next = start;
        end = last + 1;
    }

    @Override
    public @Nullable Group next(Duration patience) throws IOException {
        while (true) {
            while (next < end) {
                int place = next++;
                Entry entry = content.entries().get(place);
                List<AccessUnit> units = content.read(entry);
                if (!units.isEmpty()) {
                    return new Group(units, SegmentContent.follows(inFront(place), entry));
                }
            }
            if (!goBack()) {
                return null;
            }
        }
    }

    private @Nullable Entry inFront(int place) {
        if (place > 0) {
            return content.entries().get(place - 1);
        }
        List<Entry> before = before().map(
                        found -> SegmentContent.of(found, tracks).entries())
                .orElse(List.of());
        return before.isEmpty() ? null : before.getLast();
    }

    private Optional<CardSegment> before() {
        return segment == null ? Optional.empty() : card.before(segment);
    }

    /** To the group in front of this one; false where there is none. */
    private boolean goBack() throws IOException {
        int last = start - 1;
        while (last < 0) {
            Optional<CardSegment> before = before();
            if (before.isEmpty()) {
                return false;
            }
            enter(before.get());
            last = content.entries().size() - 1;
        }
        goTo(last);
        return true;
    }

    @Override
    public void close() {
        content = SegmentContent.NONE;
        next = end;
    }
}
