package org.camseal.authority.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.camseal.identity.CertificateProfile;

/** Entry point that takes any bytes as each thing that a reader of the log gets: it ends quietly, or a rule is broken. */
public final class LogFuzz {
    private static final LogKey KEY = LogWorld.KEYS.publicKey();
    private static final int MOST_LEAVES = 256;

    private LogFuzz() {}

    /** An entry, a bundle of entries, a signed note, and what a checker kept. */
    public static void log(byte[] input) {
        entry(input);
        try {
            EntryBundle.parse(input, 1 + (input.length % MOST_LEAVES)).forEach(LogFuzz::entry);
        } catch (IllegalArgumentException e) {
            // refused
        }
        try {
            if (SignedNote.parse(input).text().isEmpty()) {
                throw new AssertionError("a note without a text");
            }
        } catch (IllegalArgumentException e) {
            // refused
        }
        try {
            SeenLog.parse(input, KEY);
        } catch (IllegalArgumentException | LogKey.NotSigned e) {
            // refused
        }
    }

    private static void entry(byte[] input) {
        try {
            if (!Arrays.equals(LogEntry.parse(input).bytes(), input)) {
                throw new AssertionError("an entry that is written otherwise than it was read");
            }
        } catch (LogEntry.MalformedEntry e) {
            // refused
        }
    }

    /** Good input for {@link #log}. */
    public static List<byte[]> logs() {
        byte[] issued = LogWorld.issued(CertificateProfile.DEVICE_TLS, "CS-1", 7);
        byte[] retired = LogWorld.retired(CertificateProfile.DEVICE_TLS, "CS-1", 7);
        byte[] note = LogWorld.KEYS
                .sign(new Checkpoint(KEY.origin(), 0, TreeHash.EMPTY))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        byte[] begin = "camseal-seen-log-1\n\n".getBytes(StandardCharsets.UTF_8);
        byte[] seen = ByteBuffer.allocate(begin.length + note.length)
                .put(begin)
                .put(note)
                .array();
        return List.of(issued, retired, note, seen);
    }
}
