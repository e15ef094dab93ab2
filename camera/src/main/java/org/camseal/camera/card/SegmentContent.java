package org.camseal.camera.card;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.media.mp4.FragmentIndex;
import org.camseal.media.mp4.FragmentIndex.Entry;
import org.camseal.streaming.server.RecordedGroups.Follows;
import org.jspecify.annotations.Nullable;

/** What a segment had when it was looked at; nothing, where it cannot be read or its tracks do not fit. */
final class SegmentContent {
    static final SegmentContent NONE = new SegmentContent(null, null);

    private final @Nullable CardSegment segment;
    private final @Nullable FragmentIndex index;

    private SegmentContent(@Nullable CardSegment segment, @Nullable FragmentIndex index) {
        this.segment = segment;
        this.index = index;
    }

    static SegmentContent of(CardSegment segment, List<Track> tracks) {
        try {
            FragmentIndex index = segment.index();
            return CardSegment.fits(index.tracks(), tracks) ? new SegmentContent(segment, index) : NONE;
        } catch (IOException gone) {
            return NONE;
        }
    }

    /** Its whole fragments. */
    List<Entry> entries() {
        return index == null ? List.of() : index.entries();
    }

    /** The last fragment that begins at or before a time; the first where none does, and 0 where there is none at all. */
    int place(Instant at) {
        List<Entry> entries = entries();
        int found = 0;
        for (int i = 0; i < entries.size() && !entries.get(i).from().isAfter(at); i++) {
            found = i;
        }
        return found;
    }

    /** The units of a fragment; none where it is damaged or was deleted meanwhile. */
    List<AccessUnit> read(Entry entry) throws IOException {
        if (index == null || segment == null) {
            return List.of();
        }
        try {
            return index.read(entry);
        } catch (MediaException damaged) {
            return List.of();
        } catch (IOException gone) {
            if (Files.exists(segment.file())) {
                throw gone;
            }
            return List.of();
        }
    }

    /** The fragment at which decoding has to begin for the one at a place: a long group lies in several. */
    int start(int place) throws IOException {
        int at = place;
        while (at > 0 && !beginsWithKey(entries().get(at))) {
            at--;
        }
        return at;
    }

    private boolean beginsWithKey(Entry entry) throws IOException {
        for (AccessUnit unit : read(entry)) {
            if (unit instanceof VideoUnit video) {
                return video.isKey();
            }
        }
        return false;
    }

    /** How a fragment follows another in time; null for none in front. */
    static Follows follows(@Nullable Entry before, Entry entry) {
        if (before == null) {
            return Follows.AFTER_GAP;
        }
        boolean close =
                within(Duration.between(before.to(), entry.from())) && within(between(before.end(), entry.start()));
        return close ? Follows.CLOSELY : Follows.AFTER_GAP;
    }

    /** Sound in front of a picture may have been captured a little behind it. */
    private static boolean within(Duration apart) {
        return apart.compareTo(CardGroups.MOST_APART) <= 0 && apart.compareTo(CardGroups.MOST_APART.negated()) >= 0;
    }

    private static Duration between(MediaTime from, MediaTime to) {
        return to.toDuration().minus(from.toDuration());
    }
}
