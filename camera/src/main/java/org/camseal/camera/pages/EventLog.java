package org.camseal.camera.pages;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camseal.camera.CameraException;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;
import org.camseal.manifest.Digest;
import org.camseal.web.Json;
import org.jspecify.annotations.Nullable;

/**
 * What happened at a camera and who did it: entries in files of one JSON object a line, each with the hash of the line before. The files are
 * read and checked when the log is opened; whatever was changed, taken out or put in between is found, and said in the log itself.
 *
 * <p>What a chain of hashes does not show: that its end was cut off, or that all of it was written anew by somebody who may write here. Who wants
 * to be sure of that writes down the head that the page shows, and compares. The oldest file goes when there are {@link #MOST_FILES}.
 *
 * <p>Entries are bounded in length. What strangers cause is bounded in number too, so that nobody can push out what users did: of one kind at
 * most {@link #AT_ONCE} in ten minutes; what is left out is counted. A full disk stops the log, not the
 * camera. Safe for use by several threads.
 */
public final class EventLog implements Closeable {
    static final int MOST_FILES = 8;
    static final int FILE_BYTES = 256 * 1024;
    static final int AT_ONCE = 20;
    private static final int KEPT = 500;

    private final Path directory;
    private final InstantSource clock;
    private final int fileBytes;
    private final EventRate rate = new EventRate(AT_ONCE);
    private final Deque<EventEntry> recent = new ArrayDeque<>();
    private final EventFiles.Reading found;
    private long seq;
    private String head;
    private @Nullable FileChannel file;
    private boolean stuck;

    private EventLog(Path directory, InstantSource clock, int fileBytes, EventFiles.Reading found) {
        this.directory = directory;
        this.fileBytes = fileBytes;
        this.clock = clock;
        this.found = found;
        this.seq = found.lastSeq();
        this.head = found.head();
        found.entries().forEach(this::keep);
    }

    /**
     * Reads and checks what is there, and goes on behind it.
     *
     * @throws CameraException.Store if the directory cannot be used; an altered log is no error, but said
     */
    public static EventLog open(Path directory, InstantSource clock) throws CameraException.Store {
        return open(directory, clock, FILE_BYTES);
    }

    /** @param fileBytes after so many a new file begins; at most {@link #FILE_BYTES} */
    static EventLog open(Path directory, InstantSource clock, int fileBytes) throws CameraException.Store {
        try {
            DurableFile.ownDirectory(directory);
            EventLog log = new EventLog(directory, clock, fileBytes, EventFiles.read(directory));
            log.found.altered().ifPresent(what -> log.add("", "log altered", what));
            log.add("", "camera started", log.found.entries().isEmpty() ? "the log begins" : "");
            return log;
        } catch (IdentityException | IOException e) {
            throw new CameraException.Store("event log in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** What was found wrong when it was opened; empty if nothing was. */
    public Optional<String> altered() {
        return found.altered();
    }

    /** The hash of the newest entry, which stands for all before it. */
    public synchronized String head() {
        return head;
    }

    /** False once something could not be written. */
    public synchronized boolean isWritten() {
        return !stuck;
    }

    /**
     * Adds an entry.
     *
     * @param who the user who did it; "" for the camera itself or a stranger
     * @param what the kind of event, one of few
     * @param detail bounded; characters that are no text are left out. Nothing secret
     */
    public synchronized void add(String who, String what, String detail) {
        EventRate.Answer answer = who.isEmpty() ? rate.ask(what, clock.instant()) : new EventRate.Answer(true, 0);
        if (!answer.isWelcome()) {
            return;
        }
        String more = answer.leftOut() == 0 ? "" : " (" + answer.leftOut() + " more of this kind before)";
        EventEntry entry = EventEntry.of(seq + 1, clock.instant(), who, what, detail + more, head);
        byte[] line = Json.write(entry);
        try {
            write(line);
            seq = entry.seq();
            head = EventFiles.hash(line);
            keep(entry);
            stuck = false;
        } catch (IOException | IdentityException e) {
            stuck = true;
        }
    }

    private void keep(EventEntry entry) {
        if (recent.size() == KEPT) {
            recent.removeFirst();
        }
        recent.addLast(entry);
    }

    private void write(byte[] line) throws IOException, IdentityException {
        FileChannel open = file;
        if (open == null || open.size() > fileBytes) {
            close();
            EventFiles.removeOldest(directory, MOST_FILES - 1);
            open = FileChannel.open(
                    directory.resolve(EventFiles.name(seq + 1)),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            file = open;
        }
        long before = open.size();
        try {
            ByteBuffer bytes = ByteBuffer.allocate(line.length + 1)
                    .put(line)
                    .put((byte) '\n')
                    .flip();
            while (bytes.hasRemaining()) {
                open.write(bytes);
            }
            open.force(false);
        } catch (IOException e) {
            open.truncate(before); // half a line would look like a change
            throw e;
        }
    }

    /**
     * Entries, newest first.
     *
     * @param before only those with smaller numbers; of the latest {@value #KEPT} entries
     * @param most how many
     */
    public synchronized List<EventEntry> newest(long before, int most) {
        return recent.reversed().stream()
                .filter(entry -> entry.seq() < before)
                .limit(most)
                .toList();
    }

    /** All files, oldest first, as they are: for download. */
    public synchronized byte[] whole() throws CameraException.Store {
        try {
            StringBuilder all = new StringBuilder();
            for (Path path : EventFiles.list(directory)) {
                all.append(Files.readString(path, StandardCharsets.UTF_8));
            }
            return all.toString().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CameraException.Store("event log in " + directory + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                stuck = true;
            }
            file = null;
        }
    }

    /** The hash that the first entry of all has before it. */
    static String origin() {
        return Digest.ZERO.toString();
    }
}
