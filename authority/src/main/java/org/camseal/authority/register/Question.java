package org.camseal.authority.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of several questions that are asked in one journey to the database; afterwards it has its answer. */
final class Question<T> {
    private final String sql;
    private final Statements.Row<T> row;
    private final @Nullable Object[] values;
    private final List<T> answer = new ArrayList<>();

    Question(String sql, Statements.Row<T> row, @Nullable Object... values) {
        this.sql = sql;
        this.row = row;
        this.values = values;
    }

    String sql() {
        return sql;
    }

    @Nullable
    Object[] values() {
        return values;
    }

    void hear(ResultSet rows) throws SQLException {
        while (rows.next()) {
            answer.add(row.read(rows));
        }
    }

    /** The rows, once it was asked. */
    List<T> answer() {
        return answer;
    }
}
