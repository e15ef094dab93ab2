package org.camseal.bench.cipher;

import java.util.ArrayList;
import java.util.List;

/**
 * The times of several works that ran in turn: each round has one time for each work, taken within a few milliseconds of each other.
 *
 * <p>A ratio is taken within a round, so whatever slows the machine for longer than a round slows both sides of it.
 */
final class Rounds {
    private static final double UNDISTURBED = 0.1;

    private final List<String> works;
    private final List<double[]> rounds = new ArrayList<>();

    Rounds(List<String> works) {
        this.works = List.copyOf(works);
    }

    List<String> works() {
        return works;
    }

    int count() {
        return rounds.size();
    }

    /** @param nanos one call's time for each work, in their order, positive */
    void add(double[] nanos) {
        if (nanos.length != works.size()) {
            throw new IllegalArgumentException(nanos.length + " times; " + works.size() + " expected");
        }
        for (double time : nanos) {
            if (!(time > 0 && time < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a time of " + time + " ns");
            }
        }
        rounds.add(nanos.clone());
    }

    void addAll(Rounds others) {
        others.rounds.forEach(this::add);
    }

    /**
     * Nanoseconds a call where little else was going on: a tenth of the rounds took at most this. On a machine with neighbours the other
     * rounds tell of the neighbours.
     */
    double undisturbed(String work) {
        int column = column(work);
        return Quartiles.quantile(
                rounds.stream().mapToDouble(round -> round[column]).toArray(), UNDISTURBED);
    }

    /** The time of one work in parts of the other's, within each round. */
    Quartiles ratio(String work, String other) {
        int above = column(work);
        int below = column(other);
        return Quartiles.of(rounds.stream()
                .mapToDouble(round -> round[above] / round[below])
                .toArray());
    }

    private int column(String work) {
        int column = works.indexOf(work);
        if (column < 0) {
            throw new IllegalArgumentException("no work named " + work);
        }
        return column;
    }
}
