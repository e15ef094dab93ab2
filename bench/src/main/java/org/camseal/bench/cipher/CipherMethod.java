package org.camseal.bench.cipher;

import java.util.ArrayList;
import java.util.List;

/** How it was measured, in words: what the tables have at their foot. */
final class CipherMethod {
    private static final int LINE = 110;

    private CipherMethod() {}

    static List<String> of(CipherFigures figures) {
        List<String> lines = new ArrayList<>();
        lines.add("HOW IT WAS MEASURED");
        lines.add("");
        lines.add(
                "  All ciphers of a row ran in turn in one Java machine, in slices of about a millisecond of CPU time, each round in");
        lines.add(
                "  another order. A time is that of the least disturbed rounds (a tenth took at most this); a ratio is of two such");
        lines.add(
                "  times of one machine, and the middle one of the machines counts. \"in rounds\" are the quartiles of the ratio");
        lines.add("  within each round, over all rounds: what neighbours on the machine add shows there.");
        lines.add(
                "  Sealed: fresh key, AEAD, fold, short share, trailer. Plain: one key, a new nonce each. Encryption alone, no I/O.");
        lines.add("  Sealed for N viewers: packages and manifests once, a grant (HPKE on P-256) per viewer and "
                + VideoHour.EPOCH_SECONDS + " s of epoch. TLS:");
        lines.add("  full records of 16 KB per viewer, without handshakes. TLS/ours takes the faster of the two.");
        lines.add("");
        for (Processor processor : Processor.values()) {
            List<Integer> rounds = figures.roundCounts(processor);
            lines.add("  " + processor.label() + ": " + figures.machines(processor) + " machine"
                    + (figures.machines(processor) == 1 ? "" : "s") + ", " + rounds.getFirst() + " to "
                    + rounds.getLast() + " rounds a size");
            lines.addAll(options(processor));
        }
        return lines;
    }

    /** In lines of about a hundred characters. */
    private static List<String> options(Processor processor) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String option : processor.options()) {
            if (line.length() + option.length() > LINE) {
                lines.add("   " + line);
                line.setLength(0);
            }
            line.append(' ').append(option);
        }
        if (!line.isEmpty()) {
            lines.add("   " + line);
        }
        return lines;
    }
}
