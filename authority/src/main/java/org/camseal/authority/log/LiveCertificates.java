package org.camseal.authority.log;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Which certificate of each serial and profile is live, entry by entry: 32 bytes for each, so that a log of many millions fits in memory. A table
 * with open addressing, its keys 128 bits of a hash, which nobody makes collide.
 */
final class LiveCertificates {
    private static final int FIELDS = 4; // of a place: key, key, live entry, certificate
    private static final int LIVE = 2;
    private static final int CERTIFICATE = 3;
    private static final long NONE = -1;

    private long[] table = new long[FIELDS * 1024];

    private long used;
    private long live;

    /** What an entry did. */
    sealed interface Change {
        /** It is as it should be. */
        record Done() implements Change {}

        /** It issues, but there is a live certificate already, from that entry. */
        record Second(long other) implements Change {}

        /** It retires what is not live. */
        record NotLive() implements Change {}
    }

    long serials() {
        return used;
    }

    long live() {
        return live;
    }

    Change issue(LogEntry entry, long index, BigInteger certificateSerial) {
        int at = place(entry);
        if (table[at + LIVE] != NONE) {
            return new Change.Second(table[at + LIVE]);
        }
        table[at + LIVE] = index;
        table[at + CERTIFICATE] = fingerprint(certificateSerial);
        live++;
        return new Change.Done();
    }

    Change retire(LogEntry.Retired entry) {
        int at = place(entry);
        BigInteger certificateSerial = entry.revoked().certificateSerial();
        if (table[at + LIVE] == NONE || table[at + CERTIFICATE] != fingerprint(certificateSerial)) {
            return new Change.NotLive();
        }
        table[at + LIVE] = NONE;
        live--;
        return new Change.Done();
    }

    /** Where the entry's serial and profile are, from now on at least. */
    private int place(LogEntry entry) {
        if ((used + 1) * FIELDS * 4 > table.length * 3L) {
            enlarge();
        }
        ByteBuffer key = ByteBuffer.wrap(TreeHash.sha256()
                .digest((entry.profile().label() + "\n" + entry.serial()).getBytes(StandardCharsets.US_ASCII)));
        long high = key.getLong() | 1; // never 0, which marks an empty place
        long low = key.getLong();
        int at = find(table, high, low);
        if (table[at] == 0) {
            used++;
            table[at] = high;
            table[at + 1] = low;
            table[at + LIVE] = NONE;
        }
        return at;
    }

    private static int find(long[] table, long high, long low) {
        int places = table.length / FIELDS;
        int place = (int) Long.remainderUnsigned(low, places);
        while (table[place * FIELDS] != 0 && (table[place * FIELDS] != high || table[place * FIELDS + 1] != low)) {
            place = (place + 1) % places;
        }
        return place * FIELDS;
    }

    private void enlarge() {
        long[] larger = new long[Math.multiplyExact(table.length, 2)];
        for (int at = 0; at < table.length; at += FIELDS) {
            if (table[at] != 0) {
                int to = find(larger, table[at], table[at + 1]);
                System.arraycopy(table, at, larger, to, FIELDS);
            }
        }
        table = larger;
    }

    private static long fingerprint(BigInteger certificateSerial) {
        byte[] digest = TreeHash.sha256().digest(certificateSerial.toByteArray());
        return ByteBuffer.wrap(Arrays.copyOf(digest, Long.BYTES)).getLong();
    }
}
