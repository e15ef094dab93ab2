package org.camseal.cli.cert;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Json;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;
import org.camseal.identity.SecureElement;
import org.camseal.identity.backends.ElementAddress;
import org.camseal.identity.customer.CustomerTls;
import org.camseal.identity.voucher.Shown;
import org.camseal.identity.voucher.VoucherJudge;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal cert install}: the chain that an authority gave for the owner's TLS key. */
@Command(
        name = "install",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Installs the certificate chain that an authority gave for the owner's TLS key, and says what it proves. It must be for this key,"
                    + " each certificate followed by its issuer's, valid now, and for TLS servers; else nothing is changed.",
        },
        footerHeading = "%nExit codes:%n",
        footer = {"   0  installed", "   4  a file cannot be read", "   5  the chain does not fit; nothing was changed"
        })
final class CertInstallCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "The identity's directory.")
    private @Nullable Path directory;

    @Parameters(index = "1", paramLabel = "CHAIN.pem", description = "The certificate first, then its issuers'.")
    private @Nullable Path chain;

    @Mixin
    private VouchersOptions vouchers = new VouchersOptions();

    @Option(names = "--json", description = "Prints what was installed as one JSON object.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IdentityException {
        Path home = Objects.requireNonNull(directory);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        VoucherJudge judge = vouchers.judge(Optional.empty());
        List<X509Certificate> given = Pem.readCertificates(Objects.requireNonNull(chain));
        Identity identity = Identity.open(home, ElementAddress.opener(new SecureRandom()));
        try (SecureElement _ = identity.element()) {
            List<X509Certificate> installed = CustomerTls.of(home, identity).install(given, Instant.now());
            Shown shown = Shown.inFile(installed);
            CertExplanation told = new CertExplanation(home + ": installed", shown, judge.judge(shown));
            if (json) {
                out.println(Json.text(told.json()));
            } else {
                told.lines().forEach(out::println);
            }
        }
        return ExitCode.DONE.number();
    }
}
