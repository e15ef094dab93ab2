package org.camseal.authority.register;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How often certificates were not given, by order and cause; kept in the database as sums, so that they are read at once whatever the past. */
final class NotGiven {
    private record Place(String order, String cause) {}

    private final Map<Place, Long> more = new HashMap<>();

    /** One more, for {@link #batch}. */
    void add(String order, String cause) {
        more.merge(new Place(order, cause), 1L, Long::sum);
    }

    Batch batch() {
        Batch batch = Batch.insert(
                "not_given",
                "order_id, cause, times",
                "ON CONFLICT (order_id, cause) DO UPDATE SET times = not_given.times + excluded.times",
                Batch.Column.TEXT,
                Batch.Column.TEXT,
                Batch.Column.BIGINT);
        more.forEach((place, times) -> batch.add(place.order(), place.cause(), times));
        return batch;
    }

    static Map<String, SortedMap<String, Long>> all(Statements statements) throws SQLException {
        record Sum(Place place, long times) {}
        Map<String, SortedMap<String, Long>> all = new HashMap<>();
        for (Sum sum : statements.list(
                "SELECT order_id, cause, times FROM not_given",
                row -> new Sum(new Place(row.getString(1), row.getString(2)), row.getLong(3)))) {
            all.computeIfAbsent(sum.place().order(), order -> new TreeMap<>())
                    .put(sum.place().cause(), sum.times());
        }
        return all;
    }
}
