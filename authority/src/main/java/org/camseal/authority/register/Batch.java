package org.camseal.authority.register;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are written together. SQLite has a statement for one row, which is repeated; PostgreSQL has one statement for all rows, an array
 * for each column, so that its text is the same however many they are and one journey carries several tables' rows.
 */
final class Batch {
    private final String one;
    private final String all;
    private final List<Column> columns;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    /** What the values of a column are. */
    enum Column {
        BIGINT("int8"),
        INTEGER("int4"),
        TEXT("text"),
        BYTES("bytea");

        private final String type;

        Column(String type) {
            this.type = type;
        }

        /** As PostgreSQL calls it. */
        String type() {
            return type;
        }

        /** An array of so many, of what the driver takes. */
        @Nullable
        Object[] array(int length) {
            return switch (this) {
                case BIGINT -> new Long[length];
                case INTEGER -> new Integer[length];
                case TEXT -> new String[length];
                case BYTES -> new byte[length][];
            };
        }
    }

    /**
     * @param one a question mark for each column
     * @param all the same for PostgreSQL, with {@code @ROWS} where the rows are, as something to select from
     * @param columns in the order of the values
     */
    Batch(String one, String all, Column... columns) {
        this.one = one;
        this.columns = List.of(columns);
        StringBuilder rowsOf = new StringBuilder("unnest(");
        for (int i = 0; i < columns.length; i++) {
            rowsOf.append(i == 0 ? "?::" : ",?::").append(columns[i].type()).append("[]");
        }
        this.all = all.replace("@ROWS", rowsOf.append(')'));
    }

    /** Rows of one table, each value in its column. */
    static Batch insert(String table, String names, Column... columns) {
        return insert(table, names, "", columns);
    }

    /** @param conflict what a row does that meets another: "ON CONFLICT ..." */
    static Batch insert(String table, String names, String conflict, Column... columns) {
        String into = "INSERT INTO " + table + " (" + names + ") ";
        return new Batch(
                into + "VALUES (" + "?,".repeat(columns.length - 1) + "?) " + conflict,
                into + "SELECT * FROM @ROWS " + conflict,
                columns);
    }

    void add(@Nullable Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " values for " + columns.size() + " columns");
        }
        rows.add(values);
    }

    int size() {
        return rows.size();
    }

    String one() {
        return one;
    }

    String all() {
        return all;
    }

    List<Column> columns() {
        return columns;
    }

    /** One row after the other. */
    List<@Nullable Object[]> rows() {
        return rows;
    }

    /** The values of one column, row by row. */
    @Nullable
    Object[] array(int column) {
        @Nullable Object[] values = columns.get(column).array(rows.size());
        for (int row = 0; row < values.length; row++) {
            values[row] = rows.get(row)[column];
        }
        return values;
    }

    void clear() {
        rows.clear();
    }
}
