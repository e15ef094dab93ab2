package org.camseal.authority.registration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.camseal.authority.register.RegisterAddress;

/** The two databases that a register may be in; each place is an empty one. */
public enum Databases {
    SQLITE,
    POSTGRESQL;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** One server for all test classes of this JVM; ended with it. */
    private static final class Server {
        static final EmbeddedPostgres ONE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().setServerConfig("fsync", "on").start();
            } catch (IOException e) {
                throw new IllegalStateException("the embedded PostgreSQL does not start", e);
            }
        }
    }

    /** An address with nothing there yet. */
    public RegisterAddress fresh(Path directory) throws SQLException {
        int number = NUMBER.incrementAndGet();
        return switch (this) {
            case SQLITE -> new RegisterAddress.Sqlite(directory.resolve("register-" + number + ".db"));
            case POSTGRESQL -> {
                try (var connection = Server.ONE.getPostgresDatabase().getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE register_" + number);
                }
                yield new RegisterAddress.Postgres(
                        "postgresql://localhost:" + Server.ONE.getPort() + "/register_" + number,
                        "postgres",
                        Optional.empty());
            }
        };
    }
}
