package org.camseal.cli.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.camseal.bench.Measurement;
import org.camseal.cli.command.ProgressLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a measurement that has no options of its own for it runs and prints: progress on standard error, numbers on standard output. */
final class BenchOutput {
    @Option(names = "--json", description = "Prints every number as one JSON array.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    /** A measurement that tells how far it is. */
    interface Measuring {
        List<Measurement> run(Consumer<String> progress) throws Exception;
    }

    /** Measures and prints a plain table; returns the command's exit code. */
    int print(Measuring measuring) throws Exception {
        return print(measuring, BenchReport::lines);
    }

    /** The same with another text for people. */
    int print(Measuring measuring, Function<List<Measurement>, List<String>> text) throws Exception {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<Measurement> measurements;
        try (ProgressLine progress = ProgressLine.on(err())) {
            measurements = measuring.run(progress::show);
        }
        return BenchReport.print(out, json, measurements, text.apply(measurements));
    }

    PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
