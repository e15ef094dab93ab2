package org.camseal.cli.bench;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.camseal.bench.signing.SigningBench;
import org.camseal.camera.ElementSigningKey;
import org.camseal.cli.command.ScratchDirectory;
import org.camseal.cli.demo.DemoSite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    @Mixin
    private BenchOutput output = new BenchOutput();

    @Override
    public Integer call() throws Exception {
        try (ScratchDirectory scratch = ScratchDirectory.create()) {
            DemoSite site = DemoSite.openOrCreate(scratch.path(), "files", InstantSource.system(), new SecureRandom());
            ElementSigningKey key = ElementSigningKey.of(site.camera().media());
            return output.print(progress -> SigningBench.run(key, progress));
        }
    }
}
