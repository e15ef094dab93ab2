package org.camseal.authority.log;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;

/**
 * The log's own private keys, one of each {@link NoteAlgorithm}, under the log's name. They sign checkpoints and nothing else, and live in a
 * file that only its owner may read; no certificate depends on them. Safe for use by several threads.
 */
public final class LogKeys {
    private static final int MAX_BYTES = 4096;

    private final List<NoteSigner> signers;

    private LogKeys(List<NoteSigner> signers) {
        this.signers = List.copyOf(signers);
    }

    /**
     * Makes new keys and writes their file.
     *
     * @param origin the log's name: 1 to 255 printable ASCII characters without blanks and {@code +}, best like
     *     {@code log.example.com/cameras}
     * @throws AuthorityException.Store if there is a file already, or it cannot be written
     * @throws IllegalArgumentException if the name is of another form
     */
    public static LogKeys create(Path file, String origin, SecureRandom random) throws AuthorityException.Store {
        if (Files.exists(file)) {
            throw new AuthorityException.Store(
                    file + " is there already: a log with another key would be another log; take another name");
        }
        LogKeys keys = generate(origin, random);
        StringBuilder text = new StringBuilder();
        keys.signers.forEach(signer -> text.append(signer.privateText()).append('\n'));
        try {
            DurableFile.write(file, text.toString().getBytes(StandardCharsets.US_ASCII), DurableFile.Readers.OWNER);
        } catch (IdentityException e) {
            throw new AuthorityException.Store(e);
        }
        return keys;
    }

    /** New keys in memory alone. */
    static LogKeys generate(String origin, SecureRandom random) {
        return new LogKeys(Arrays.stream(NoteAlgorithm.values())
                .map(algorithm -> NoteSigner.generate(origin, algorithm, random))
                .toList());
    }

    /**
     * Reads the keys again.
     *
     * @throws AuthorityException.Store if the file is not there, others may read it, or it is damaged
     */
    public static LogKeys open(Path file, SecureRandom random) throws AuthorityException.Store {
        try {
            byte[] bytes = DurableFile.read(file, MAX_BYTES)
                    .orElseThrow(() -> new AuthorityException.Store("there are no log keys at " + file));
            DurableFile.requireOwnerOnly(file, "600");
            return parse(new String(bytes, StandardCharsets.US_ASCII), file, random);
        } catch (IdentityException e) {
            throw new AuthorityException.Store(e);
        }
    }

    private static LogKeys parse(String text, Path file, SecureRandom random) throws AuthorityException.Store {
        List<NoteSigner> signers = new ArrayList<>();
        try {
            text.lines().forEach(line -> signers.add(NoteSigner.parse(line, random)));
            LogKeys keys = new LogKeys(signers);
            keys.publicKey(); // one of each algorithm, one name
            return keys;
        } catch (IllegalArgumentException e) {
            throw new AuthorityException.Store(file + " is damaged: " + e.getMessage() + "; restore it from its copy");
        }
    }

    /** The log's name. */
    public String origin() {
        return signers.getFirst().key().name();
    }

    /** What everybody needs to check this log. */
    public LogKey publicKey() {
        return new LogKey(signers.stream().map(NoteSigner::key).toList());
    }

    SignedNote sign(Checkpoint checkpoint) {
        return SignedNote.sign(checkpoint.text(), signers);
    }
}
