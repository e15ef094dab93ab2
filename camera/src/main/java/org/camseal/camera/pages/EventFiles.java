package org.camseal.camera.pages;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;
import org.camseal.manifest.Digest;
import org.camseal.web.Json;
import org.camseal.web.WebException;
import org.jspecify.annotations.Nullable;

/** The files of the event log: {@code events-NUMBER.log}, named after their first entry; reading and checking them. */
final class EventFiles {
    private static final String BEGIN = "events-";
    private static final String ENDING = ".log";
    private static final int MAX_BYTES = 4 * EventLog.FILE_BYTES;

    private EventFiles() {}

    /**
     * What was read.
     *
     * @param head hash of the last whole line
     * @param altered where the chain breaks first; empty if nowhere
     */
    record Reading(List<EventEntry> entries, long lastSeq, String head, Optional<String> altered) {}

    static String name(long firstSeq) {
        return BEGIN + String.format(Locale.ROOT, "%012d", firstSeq) + ENDING;
    }

    /** Oldest first. */
    static List<Path> list(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, BEGIN + "*" + ENDING)) {
            found.forEach(files::add);
        }
        files.sort(Comparator.comparing(Path::toString));
        return files;
    }

    static void removeOldest(Path directory, int most) throws IOException, IdentityException {
        List<Path> files = list(directory);
        for (Path file : files.subList(0, Math.max(0, files.size() - most))) {
            DurableFile.destroy(file);
        }
    }

    static String hash(byte[] line) {
        return Digest.sha256(line).toString();
    }

    static Reading read(Path directory) throws IOException, IdentityException {
        Chain chain = new Chain();
        for (Path file : list(directory)) {
            byte[] bytes = DurableFile.read(file, MAX_BYTES).orElse(new byte[0]);
            String text = new String(bytes, StandardCharsets.UTF_8);
            int whole = text.lastIndexOf('\n') + 1;
            for (String line : text.substring(0, whole).split("\n", -1)) {
                if (!line.isEmpty()) {
                    chain.line(line, String.valueOf(file.getFileName()));
                }
            }
            if (whole < text.length()) {
                endTornLine(file, text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
            }
        }
        return chain.reading();
    }

    /** A power cut left half a line, which was never told to anybody: it goes. */
    private static void endTornLine(Path file, long wholeBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(wholeBytes);
            channel.force(true);
        }
    }

    /** Line after line, and where it breaks first. */
    private static final class Chain {
        private final List<EventEntry> entries = new ArrayList<>();
        private String head = EventLog.origin();
        private long seq;
        private @Nullable String altered;

        void line(String line, String file) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            try {
                EventEntry entry = Json.read(bytes, EventEntry.class);
                boolean begins = entries.isEmpty() && seq == 0;
                if (begins && entry.seq() == 1 && !entry.before().equals(head)) {
                    breaks(file + ": entry 1 does not begin the chain");
                } else if (!begins && entry.seq() != seq + 1) {
                    breaks(file + ": entry " + entry.seq() + " follows entry " + seq);
                } else if (!begins && !entry.before().equals(head)) {
                    breaks(file + ": entry " + seq + " is not what it was when entry " + entry.seq() + " was written");
                }
                entries.add(entry);
                seq = Math.max(seq, entry.seq());
            } catch (WebException.Refused e) {
                breaks(file + ": the line behind entry " + seq + " is no entry");
            }
            head = hash(bytes);
        }

        private void breaks(String where) {
            if (altered == null) {
                altered = where;
            }
        }

        Reading reading() {
            return new Reading(List.copyOf(entries), seq, head, Optional.ofNullable(altered));
        }
    }
}
