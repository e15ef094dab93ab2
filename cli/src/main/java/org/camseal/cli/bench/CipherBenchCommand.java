package org.camseal.cli.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.camseal.bench.BenchException;
import org.camseal.bench.Measurement;
import org.camseal.bench.cipher.CipherBench;
import org.camseal.bench.cipher.Effort;
import org.camseal.cli.command.ProgressLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code camseal bench cipher}: what sealing costs beside plain ciphers, and per viewer. */
@Command(
        name = "cipher",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures what sealing an access unit costs beside AES-256-CTR, AES-256-GCM and ChaCha20-Poly1305: as the processor is,"
                    + " without AES instructions, and with everything scalar; and what N viewers cost beside TLS for each.",
            "",
            "Takes some minutes, in Java machines of its own. Other work on the machine does no harm to the ratios as far as it comes"
                    + " and goes."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  every target is met",
            "   3  a target is missed",
            "   4  the measurement could not run, or the plot not be written",
        })
final class CipherBenchCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Prints every number as one JSON array.")
    private boolean json;

    @Option(names = "--plot", paramLabel = "FILE.svg", description = "Also draws the times into this file.")
    private @Nullable Path plot;

    @Option(names = "--quick", description = "A first look: one Java machine in place of three, and fewer rounds.")
    private boolean quick;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BenchException, IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (plot != null) {
            requireDirectory(plot); // now, not after minutes of measuring
        }
        CipherBench bench;
        try (ProgressLine progress = ProgressLine.on(spec.commandLine().getErr())) {
            bench = CipherBench.run(quick ? Effort.QUICK : Effort.FULL, progress::show);
        }
        List<Measurement> measurements = bench.measurements();
        if (plot != null) {
            Files.writeString(plot, bench.svg(), StandardCharsets.UTF_8);
        }
        return BenchReport.print(out, json, measurements, bench.text());
    }

    private static void requireDirectory(Path file) throws NoSuchFileException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new NoSuchFileException(file + ", because its directory is missing");
        }
    }
}
