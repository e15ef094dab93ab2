package org.camseal.identity;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Files that are either whole or not there: written beside their place, forced to disk, renamed, and the directory forced too. After a
 * power cut at any moment the old file or the new one is there; what was half written has a name ending in {@link #HALF_WRITTEN} and
 * is never read.
 */
public final class DurableFile {
    /** How names of half-written files end. */
    public static final String HALF_WRITTEN = ".tmp";

    private static final int STREAM_BUFFER = 1 << 16;

    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private DurableFile() {}

    /** Makes a directory that only its owner may enter, or checks that the one there is such. */
    public static void ownDirectory(Path directory) throws IdentityException.Store {
        requirePosix(directory);
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY));
            }
        } catch (IOException e) {
            throw new IdentityException.Store("cannot make the directory " + directory + ": " + e.getMessage(), e);
        }
        requireOwnerOnly(directory, "700");
    }

    /** Refuses a file or directory that group or others may use. */
    public static void requireOwnerOnly(Path path, String wanted) throws IdentityException.Store {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (!OWNER_ONLY.containsAll(permissions)) {
                throw new IdentityException.Store(path + " holds private keys, but has permissions "
                        + PosixFilePermissions.toString(permissions) + ": close it with chmod " + wanted
                        + ", and consider its keys as read by others");
            }
        } catch (IOException e) {
            throw new IdentityException.Store("cannot see who may read " + path + ": " + e.getMessage(), e);
        }
    }

    /** Who may read a file; only its owner writes. */
    public enum Readers {
        OWNER("rw-------"),
        EVERYBODY("rw-r--r--");

        private final String permissions;

        Readers(String permissions) {
            this.permissions = permissions;
        }
    }

    /** Writes a file, in place of an older one if there is one. */
    public static void write(Path target, byte[] content, Readers readers) throws IdentityException.Store {
        write(target, content, readers, step -> {});
    }

    /** Hears of each step of writing as it is done; tests cut the power there. */
    @FunctionalInterface
    public interface Steps {
        void reached(Step step);
    }

    /** The steps of {@link #write(Path, byte[], Readers, Steps)}, in their order. */
    public enum Step {
        /** An empty file beside the target is there. */
        MADE,
        /** Half of the content is in it. */
        HALF,
        /** All of the content is in it, perhaps not yet on the disk. */
        WRITTEN,
        /** The content is on the disk. */
        FORCED,
        /** It has the target's name. */
        RENAMED,
        /** The name is on the disk too. */
        DURABLE
    }

    /** Writes as {@link #write(Path, byte[], Readers)}, and says how far it is. */
    public static void write(Path target, byte[] content, Readers readers, Steps steps) throws IdentityException.Store {
        Path directory = parent(target);
        Path half = null;
        try {
            half = half(target, readers);
            steps.reached(Step.MADE);
            try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
                writeAll(channel, ByteBuffer.wrap(content, 0, content.length / 2));
                steps.reached(Step.HALF);
                writeAll(channel, ByteBuffer.wrap(content, content.length / 2, content.length - content.length / 2));
                steps.reached(Step.WRITTEN);
                channel.force(true);
            }
            steps.reached(Step.FORCED);
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            steps.reached(Step.RENAMED);
            forceDirectory(directory);
            steps.reached(Step.DURABLE);
        } catch (IOException e) {
            deleteQuietly(half);
            throw new IdentityException.Store("cannot write " + target + ": " + reason(e), e);
        }
    }

    /** Writes the content of a file that is too large for memory. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it; called once. The stream is buffered. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes as {@link #write(Path, byte[], Readers)} what comes piece by piece. */
    public static void write(Path target, Content content, Readers readers) throws IdentityException.Store {
        Path directory = parent(target);
        Path half = null;
        try {
            half = half(target, readers);
            try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), STREAM_BUFFER)) {
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceDirectory(directory);
        } catch (IOException e) {
            deleteQuietly(half);
            throw new IdentityException.Store("cannot write " + target + ": " + reason(e), e);
        }
    }

    private static Path half(Path target, Readers readers) throws IOException {
        return Files.createTempFile(
                parent(target),
                "." + target.getFileName(),
                HALF_WRITTEN,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(readers.permissions)));
    }

    /** Reads a whole file of at most so many bytes; empty if there is none. */
    public static Optional<byte[]> read(Path file, int maxBytes) throws IdentityException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > maxBytes) {
                throw new IdentityException.Malformed(
                        file + " has " + size + " bytes; at most " + maxBytes + " are read");
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) size);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until full, or the file was cut meanwhile
            }
            return Optional.of(
                    buffer.hasRemaining()
                            ? java.util.Arrays.copyOf(buffer.array(), buffer.position())
                            : buffer.array());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IdentityException.Store("cannot read " + file + ": " + reason(e), e);
        }
    }

    /**
     * Removes a file durably, overwritten with zeros as far as the file system allows; does nothing if there is none. It first takes a
     * half-written name, so that a power cut in the middle leaves no file of zeros in its place.
     */
    public static void destroy(Path file) throws IdentityException.Store {
        try {
            if (!Files.exists(file)) {
                return;
            }
            Path directory = parent(file);
            String name = String.valueOf(file.getFileName());
            Path doomed = name.endsWith(HALF_WRITTEN) ? file : directory.resolve("." + name + HALF_WRITTEN);
            Files.move(file, doomed, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceDirectory(directory);
            try (FileChannel channel = FileChannel.open(doomed, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate((int) Math.min(channel.size(), 1 << 20)));
                channel.force(true);
            }
            Files.deleteIfExists(doomed);
            forceDirectory(directory);
        } catch (IOException e) {
            throw new IdentityException.Store("cannot destroy " + file + ": " + reason(e), e);
        }
    }

    /** Removes what earlier writers left half written. Only for who holds the {@link DirectoryLock}. */
    public static void removeHalfWritten(Path directory) throws IdentityException.Store {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, ".*" + HALF_WRITTEN)) {
            for (Path path : left) {
                destroy(path);
            }
        } catch (IOException e) {
            throw new IdentityException.Store("cannot list " + directory + ": " + reason(e), e);
        }
    }

    private static void requirePosix(Path directory) throws IdentityException.Store {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            throw new IdentityException.Store("the file system of " + directory
                    + " has no owner permissions, so private keys are not put there: choose another directory");
        }
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no directory");
        }
        return parent;
    }

    private static void writeAll(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void deleteQuietly(@org.jspecify.annotations.Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // it stays as a half-written file, which nobody reads
            }
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
