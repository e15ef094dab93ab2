package org.camseal.authority.register;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.jspecify.annotations.Nullable;

/** One connection, its transactions, and its prepared statements, each prepared once. For one thread at a time. */
final class Statements implements AutoCloseable {
    private final Connection connection;
    private final Engine engine;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** On a connection that is in no transaction. */
    Statements(RegisterAddress at) throws SQLException, AuthorityException {
        this.connection = at.connect();
        this.engine = switch (at) {
            case RegisterAddress.Sqlite _ -> Engine.SQLITE;
            case RegisterAddress.Postgres _ -> Engine.POSTGRESQL;
        };
    }

    /** SQLite's driver begins the next transaction, lock and all, at each commit; so there they are begun and ended in SQL. */
    private enum Engine {
        SQLITE,
        POSTGRESQL
    }

    /** True if each statement is a journey to a server, so that rows are better read and written together. */
    boolean isRemote() {
        return engine == Engine.POSTGRESQL;
    }

    /** Begins a transaction that will write. In SQLite it has the one writer's lock from here on. */
    void beginWriting() throws SQLException {
        switch (engine) {
            case SQLITE -> execute("BEGIN IMMEDIATE");
            case POSTGRESQL -> connection.setAutoCommit(false);
        }
    }

    /** Begins a transaction that sees one state of the database throughout. */
    void beginReading() throws SQLException {
        switch (engine) {
            case SQLITE -> execute("BEGIN DEFERRED");
            case POSTGRESQL -> {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setAutoCommit(false);
            }
        }
    }

    /** What was written is durable when this returns. */
    void commit() throws SQLException {
        switch (engine) {
            case SQLITE -> execute("COMMIT");
            case POSTGRESQL -> {
                connection.commit();
                connection.setAutoCommit(true);
            }
        }
    }

    void rollBack() throws SQLException {
        switch (engine) {
            case SQLITE -> execute("ROLLBACK");
            case POSTGRESQL -> {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        PreparedStatement statement = prepare(sql);
        statement.execute();
    }

    /** Makes a value of the row that a result stands at. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Rows for one statement, to be written together. */
    static final class Batch {
        private final String sql;
        private final List<@Nullable Object[]> rows = new ArrayList<>();

        Batch(String sql) {
            this.sql = sql;
        }

        void add(@Nullable Object... values) {
            rows.add(values);
        }
    }

    Connection connection() {
        return connection;
    }

    /** How many rows it changed. */
    int update(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /** Writes a batch in one go, and empties it; how many rows each changed, as far as the driver tells. */
    int[] update(Batch batch) throws SQLException {
        if (batch.rows.isEmpty()) {
            return new int[0];
        }
        PreparedStatement statement = prepare(batch.sql);
        for (@Nullable Object[] row : batch.rows) {
            bind(statement, row);
            statement.addBatch();
        }
        batch.rows.clear();
        return statement.executeBatch();
    }

    <T> Optional<T> one(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        try (ResultSet found = bound(sql, values).executeQuery()) {
            return found.next() ? Optional.of(row.read(found)) : Optional.empty();
        }
    }

    <T> List<T> list(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        List<T> all = new ArrayList<>();
        try (ResultSet found = bound(sql, values).executeQuery()) {
            while (found.next()) {
                all.add(row.read(found));
            }
        }
        return all;
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepare(sql);
        bind(statement, values);
        return statement;
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    private void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            @Nullable Object value = values[i];
            switch (value) {
                case null -> statement.setObject(i + 1, null);
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                case Long number -> statement.setLong(i + 1, number);
                case Integer number -> statement.setInt(i + 1, number);
                case String text -> statement.setString(i + 1, text);
                case String[] texts -> statement.setArray(i + 1, connection.createArrayOf("text", texts));
                case byte[][] all -> statement.setArray(i + 1, connection.createArrayOf("bytea", all));
                default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close(); // closes its statements
    }
}
