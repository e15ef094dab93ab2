package org.camseal.authority.register;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.camseal.authority.AuthorityException;

/**
 * That this process alone answers cameras from a register: two would each believe that an intent of the other's was left by a crash. Given
 * back when closed, and by the operating system or the database when the process dies.
 */
public final class InstanceLock implements AutoCloseable {
    /** "camseal" as a number: the key of PostgreSQL's advisory lock. */
    private static final long ADVISORY_KEY = 0x63616d7365616cL;

    private final AutoCloseable held;

    private InstanceLock(AutoCloseable held) {
        this.held = held;
    }

    /**
     * Takes it, at once or not at all.
     *
     * @throws AuthorityException.Store if another process has it
     */
    @SuppressWarnings("MustBeClosed") // closed with the lock
    public static InstanceLock take(RegisterAddress at) throws AuthorityException {
        return switch (at) {
            case RegisterAddress.Sqlite(Path file) -> new InstanceLock(takeFile(file));
            case RegisterAddress.Postgres _ -> new InstanceLock(takeAdvisory(at));
        };
    }

    private static FileChannel takeFile(Path file) throws AuthorityException {
        Path beside = file.resolveSibling(file.getFileName() + ".running");
        try {
            FileChannel channel = FileChannel.open(beside, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException e) {
                // another in this process
            }
            channel.close();
        } catch (IOException e) {
            throw new AuthorityException.Store("cannot lock " + beside + ": " + e.getMessage(), e);
        }
        throw taken(file.toString());
    }

    private static Connection takeAdvisory(RegisterAddress at) throws AuthorityException {
        try {
            Connection connection = at.connect();
            try (var statement = connection.createStatement();
                    var answer = statement.executeQuery("SELECT pg_try_advisory_lock(" + ADVISORY_KEY + ")")) {
                if (answer.next() && answer.getBoolean(1)) {
                    return connection;
                }
            }
            connection.close();
        } catch (SQLException e) {
            throw new AuthorityException.Store(at + " cannot be locked: " + e.getMessage(), e);
        }
        throw taken(at.toString());
    }

    private static AuthorityException.Store taken(String at) {
        return new AuthorityException.Store("another authority answers from " + at + " already: one at a time");
    }

    @Override
    public void close() {
        try {
            held.close();
        } catch (Exception e) {
            // a lock holds nothing that could be lost
        }
    }
}
