package org.camseal.authority.register;

import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.camseal.authority.AuthorityException;
import org.jspecify.annotations.Nullable;

/** Connections that only read, a few; each is used by one reader at a time. Readers never wait for the writer. */
final class Readers implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final long PATIENCE_SECONDS = 30;

    private final RegisterAddress at;
    private final BlockingQueue<Place> places = new ArrayBlockingQueue<>(CONNECTIONS);

    /** Where a connection is, or will be once it is needed. */
    private static final class Place {
        private @Nullable Statements statements;
    }

    Readers(RegisterAddress at) {
        this.at = at;
        for (int i = 0; i < CONNECTIONS; i++) {
            places.add(new Place());
        }
    }

    /** What is read. */
    @FunctionalInterface
    interface Reading<T> {
        T read(Statements statements) throws SQLException;
    }

    /** Reads in one view of the database: nothing that is committed meanwhile is seen. */
    <T> T read(Reading<T> reading) throws AuthorityException {
        Place place = take();
        try {
            Statements open = place.statements;
            if (open == null) {
                open = new Statements(at);
                place.statements = open;
            }
            open.beginReading();
            T answer = reading.read(open);
            open.commit();
            return answer;
        } catch (SQLException e) {
            discard(place);
            throw new AuthorityException.Store(at + " cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            discard(place);
            throw e;
        } finally {
            places.add(place);
        }
    }

    private Place take() throws AuthorityException {
        try {
            Place place = places.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (place != null) {
                return place;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AuthorityException.Store(at + ": too many read it at once; ask again");
    }

    private static void discard(Place place) {
        Statements open = place.statements;
        place.statements = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // it only read
            }
        }
    }

    @Override
    public void close() {
        places.forEach(Readers::discard);
    }
}
