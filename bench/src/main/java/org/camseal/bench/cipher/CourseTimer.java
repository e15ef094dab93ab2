package org.camseal.bench.cipher;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.camseal.seal.SealException;

/**
 * Times the works of a course in turn: slice by slice, each round in another order, until the ratios stand still or a bound is reached.
 *
 * <p>A slice is short beside the scheduler's and begins with a call that is not timed, which brings code and data near again.
 */
final class CourseTimer {
    private static final double STILL = 0.03;

    private final Effort effort;
    private final LongSupplier cpuNanos;
    private final LongSupplier wallNanos;
    private final Random order;

    /**
     * @param cpuNanos the clock that times are taken from
     * @param wallNanos the clock that the budget runs on
     * @param order what the order within a round is drawn from
     */
    CourseTimer(Effort effort, LongSupplier cpuNanos, LongSupplier wallNanos, Random order) {
        this.effort = effort;
        this.cpuNanos = cpuNanos;
        this.wallNanos = wallNanos;
        this.order = order;
    }

    /** Calls everything so often that the Java machine compiles it, and with that uses what the processor has. */
    void warmUp(Course course, int calls) throws GeneralSecurityException, SealException {
        for (Work work : course.works().values()) {
            for (int i = 0; i < calls; i++) {
                work.run();
            }
        }
    }

    /** @param each is told each round's times, nanoseconds a call, as they come */
    Rounds time(Course course, Consumer<double[]> each) throws GeneralSecurityException, SealException {
        List<Work> works = new ArrayList<>(course.works().values());
        int[] calls = new int[works.size()];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = callsInSlice(works.get(i));
        }
        Rounds rounds = new Rounds(course.names());
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < calls.length; i++) {
            turns.add(i);
        }
        long start = wallNanos.getAsLong();
        while (goesOn(rounds, wallNanos.getAsLong() - start)) {
            Collections.shuffle(turns, order);
            double[] nanos = new double[calls.length];
            for (int turn : turns) {
                nanos[turn] = slice(works.get(turn), calls[turn]);
            }
            rounds.add(nanos);
            each.accept(nanos);
        }
        return rounds;
    }

    private boolean goesOn(Rounds rounds, long elapsedNanos) {
        if (rounds.count() < effort.minRounds()) {
            return true;
        }
        return rounds.count() < effort.maxRounds()
                && elapsedNanos < effort.budget().toNanos()
                && !standStill(rounds);
    }

    private static boolean standStill(Rounds rounds) {
        String first = rounds.works().getFirst();
        return rounds.works().stream()
                .allMatch(other -> rounds.ratio(first, other).spread() <= STILL);
    }

    private int callsInSlice(Work work) throws GeneralSecurityException, SealException {
        int calls = 1;
        while (true) {
            long nanos = Math.max(1, Math.round(slice(work, calls) * calls));
            if (nanos >= effort.slice().toNanos() / 2 || calls >= 1 << 20) {
                double wanted = (double) calls * effort.slice().toNanos() / nanos;
                return (int) Math.clamp(Math.rint(wanted), 1, 1 << 20);
            }
            calls *= 2;
        }
    }

    /** Nanoseconds a call. */
    private double slice(Work work, int calls) throws GeneralSecurityException, SealException {
        work.run();
        long start = cpuNanos.getAsLong();
        for (int i = 0; i < calls; i++) {
            work.run();
        }
        // A clock that stood still would make ratios of nothing.
        return (double) Math.max(1, cpuNanos.getAsLong() - start) / calls;
    }
}
