package org.camseal.signing.validation;

import java.util.HashMap;
import java.util.Map;
import org.camseal.signing.wire.Digest;
import org.camseal.signing.wire.HashList;

/** Finds the place of a hash in a list, at or behind a place that only moves forward; linear in all, whatever repeats. */
final class ListIndex {
    private final Map<Digest, Integer> next;
    private final int[] same;

    ListIndex(HashList list) {
        next = HashMap.newHashMap(list.count());
        same = new int[list.count()];
        for (int i = list.count() - 1; i >= 0; i--) {
            Integer later = next.put(list.get(i), i);
            same[i] = later == null ? -1 : later;
        }
    }

    /** The first place behind {@code after} that has this hash; -1 if there is none. {@code after} never becomes less. */
    int find(Digest digest, int after) {
        Integer known = next.get(digest);
        if (known == null) {
            return -1;
        }
        int at = known;
        while (at >= 0 && at <= after && same[at] >= 0) {
            at = same[at];
        }
        if (at != known) {
            next.put(digest, at);
        }
        return at > after ? at : -1;
    }

    /** A place that has this hash, wherever; -1 if there is none. */
    int anyPlace(Digest digest) {
        Integer known = next.get(digest);
        return known == null ? -1 : known;
    }
}
