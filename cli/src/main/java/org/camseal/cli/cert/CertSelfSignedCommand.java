package org.camseal.cli.cert;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Json;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SecureElement;
import org.camseal.identity.backends.ElementAddress;
import org.camseal.identity.customer.CustomerTls;
import org.camseal.identity.customer.RequestedNames;
import org.camseal.identity.voucher.Shown;
import org.camseal.identity.voucher.VoucherJudge;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal cert self-signed}: a certificate that nobody vouches for. */
@Command(
        name = "self-signed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes a certificate that the owner's TLS key signs itself, and installs it.",
            "",
            "It proves nothing about who it is: anyone can make one with the same names. Compare its SHA-256 by another way before you rely on"
                    + " it, or let an authority sign a request instead (`camseal cert request`)."
        })
final class CertSelfSignedCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The identity's directory.")
    private @Nullable Path directory;

    @Mixin
    private NamesOptions names = new NamesOptions();

    @Option(names = "--days", defaultValue = "365", description = "How long it lives, 1 to 3650. Default: 365.")
    private int days = 365;

    @Option(names = "--json", description = "Prints what was installed as one JSON object.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IdentityException, CommandFailure {
        RequestedNames wanted = names.names();
        if (days < 1 || days > 3650) {
            throw new CommandFailure(ExitCode.USAGE, "--days " + days + " is not 1 to 3650", null);
        }
        Path home = Objects.requireNonNull(directory);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Identity identity = Identity.open(home, ElementAddress.opener(new SecureRandom()));
        try (SecureElement _ = identity.element()) {
            CustomerTls custom = CustomerTls.of(home, identity);
            custom.keyOrNew(KeySpec.P256);
            X509Certificate own = custom.selfSigned(wanted, days, Instant.now());
            Shown shown = Shown.inFile(List.of(own));
            VoucherJudge judge = new VoucherJudge(List.of(), List.of(), Optional.empty(), InstantSource.system());
            CertExplanation told = new CertExplanation(home + ": installed", shown, judge.judge(shown));
            if (json) {
                out.println(Json.text(told.json()));
            } else {
                told.lines().forEach(out::println);
            }
        }
        err.println(
                "camseal: hint: nobody vouches for this certificate; compare its SHA-256 by another way before relying on it");
        return ExitCode.DONE.number();
    }
}
