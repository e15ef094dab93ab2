package org.camseal.bench.cipher;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.camseal.manifest.Suite;

/**
 * All that was measured. A time is what the rounds show that were least disturbed, in the middle one of the machines of a
 * {@link Processor}; a ratio is of two such times of one machine.
 */
public final class CipherFigures {
    private final List<Integer> sizes;
    private final Map<Processor, List<ChildReport>> machines = new EnumMap<>(Processor.class);

    /** @param machines whole reports, at least one for each processor */
    CipherFigures(List<Integer> sizes, Map<Processor, List<ChildReport>> machines) {
        this.sizes = List.copyOf(sizes);
        for (Processor processor : Processor.values()) {
            List<ChildReport> reports = machines.getOrDefault(processor, List.of());
            if (reports.isEmpty() || !reports.stream().allMatch(ChildReport::isWhole)) {
                throw new IllegalArgumentException("nothing was measured " + processor.label());
            }
            this.machines.put(processor, List.copyOf(reports));
        }
    }

    /** Bytes of the access units. */
    List<Integer> sizes() {
        return sizes;
    }

    /** What a sealer takes on this processor, unless it is told otherwise. */
    Contender ours(Processor processor) {
        Suite suite = reports(processor).getFirst().suite();
        return switch (suite) {
            case AES_256_GCM -> Contender.SEALED_AES;
            case CHACHA20_POLY1305 -> Contender.SEALED_CHACHA;
        };
    }

    /** Nanoseconds for one access unit. */
    double nanos(Processor processor, int size, Contender contender) {
        return middle(processor, report -> rounds(report, course(size)).undisturbed(contender.name()));
    }

    /** The time of what a sealer takes in parts of the other's. */
    double ratio(Processor processor, int size, Contender other) {
        String ours = ours(processor).name();
        return middle(processor, report -> {
            Rounds rounds = rounds(report, course(size));
            return rounds.undisturbed(ours) / rounds.undisturbed(other.name());
        });
    }

    /** The same ratio within each round, over all rounds of all machines, disturbed ones too. */
    Quartiles roundRatio(Processor processor, int size, Contender other) {
        Rounds all =
                new Rounds(rounds(reports(processor).getFirst(), course(size)).works());
        reports(processor).forEach(report -> all.addAll(rounds(report, course(size))));
        return all.ratio(ours(processor).name(), other.name());
    }

    /** How many rounds there were at all sizes, at least and at most. */
    List<Integer> roundCounts(Processor processor) {
        List<Integer> counts = new ArrayList<>();
        reports(processor)
                .forEach(report -> sizes.forEach(
                        size -> counts.add(rounds(report, course(size)).count())));
        return List.of(
                counts.stream().min(Integer::compare).orElse(0),
                counts.stream().max(Integer::compare).orElse(0));
    }

    int machines(Processor processor) {
        return reports(processor).size();
    }

    VideoHour hour(Processor processor) {
        return new VideoHour(part ->
                middle(processor, report -> rounds(report, Courses.HOUR).undisturbed(part.name())));
    }

    private double middle(Processor processor, ToDoubleFunction<ChildReport> figure) {
        return Quartiles.of(reports(processor).stream().mapToDouble(figure).toArray())
                .median();
    }

    private List<ChildReport> reports(Processor processor) {
        return machines.getOrDefault(processor, List.of());
    }

    private static String course(int size) {
        return Integer.toString(size);
    }

    private static Rounds rounds(ChildReport report, String course) {
        Rounds rounds = report.courses().get(course);
        if (rounds == null) {
            throw new IllegalArgumentException("not measured: " + course);
        }
        return rounds;
    }
}
