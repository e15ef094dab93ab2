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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    /**
     * From now on rows are found by their indexes. PostgreSQL reckons with how large a table was when it last counted; on a young one that
     * is nothing, so it would read tables whole, and keep to that plan while they grow. For a connection that asks for nothing but single
     * rows by their keys.
     */
    void findByIndex() throws SQLException {
        switch (engine) {
            case SQLITE -> {
                // has no other way to find them
            }
            case POSTGRESQL -> {
                execute("SET enable_seqscan = off");
                execute("SET jit = off"); // to compile a plan takes longer than to look up a row
                execute("SET plan_cache_mode = force_generic_plan");
            }
        }
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

    Connection connection() {
        return connection;
    }

    /** How many rows it changed. */
    int update(String sql, @Nullable Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /** Writes one batch, and empties it; how many rows were changed. */
    int update(Batch batch) throws SQLException {
        return update(List.of(batch))[0];
    }

    /** Writes batches in their order, and empties them: how many rows each changed. On a server this is one journey. */
    int[] update(List<Batch> batches) throws SQLException {
        int[] changed = new int[batches.size()];
        switch (engine) {
            case SQLITE -> {
                for (int i = 0; i < changed.length; i++) {
                    changed[i] = eachRow(batches.get(i));
                }
            }
            case POSTGRESQL -> allRows(batches, changed);
        }
        batches.forEach(Batch::clear);
        return changed;
    }

    private int eachRow(Batch batch) throws SQLException {
        if (batch.size() == 0) {
            return 0;
        }
        PreparedStatement statement = prepare(batch.one());
        for (@Nullable Object[] row : batch.rows()) {
            bind(statement, 1, row);
            statement.addBatch();
        }
        return IntStream.of(statement.executeBatch()).sum();
    }

    private void allRows(List<Batch> batches, int[] changed) throws SQLException {
        List<Batch> filled = batches.stream().filter(batch -> batch.size() > 0).toList();
        if (filled.isEmpty()) {
            return;
        }
        PreparedStatement statement = prepare(filled.stream().map(Batch::all).collect(Collectors.joining(";")));
        int place = 1;
        for (Batch batch : filled) {
            for (int column = 0; column < batch.columns().size(); column++) {
                String type = batch.columns().get(column).type();
                statement.setArray(place++, connection.createArrayOf(type, batch.array(column)));
            }
        }
        boolean _ = statement.execute();
        for (int i = 0; i < changed.length; i++) {
            if (batches.get(i).size() > 0) {
                changed[i] = statement.getUpdateCount();
                boolean _ = statement.getMoreResults();
            }
        }
    }

    /** Asks all of them, in their order. On a server this is one journey. */
    void ask(List<Question<?>> questions) throws SQLException {
        switch (engine) {
            case SQLITE -> {
                for (Question<?> question : questions) {
                    try (ResultSet found =
                            bound(question.sql(), question.values()).executeQuery()) {
                        question.hear(found);
                    }
                }
            }
            case POSTGRESQL -> {
                PreparedStatement statement =
                        prepare(questions.stream().map(Question::sql).collect(Collectors.joining(";")));
                int place = 1;
                for (Question<?> question : questions) {
                    bind(statement, place, question.values());
                    place += question.values().length;
                }
                boolean _ = statement.execute();
                for (Question<?> question : questions) {
                    try (ResultSet found = statement.getResultSet()) {
                        question.hear(found);
                    }
                    boolean _ = statement.getMoreResults();
                }
            }
        }
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
        bind(statement, 1, values);
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

    private void bind(PreparedStatement statement, int from, @Nullable Object... values) throws SQLException {
        int place = from;
        for (@Nullable Object value : values) {
            switch (value) {
                case null -> statement.setObject(place, null);
                case byte[] bytes -> statement.setBytes(place, bytes);
                case Long number -> statement.setLong(place, number);
                case Integer number -> statement.setInt(place, number);
                case String text -> statement.setString(place, text);
                case String[] texts -> statement.setArray(place, connection.createArrayOf("text", texts));
                case byte[][] all -> statement.setArray(place, connection.createArrayOf("bytea", all));
                default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
            }
            place++;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close(); // closes its statements
    }
}
