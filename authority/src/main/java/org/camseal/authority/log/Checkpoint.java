package org.camseal.authority.log;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A log's head: which log, how many leaves, and the root over them (C2SP tlog-checkpoint).
 *
 * @param origin the log's name
 * @param size number of leaves
 * @param root MTH over them
 */
public record Checkpoint(String origin, long size, TreeHash root) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

    /** The text that is signed. */
    String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }

    /**
     * Reads a checkpoint's text. Extension lines are not allowed: a log of this kind writes none, and nobody could audit them.
     *
     * @throws IllegalArgumentException if it is not exactly of the form
     */
    static Checkpoint parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() != 3 || !SIZE.matcher(lines.get(1)).matches()) {
            throw new IllegalArgumentException("a checkpoint is three lines: origin, size, root");
        }
        TreeHash root = TreeHash.of(Base64.getDecoder().decode(lines.get(2)));
        Checkpoint checkpoint = new Checkpoint(lines.get(0), Long.parseLong(lines.get(1)), root);
        if (!checkpoint.text().equals(text)) {
            throw new IllegalArgumentException("a checkpoint that is written in another way than it should be");
        }
        return checkpoint;
    }
}
