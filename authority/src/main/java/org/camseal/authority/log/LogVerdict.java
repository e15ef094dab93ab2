package org.camseal.authority.log;

import java.util.List;
import java.util.Optional;

/** What a checker found. */
public sealed interface LogVerdict {
    /**
     * Everything holds: signatures, hashes, the history since it was seen last, and at most one live certificate of each profile for each
     * serial.
     *
     * @param checkpoint what was checked, whole
     * @param seenBefore how many of its entries had been seen before, unchanged now; 0 if the log is seen for the first time
     * @param counts what is in it
     * @param histories of each profile of the serial that was asked for, what the log says of it; empty if none was asked for
     */
    record Sound(Checkpoint checkpoint, long seenBefore, LogCounts counts, List<SerialHistory> histories)
            implements LogVerdict {
        public Sound {
            histories = List.copyOf(histories);
        }
    }

    /**
     * Something does not hold.
     *
     * @param fault what
     * @param place where: a checkpoint, a tile, an entry or several
     * @param detail what was seen and what was expected
     * @param evidence two notes that the log signed and that contradict each other, where there are such
     */
    record Broken(LogFault fault, String place, String detail, Optional<Evidence> evidence) implements LogVerdict {}

    /** Two checkpoints, both signed by the log, that no honest log signs. Whoever has the log's key can see it. */
    record Evidence(SignedNote seenBefore, SignedNote seenNow) {}
}
