package org.camseal.authority.register;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.camseal.authority.AuthorityException;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of this process: takes what waits, does it in one transaction, commits once, and only then answers. While a disk writes, the
 * next group gathers, so a slow disk makes groups larger, not the queue longer.
 */
final class GroupCommit implements AutoCloseable {
    /** Most works in one transaction: what a crash loses at once, and how long the first of a group waits for the last. */
    private static final int MAX_GROUP = 256;

    /** Most works that wait; whoever comes then is told at once. */
    private static final int MAX_WAITING = 8192;

    /** Open orders that are read ahead; where there are more, the others are asked about when it is needed. */
    private static final int MOST_ORDERS = 64;

    private final RegisterAddress at;
    private final InstantSource clock;
    private final BlockingQueue<Waiting<?>> queue = new LinkedBlockingQueue<>(MAX_WAITING);
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable Statements statements;
    private @Nullable Rules rules;

    GroupCommit(RegisterAddress at, InstantSource clock) {
        this.at = at;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("register writer").unstarted(this::run);
    }

    /** Begins to write. */
    GroupCommit start() {
        thread.start();
        return this;
    }

    /** One work, and who waits for it. */
    private static final class Waiting<T> {
        private final Optional<About> about;
        private final Work<T> work;
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private @Nullable T given;

        Waiting(Optional<About> about, Work<T> work) {
            this.about = about;
            this.work = work;
        }

        void run(Ledger ledger) throws SQLException {
            given = work.run(ledger);
        }

        @SuppressWarnings("NullAway") // run() came before
        void answer() {
            answer.complete(given);
        }

        void fail(Throwable fault) {
            answer.completeExceptionally(fault);
        }
    }

    /** Waits until the work is durable. */
    <T> T write(Optional<About> about, Work<T> work) throws AuthorityException, InterruptedException {
        Waiting<T> waiting = new Waiting<>(about, work);
        if (closed || !queue.offer(waiting)) {
            throw new AuthorityException.Store(
                    at + (closed ? " is closed" : ": " + MAX_WAITING + " wishes wait already; ask again later"));
        }
        try {
            return waiting.answer.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException bug) {
                throw bug;
            }
            if (cause instanceof AuthorityException known) {
                throw known;
            }
            String why = cause == null ? "no reason given" : String.valueOf(cause.getMessage());
            throw new AuthorityException.Store(at + " cannot be written: " + why, e);
        }
    }

    private void run() {
        List<Waiting<?>> group = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            try {
                Waiting<?> first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    group.add(first);
                    queue.drainTo(group, MAX_GROUP - 1);
                    write(group, Manner.TOGETHER);
                }
            } catch (InterruptedException e) {
                closed = true; // nobody but close() interrupts
            } finally {
                group.clear();
            }
        }
        disconnect();
    }

    /** Whether works may be read and written for together, where that is quicker. */
    private enum Manner {
        TOGETHER,
        /** One thing after the other: so it comes out which of a group is at fault. */
        STEP_BY_STEP
    }

    private void write(List<Waiting<?>> group, Manner manner) {
        boolean committing = false;
        try {
            Ledger ledger = begin(group, manner);
            for (Waiting<?> waiting : group) {
                waiting.run(ledger);
            }
            ledger.finish();
            committing = true;
            connected().commit();
        } catch (SQLException | AuthorityException | RuntimeException e) {
            rollBack();
            if (manner == Manner.STEP_BY_STEP || committing || disconnectedBy(e)) {
                group.forEach(waiting -> waiting.fail(e)); // after a failed commit nobody knows: asking again is safe
            } else {
                group.forEach(waiting -> write(List.of(waiting), Manner.STEP_BY_STEP)); // only the one at fault fails
            }
            return;
        }
        group.forEach(Waiting::answer);
    }

    private Ledger begin(List<Waiting<?>> group, Manner manner) throws SQLException, AuthorityException {
        Statements open = connected();
        open.beginWriting();
        Question<Head> lock = Head.locking(at);
        List<Question<?>> questions = new ArrayList<>(List.of(lock));
        List<About> about =
                group.stream().flatMap(waiting -> waiting.about.stream()).toList();
        Optional<ReadAhead.Questions> asked = open.isRemote() && manner == Manner.TOGETHER && !about.isEmpty()
                ? Optional.of(new ReadAhead.Questions(about, openOrders()))
                : Optional.empty();
        asked.ifPresent(ahead -> questions.addAll(ahead.list()));
        open.ask(questions);
        Head head = Head.of(lock);
        Rules known = rules;
        if (known == null || known.generation() != head.generation()) {
            known = Rules.load(open, head.generation());
            rules = known;
        }
        return new Ledger(
                open,
                head,
                known,
                clock.instant(),
                asked.map(ReadAhead.Questions::heard).orElseGet(ReadAhead::nothing));
    }

    /** Those that new cameras are of, as far as it is known before this transaction; what is not known is asked when it is needed. */
    private String[] openOrders() {
        Rules known = rules;
        return known == null ? new String[0] : known.openAt(clock.instant(), MOST_ORDERS);
    }

    private Statements connected() throws SQLException, AuthorityException {
        Statements open = statements;
        if (open == null) {
            open = new Statements(at);
            statements = open;
            open.findByIndex();
        }
        return open;
    }

    private boolean disconnectedBy(Exception fault) {
        return statements == null || fault instanceof AuthorityException;
    }

    /** After a fault the connection is not believed any more; the next group opens another. */
    private void rollBack() {
        Statements open = statements;
        rules = null;
        if (open != null) {
            try {
                open.rollBack();
            } catch (SQLException e) {
                disconnect();
            }
        }
    }

    private void disconnect() {
        Statements open = statements;
        statements = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // what was committed is durable, and nothing else counts
            }
        }
    }

    /** Writes what waits, and ends. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
