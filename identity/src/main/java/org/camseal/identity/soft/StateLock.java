package org.camseal.identity.soft;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;

/**
 * That one process alone is an element. A process that dies gives it back; one whose program was killed ends by itself, but on a busy
 * machine not at once: for that one the next process waits.
 *
 * <pre>
 *   lock     PROCESS PROGRAM     numbers of the process that has it, and of the program that started that one
 * </pre>
 */
final class StateLock implements AutoCloseable {
    /** How long a process whose program is gone may take to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final long PAUSE_MILLIS = 20;

    private final FileChannel file;

    private StateLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes it.
     *
     * @throws IdentityException.Element with {@link ElementFault#UNAVAILABLE} if another process has it, at once where that one's program
     *     lives
     */
    @SuppressWarnings("MustBeClosed") // closed with this lock
    static StateLock take(Path path) throws IOException, IdentityException.Element {
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            FileLock lock = file.tryLock();
            while (lock == null) {
                if (hasProgram(path) || System.nanoTime() > end) {
                    throw new IdentityException.Element(
                            ElementFault.UNAVAILABLE, "another process is this element already");
                }
                Thread.sleep(PAUSE_MILLIS);
                lock = file.tryLock();
            }
            name(file);
            return new StateLock(file);
        } catch (InterruptedException e) {
            file.close();
            Thread.currentThread().interrupt();
            throw new IdentityException.Element(ElementFault.UNAVAILABLE, "interrupted while another process ended", e);
        } catch (IOException | IdentityException.Element e) {
            file.close();
            throw e;
        }
    }

    private static void name(FileChannel file) throws IOException {
        ProcessHandle own = ProcessHandle.current();
        String text = own.pid() + " " + own.parent().map(ProcessHandle::pid).orElse(0L) + "\n";
        file.truncate(0);
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    /** True if who has the lock is still a child of the program that started it: a killed program's children get another parent. */
    private static boolean hasProgram(Path path) throws IOException {
        String[] numbers =
                Files.readString(path, StandardCharsets.US_ASCII).strip().split(" ", -1);
        if (numbers.length != 2 || !numbers[0].matches("[0-9]{1,18}") || !numbers[1].matches("[0-9]{1,18}")) {
            return false; // it has just been taken, or is of an older kind: seen again in a moment
        }
        long program = Long.parseLong(numbers[1]);
        return ProcessHandle.of(Long.parseLong(numbers[0]))
                .flatMap(ProcessHandle::parent)
                .filter(parent -> parent.pid() == program)
                .isPresent();
    }

    @Override
    public void close() throws IOException {
        file.close(); // and with it the lock
    }
}
