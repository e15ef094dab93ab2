package org.camseal.authority.log;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;

/**
 * Whose checkpoints count: the log's name and its public keys. Every one of the keys must have signed: who takes a signature away from a
 * checkpoint makes it worthless, and does not make it weaker.
 */
public final class LogKey {
    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_KEYS = 4;

    private final List<NoteKey> keys;

    /**
     * @throws IllegalArgumentException if there is no Ed25519 key, an algorithm has two, or they have different names
     */
    LogKey(List<NoteKey> keys) {
        if (keys.isEmpty()
                || keys.size() > MAX_KEYS
                || keys.stream().map(NoteKey::name).distinct().count() != 1
                || keys.stream().map(NoteKey::algorithm).distinct().count() != keys.size()
                || keys.stream().noneMatch(key -> key.algorithm() == NoteAlgorithm.ED25519)) {
            throw new IllegalArgumentException(
                    "a log has one name, an Ed25519 key, and at most one of each other kind");
        }
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads a file of verifier keys, one a line.
     *
     * @throws AuthorityException.Key if there is none, or it holds something else
     */
    public static LogKey read(Path file) throws AuthorityException.Key {
        try {
            byte[] bytes = DurableFile.read(file, MAX_BYTES)
                    .orElseThrow(() -> new AuthorityException.Key("there is no log key at " + file));
            return parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IdentityException e) {
            throw new AuthorityException.Key(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new AuthorityException.Key(
                    file + " is no log key: " + e.getMessage() + "; it holds verifier keys, name+id+key, one a line",
                    e);
        }
    }

    /**
     * Reads verifier keys, one a line.
     *
     * @throws IllegalArgumentException if they are not those of one log
     */
    public static LogKey parse(String text) {
        List<NoteKey> keys = new ArrayList<>();
        text.lines().filter(line -> !line.isBlank()).forEach(line -> keys.add(NoteKey.parse(line.strip())));
        return new LogKey(keys);
    }

    /** Writes {@link #text()} to a file that everybody may read. */
    public void write(Path file) throws AuthorityException.Store {
        try {
            DurableFile.write(file, text().getBytes(StandardCharsets.US_ASCII), DurableFile.Readers.EVERYBODY);
        } catch (IdentityException e) {
            throw new AuthorityException.Store(e);
        }
    }

    /** The verifier keys, one a line. */
    public String text() {
        StringBuilder text = new StringBuilder();
        keys.forEach(key -> text.append(key).append('\n'));
        return text.toString();
    }

    /** The log's name. */
    public String origin() {
        return keys.getFirst().name();
    }

    /**
     * Reads a checkpoint that this log signed, with each of its keys.
     *
     * @throws NotSigned if it did not, or it is not a checkpoint of this log
     */
    public Checkpoint verify(byte[] note) throws NotSigned {
        try {
            SignedNote signed = SignedNote.parse(note);
            for (NoteKey key : keys) {
                if (!signed.isSignedBy(key)) {
                    throw new NotSigned("no good " + key.algorithm().name().replace('_', '-') + " signature of "
                            + key.name() + " (key " + HexFormat.of().toHexDigits(key.id()) + ") is on it");
                }
            }
            Checkpoint checkpoint = Checkpoint.parse(signed.text());
            if (!checkpoint.origin().equals(origin())) {
                throw new NotSigned("it is a checkpoint of \"" + checkpoint.origin() + "\", not of " + origin());
            }
            return checkpoint;
        } catch (IllegalArgumentException e) {
            throw new NotSigned("it cannot be read: " + e.getMessage());
        }
    }

    /** A checkpoint that does not count. */
    public static final class NotSigned extends Exception {
        NotSigned(String message) {
            super(message);
        }
    }
}
