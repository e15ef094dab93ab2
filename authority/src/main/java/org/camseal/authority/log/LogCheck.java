package org.camseal.authority.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.authority.AuthorityException;

/**
 * The checker: reads a whole log, and believes nothing but the log's key. Memory is 32 to 86 bytes for each serial and profile, and 32 bytes
 * for each 256 entries.
 *
 * <p>What it says of a serial, that one certificate is live and no other, holds for the tree under the checkpoint. That others see the same tree
 * shows when they compare checkpoints, or keep what each saw.
 */
public final class LogCheck {
    /** Most entries that are read unless said otherwise. */
    public static final long MOST_ENTRIES = 100_000_000;

    private final LogFiles files;
    private final LogKey key;
    private final Settings settings;

    /**
     * How to check.
     *
     * @param state what was seen at the last visit: read, and written anew if all is well; there may be no such file yet
     * @param serial which device to tell of
     * @param mostEntries a log with more is not read; 1 to 500 000 000
     */
    public record Settings(Optional<Path> state, Optional<String> serial, long mostEntries, Progress progress) {
        private static final long LIMIT = 500_000_000;

        public Settings {
            if (mostEntries < 1 || mostEntries > LIMIT) {
                throw new IllegalArgumentException("most entries " + mostEntries + " is not 1 to " + LIMIT);
            }
        }

        /** The whole log, nothing kept, nothing asked. */
        public static Settings usual() {
            return new Settings(Optional.empty(), Optional.empty(), MOST_ENTRIES, (checked, all) -> {});
        }

        public Settings withState(Path file) {
            return new Settings(Optional.of(file), serial, mostEntries, progress);
        }

        public Settings withSerial(String asked) {
            return new Settings(state, Optional.of(asked), mostEntries, progress);
        }
    }

    /** Hears how far it is. */
    @FunctionalInterface
    public interface Progress {
        void checked(long entries, long all);
    }

    public LogCheck(LogSource source, LogKey key, Settings settings) {
        this.files = new LogFiles(source);
        this.key = key;
        this.settings = settings;
    }

    /**
     * Checks the log once.
     *
     * @throws AuthorityException if the log cannot be reached, is larger than allowed, or the kept state is not of this log
     */
    public LogVerdict run() throws AuthorityException {
        Optional<SeenLog> seen =
                settings.state().isPresent() ? SeenLog.read(settings.state().get(), key) : Optional.empty();
        try {
            return check(seen);
        } catch (Finding finding) {
            return finding.verdict();
        }
    }

    private LogVerdict.Sound check(Optional<SeenLog> seen) throws AuthorityException, Finding {
        SignedNote note = signed(files.checkpoint());
        Checkpoint now = Checkpoint.parse(note.text());
        long before = seen.map(SeenLog::size).orElse(0L);
        if (now.size() < before) {
            throw Finding.of(
                    LogFault.ROLLED_BACK,
                    "checkpoint of " + now.size() + " entries",
                    "the log had " + before
                            + " when it was seen last; it is shown as it was before, or it lost entries");
        }
        if (now.size() > settings.mostEntries()) {
            throw new AuthorityException.Peer("the log says it has " + now.size() + " entries; at most "
                    + settings.mostEntries() + " are read: allow more if that is so");
        }
        EntryRules rules = new EntryRules(settings.serial());
        TreeScan scan = new TreeScan(files, seen, rules);
        scan.read(now.size(), settings.progress());
        if (!scan.root().equals(now.root())) {
            throw Finding.of(
                    LogFault.ROOT_WRONG,
                    "checkpoint of " + now.size() + " entries",
                    "it signs the root " + now.root() + "; the entries have " + scan.root()
                            + scan.changed()
                                    .map(place -> "; " + place + " changed since it was seen last")
                                    .orElse(""));
        }
        requireHistory(seen, note, scan);
        if (rules.first().isPresent()) {
            throw rules.first().get();
        }
        List<SerialHistory> histories = histories(rules, note, now);
        if (settings.state().isPresent()) {
            scan.seen(note).write(settings.state().get());
        }
        return new LogVerdict.Sound(now, before, rules.counts(), histories);
    }

    private SignedNote signed(byte[] note) throws Finding {
        try {
            key.verify(note);
            return SignedNote.parse(note);
        } catch (LogKey.NotSigned e) {
            throw Finding.of(LogFault.NOT_SIGNED, LogDirectory.CHECKPOINT, String.valueOf(e.getMessage()));
        }
    }

    private static void requireHistory(Optional<SeenLog> seen, SignedNote now, TreeScan scan) throws Finding {
        if (seen.isEmpty() || scan.changed().isEmpty()) {
            return;
        }
        SignedNote before = seen.get().note();
        long sizeBefore = seen.get().size();
        long sizeNow = Checkpoint.parse(now.text()).size();
        throw Finding.of(
                sizeNow == sizeBefore ? LogFault.SPLIT_VIEW : LogFault.HISTORY_CHANGED,
                scan.changed().get(),
                "the log signed a tree of " + sizeBefore + " entries with another entry there, and now one of "
                        + sizeNow,
                new LogVerdict.Evidence(before, now));
    }

    private List<SerialHistory> histories(EntryRules rules, SignedNote note, Checkpoint now)
            throws AuthorityException, Finding {
        List<SerialHistory> histories = new ArrayList<>();
        for (var history : rules.histories().entrySet()) {
            SerialHistory.Numbered last = history.getValue().getLast();
            Optional<SerialHistory.Proven> live = switch (last.entry()) {
                case LogEntry.Issued issued -> Optional.of(proven(last.index(), issued, note, now));
                case LogEntry.Retired _ -> Optional.empty();
            };
            histories.add(new SerialHistory(history.getKey(), history.getValue(), live));
        }
        return histories;
    }

    private SerialHistory.Proven proven(long index, LogEntry.Issued entry, SignedNote note, Checkpoint now)
            throws AuthorityException, Finding {
        TileNodes<Exception> nodes = new TileNodes<>(now.size(), files::tile);
        InclusionProof inclusion;
        try {
            inclusion = InclusionProof.of(nodes, index, now.size());
        } catch (AuthorityException | Finding | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("tiles throw nothing else", e);
        }
        if (!inclusion.proves(TreeHash.leaf(entry.bytes()), now.root())) {
            throw Finding.of(LogFault.TILE_WRONG, "entry " + index, "the tiles changed while they were read");
        }
        return new SerialHistory.Proven(index, entry, new TlogProof(inclusion, note));
    }
}
