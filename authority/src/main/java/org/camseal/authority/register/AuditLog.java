package org.camseal.authority.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.camseal.authority.AuthorityException;

/** The audit log as it stands: for reading, and for finding out whether anybody altered it. */
public final class AuditLog {
    private static final String SELECT = "SELECT seq, at, actor, event, subject, detail, hash FROM audit ";
    private static final int PAGE = 10_000;

    private final Readers readers;

    AuditLog(Readers readers) {
        this.readers = readers;
    }

    /**
     * The end of the chain: whoever noted it can tell later that nothing before it was altered.
     *
     * @param entries how many entries there are
     * @param hash of the last, in hexadecimal digits
     */
    public record End(long entries, String hash) {
        @Override
        public String toString() {
            return entries + ":" + hash;
        }

        /**
         * Reads what {@link #toString()} writes.
         *
         * @throws AuthorityException.Malformed if it is not of that form
         */
        public static End parse(String text) throws AuthorityException.Malformed {
            if (!text.matches("[0-9]{1,18}:[0-9a-f]{64}")) {
                throw new AuthorityException.Malformed(
                        "\"" + text + "\" is no end of an audit log: expected ENTRIES:HASH, as audit check prints it");
            }
            int colon = text.indexOf(':');
            return new End(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1));
        }
    }

    /** The newest entries, the newest last. */
    public List<AuditEntry> last(int most) throws AuthorityException {
        return readers.read(statements -> statements.list(SELECT + "ORDER BY seq DESC LIMIT " + most, AuditLog::entry))
                .reversed();
    }

    /**
     * Why certificates were not given: how often each reason of a refusal stands among the newest entries, and how often a serial was held for
     * a dispute, or somebody asked to come later. What strangers and other protocols are refused counts as OTHER.
     *
     * @param newest how many entries are looked at
     */
    public SortedMap<String, Long> causes(int newest) throws AuthorityException {
        SortedMap<String, Long> causes = new TreeMap<>();
        for (AuditEntry entry : last(newest)) {
            switch (entry.event()) {
                case "refused" -> {
                    String reason = entry.detail().split(":", 2)[0];
                    causes.merge(reason.matches("[A-Z_]{3,40}") ? reason : "OTHER", 1L, Long::sum);
                }
                case "held", "later" -> causes.merge(entry.event(), 1L, Long::sum);
                default -> {
                    // something was given, or an operator did something
                }
            }
        }
        return causes;
    }

    /** Entries from a number on, in order. */
    public List<AuditEntry> from(long seq, int most) throws AuthorityException {
        return readers.read(statements ->
                statements.list(SELECT + "WHERE seq >= ? ORDER BY seq LIMIT " + most, AuditLog::entry, seq));
    }

    /**
     * Walks the whole chain in one view.
     *
     * @param noted an end that was noted before: the chain must still go through it
     * @return its end
     * @throws AuthorityException.Damaged naming the first entry that was altered, or is missing
     */
    public End check(Optional<End> noted) throws AuthorityException {
        Walk walk = new Walk(noted);
        long entries = readers.read(statements -> {
            while (walk.broken.isEmpty()) {
                List<Boolean> seen =
                        statements.list(SELECT + "WHERE seq > ? ORDER BY seq LIMIT " + PAGE, walk::take, walk.seq);
                if (seen.isEmpty()) {
                    walk.end(Head.read(statements));
                    break;
                }
            }
            return walk.seq;
        });
        if (walk.broken.isPresent()) {
            throw new AuthorityException.Damaged("the audit log is not what it was: " + walk.broken.get());
        }
        return new End(entries, HexFormat.of().formatHex(walk.hash));
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6));
    }

    /** How far a check is. */
    private static final class Walk {
        private final Optional<End> noted;
        private long seq;
        private byte[] hash = new byte[AuditEntry.HASH_BYTES];
        private boolean passed;
        private Optional<String> broken = Optional.empty();

        Walk(Optional<End> noted) {
            this.noted = noted;
            this.passed = noted.isEmpty() || noted.get().entries() == 0;
        }

        boolean take(ResultSet row) throws SQLException {
            if (broken.isPresent()) {
                return false;
            }
            AuditEntry entry = entry(row);
            byte[] expected = entry.hash(hash);
            if (entry.seq() != seq + 1) {
                broken = Optional.of("entry " + (seq + 1) + " is missing");
            } else if (!Arrays.equals(expected, row.getBytes(7))) {
                broken = Optional.of("entry " + entry.seq() + " was altered, or one before it");
            } else {
                seq = entry.seq();
                hash = expected;
                passNoted();
            }
            return true;
        }

        private void passNoted() {
            if (noted.isPresent() && noted.get().entries() == seq) {
                passed = true;
                if (!noted.get().hash().equals(HexFormat.of().formatHex(hash))) {
                    broken = Optional.of("entry " + seq + " has another hash than was noted: the chain was made anew");
                }
            }
        }

        void end(Head head) {
            if (head.audits() != seq || !Arrays.equals(head.auditHash(), hash)) {
                broken = Optional.of("it ends with entry " + seq + ", but " + head.audits() + " were written");
            } else if (!passed) {
                broken = Optional.of("it ends with entry " + seq + ", before the noted " + noted.orElseThrow());
            }
        }
    }
}
