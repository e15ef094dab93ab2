package org.camseal.camera.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.camseal.camera.CameraException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chain of events: what is changed, taken out or put in is found at the next start. */
class EventLogTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** Small, because each entry is forced to the disk. */
    private static final int FILE_BYTES = 4096;

    private final Path directory;

    EventLogTest(@TempDir Path above) {
        this.directory = above.resolve("events");
    }

    private EventLog open() throws CameraException.Store {
        return EventLog.open(directory, () -> NOW, FILE_BYTES);
    }

    /** A log of a few entries, closed. */
    private Path written() throws Exception {
        try (EventLog log = open()) {
            log.add("anna", "login", "from 192.0.2.1");
            log.add("anna", "user added", "ben");
            log.add("ben", "login", "from 192.0.2.2");
        }
        List<Path> files = EventFiles.list(directory);
        assertThat(files).hasSize(1);
        return files.getFirst();
    }

    @Test
    void aWholeChainGoesOnOverRestarts() throws Exception {
        Path file = written();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (EventLog log = open()) {
            assertThat(log.altered()).isEmpty();
            assertThat(log.newest(Long.MAX_VALUE, 10))
                    .extracting(EventEntry::what)
                    .containsExactly("camera started", "login", "user added", "login", "camera started");
            assertThat(log.newest(Long.MAX_VALUE, 10))
                    .extracting(EventEntry::seq)
                    .containsExactly(5L, 4L, 3L, 2L, 1L);
        }
        try (EventLog again = open()) {
            assertThat(again.altered()).isEmpty();
        }
    }

    @Test
    void aChangedEntryIsFound() throws Exception {
        Path file = written();
        Files.writeString(file, Files.readString(file).replace("\"detail\":\"ben\"", "\"detail\":\"eve\""));
        try (EventLog log = open()) {
            assertThat(log.altered().orElseThrow()).contains("entry 3 is not what it was when entry 4 was written");
            assertThat(log.newest(Long.MAX_VALUE, 2))
                    .extracting(EventEntry::what)
                    .containsExactly("camera started", "log altered");
        }
    }

    @Test
    void aMissingEntryIsFound() throws Exception {
        Path file = written();
        List<String> lines = Files.readAllLines(file);
        Files.writeString(file, lines.get(0) + "\n" + lines.get(2) + "\n" + lines.get(3) + "\n");
        try (EventLog log = open()) {
            assertThat(log.altered().orElseThrow()).contains("entry 3 follows entry 1");
        }
    }

    @Test
    void anEntryThatWasPutInIsFound() throws Exception {
        Path file = written();
        List<String> lines = Files.readAllLines(file);
        Files.writeString(file, lines.get(0) + "\n" + lines.get(1) + "\n" + lines.get(1) + "\n" + lines.get(2) + "\n");
        try (EventLog log = open()) {
            assertThat(log.altered().orElseThrow()).contains("entry 2 follows entry 2");
        }
    }

    @Test
    void aMissingFileIsFound() throws Exception {
        written();
        try (EventLog log = open()) {
            fill(log, 3);
        }
        List<Path> files = EventFiles.list(directory);
        assertThat(files).hasSizeGreaterThanOrEqualTo(3);
        Files.delete(files.get(1));
        try (EventLog log = open()) {
            assertThat(log.altered().orElseThrow()).contains("follows entry");
        }
    }

    /** Users' own acts are not left out, however many. */
    private static void fill(EventLog log, int files) {
        for (int i = 0; i < files * FILE_BYTES / 400; i++) {
            log.add("anna", "user added", "x".repeat(300));
        }
    }

    @Test
    void theOldestFilesGoAndTheRestIsStillAChain() throws Exception {
        try (EventLog log = open()) {
            fill(log, EventLog.MOST_FILES + 3);
            assertThat(log.isWritten()).isTrue();
        }
        assertThat(EventFiles.list(directory)).hasSize(EventLog.MOST_FILES);
        try (EventLog log = open()) {
            assertThat(log.altered()).isEmpty();
        }
    }

    @Test
    void halfALineOfAPowerCutIsNoChange() throws Exception {
        Path file = written();
        Files.write(file, "{\"seq\":5,\"at\":\"2026".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        try (EventLog log = open()) {
            assertThat(log.altered()).isEmpty();
            assertThat(log.newest(Long.MAX_VALUE, 1).getFirst().seq()).isEqualTo(5);
        }
        try (EventLog log = open()) {
            assertThat(log.altered()).isEmpty();
        }
    }

    @Test
    void whatStrangersCauseIsBounded() throws Exception {
        try (EventLog log = open()) {
            for (int i = 0; i < 1000; i++) {
                log.add("", "login refused", "from 192.0.2.1");
            }
            log.add("anna", "login", "x\u202e\n\u0000".repeat(500));
            List<EventEntry> newest = log.newest(Long.MAX_VALUE, 1000);
            assertThat(newest).hasSize(1 + EventLog.AT_ONCE + 1);
            assertThat(newest.getFirst().detail())
                    .hasSizeLessThanOrEqualTo(300)
                    .doesNotContain("\n", "\u202e", "\u0000");
        }
    }
}
