package org.camseal.authority.register;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;
import org.sqlite.SQLiteConfig;

/** Where a register is. */
public sealed interface RegisterAddress {
    /**
     * A file on a local disk. Each commit is on the disk before it returns (WAL, synchronous FULL); network file systems do not keep that
     * promise.
     */
    record Sqlite(Path file) implements RegisterAddress {
        @Override
        public String toString() {
            return "sqlite:" + file;
        }
    }

    /**
     * A database of its own on a PostgreSQL server, from version 12 on.
     *
     * @param url {@code postgresql://HOST[:PORT]/DATABASE}, without user and password
     * @param user who to log in as
     * @param passwordFile a file with the password, for its owner only; empty if the server asks for none
     */
    record Postgres(String url, String user, Optional<Path> passwordFile) implements RegisterAddress {
        private Connection open() throws SQLException, AuthorityException {
            Properties properties = new Properties();
            properties.setProperty("user", user);
            properties.setProperty("ApplicationName", "camseal authority");
            properties.setProperty("connectTimeout", "10");
            properties.setProperty("socketTimeout", "60");
            properties.setProperty("tcpKeepAlive", "true");
            if (passwordFile.isPresent()) {
                properties.setProperty("password", password(passwordFile.get()));
            }
            Connection connection = DriverManager.getConnection("jdbc:" + url, properties);
            try (var statement = connection.createStatement()) {
                statement.execute("SET synchronous_commit = on"); // whatever the server's default: a commit is on disk
            }
            return connection;
        }

        @Override
        public String toString() {
            return url;
        }
    }

    /**
     * Reads {@code sqlite:FILE} or {@code postgresql://HOST[:PORT]/DATABASE}.
     *
     * @param directory what a relative file is relative to
     * @param user for PostgreSQL
     * @param passwordFile for PostgreSQL
     * @throws AuthorityException.Malformed if it is neither, or has a password in it
     */
    static RegisterAddress parse(String text, Path directory, String user, Optional<Path> passwordFile)
            throws AuthorityException.Malformed {
        if (text.startsWith("sqlite:") && text.length() > 7) {
            return new Sqlite(directory.resolve(text.substring(7)));
        }
        if (text.matches("postgresql://[^@/?]+/[A-Za-z0-9_-]+")) {
            return new Postgres(text, user, passwordFile);
        }
        throw new AuthorityException.Malformed("not the address of a register: expected sqlite:FILE or"
                + " postgresql://HOST[:PORT]/DATABASE, without user and password in it");
    }

    /** A new connection, in no transaction. */
    default Connection connect() throws SQLException, AuthorityException {
        return switch (this) {
            case Sqlite(Path file) -> {
                SQLiteConfig config = new SQLiteConfig();
                config.setJournalMode(SQLiteConfig.JournalMode.WAL);
                config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
                config.setBusyTimeout(20_000);
                config.enforceForeignKeys(true);
                config.setCacheSize(-64_000);
                yield config.createConnection("jdbc:sqlite:" + file);
            }
            case Postgres postgres -> postgres.open();
        };
    }

    private static String password(Path file) throws AuthorityException {
        try {
            byte[] bytes = DurableFile.read(file, 1024)
                    .orElseThrow(() -> new AuthorityException.Store("there is no password file " + file));
            DurableFile.requireOwnerOnly(file, "600");
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IdentityException e) {
            throw new AuthorityException.Store(String.valueOf(e.getMessage()), e);
        }
    }
}
