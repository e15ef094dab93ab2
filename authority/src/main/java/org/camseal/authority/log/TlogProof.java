package org.camseal.authority.log;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * That an entry is in a log, in one text that anyone can check without the log (C2SP tlog-proof): the path to the root, and the checkpoint
 * that was signed.
 *
 * @param inclusion the path
 * @param checkpoint the note, with its signatures
 */
public record TlogProof(InclusionProof inclusion, SignedNote checkpoint) {
    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
    private static final String INDEX = "index ";
    private static final int MOST_HASHES = 63;

    /** As a file, which is best called {@code .tlog-proof}. */
    public String text() {
        StringBuilder text = new StringBuilder(FIRST_LINE)
                .append("\n" + INDEX)
                .append(inclusion.leafIndex())
                .append('\n');
        inclusion.path().forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }

    /**
     * Reads a proof, and checks it.
     *
     * @param entry what should be in the log
     * @throws LogKey.NotSigned if it does not prove that
     */
    public static TlogProof verify(String text, LogEntry entry, LogKey key) throws LogKey.NotSigned {
        try {
            int end = text.indexOf("\n\n");
            List<String> lines = text.substring(0, Math.max(end, 0)).lines().toList();
            if (lines.size() < 2
                    || lines.size() > 2 + MOST_HASHES
                    || !lines.get(0).equals(FIRST_LINE)
                    || !lines.get(1).startsWith(INDEX)) {
                throw new IllegalArgumentException("it does not begin as such proofs do");
            }
            byte[] note = text.substring(end + 2).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            Checkpoint checkpoint = key.verify(note);
            List<TreeHash> path = new ArrayList<>();
            lines.subList(2, lines.size())
                    .forEach(line -> path.add(TreeHash.of(Base64.getDecoder().decode(line))));
            long index = Long.parseLong(lines.get(1).substring(INDEX.length()));
            InclusionProof inclusion = new InclusionProof(index, checkpoint.size(), path);
            if (!inclusion.proves(TreeHash.leaf(entry.bytes()), checkpoint.root())) {
                throw new LogKey.NotSigned("its path does not lead from this entry to the root that was signed");
            }
            return new TlogProof(inclusion, SignedNote.parse(note));
        } catch (IllegalArgumentException e) {
            throw new LogKey.NotSigned("it cannot be read: " + e.getMessage());
        }
    }
}
