package org.camseal.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.camseal.bench.BenchException;
import org.camseal.bench.Measurement;
import org.camseal.bench.signing.SigningBench;
import org.camseal.camera.CameraException;
import org.camseal.camera.ElementSigningKey;
import org.camseal.identity.IdentityException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code camseal bench signing}: what media signing costs. */
@Command(
        name = "signing",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Signs and validates a clip of 18 000 pictures, 302 MB, that is made in memory, and says how many pictures a second that is and"
                    + " how many bits the signatures take.",
            "",
            "The key is a camera's, made for this measurement in a software element. The fastest of five rounds counts. Takes a minute."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  every target is met",
            "   3  a target is missed",
            "   4  the measurement could not run",
        })
final class SigningBenchCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Prints every number as one JSON array.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws BenchException, CameraException, IdentityException, IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<Measurement> measurements;
        try (ScratchDirectory scratch = ScratchDirectory.create();
                ProgressLine progress = ProgressLine.on(spec.commandLine().getErr())) {
            DemoSite site = DemoSite.openOrCreate(scratch.path(), "files", InstantSource.system(), new SecureRandom());
            ElementSigningKey key = ElementSigningKey.of(site.camera().media());
            measurements = SigningBench.run(key, progress::show);
        }
        return BenchReport.print(out, json, measurements);
    }
}
