package org.camseal.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.camseal.bench.BenchException;
import org.camseal.bench.Measurement;
import org.camseal.bench.streaming.SrtpBench;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code camseal bench streaming}: what SRTP costs. */
@Command(
        name = "streaming",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Protects and opens SRTP packets of 1 200 bytes with every profile, beside the JDK's ciphers alone, and says how many packets a"
                    + " second of processor time that is.",
            "",
            "All take turns in one run; the least disturbed slices count. Takes half a minute."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  every target is met",
            "   3  a target is missed",
            "   4  the measurement could not run",
        })
final class StreamingBenchCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Prints every number as one JSON array.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BenchException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<Measurement> measurements;
        try (ProgressLine progress = ProgressLine.on(spec.commandLine().getErr())) {
            measurements = SrtpBench.run(progress::show);
        }
        return BenchReport.print(out, json, measurements);
    }
}
