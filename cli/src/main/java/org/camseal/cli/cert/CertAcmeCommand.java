package org.camseal.cli.cert;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.camseal.acme.AcmeAuthority;
import org.camseal.acme.AcmeClient;
import org.camseal.acme.IssuanceException;
import org.camseal.acme.Issued;
import org.camseal.acme.Proving;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.cli.command.Json;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.SecureElement;
import org.camseal.identity.backends.ElementAddress;
import org.camseal.identity.customer.CustomerTls;
import org.camseal.identity.customer.RequestedNames;
import org.camseal.identity.voucher.Shown;
import org.camseal.web.ListenAddress;
import org.camseal.web.WebException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal cert acme}: a certificate of a public authority, by proving that the names lead here. */
@Command(
        name = "acme",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Gets a TLS certificate for the owner's key from an authority that speaks ACME, and installs it: for TLS servers only. Says when"
                    + " to renew it; the same command renews.",
            "",
            "The authority connects to each name, on port 443 (tls-alpn-01) or 80 (http-01): the port must lead here while it asks. The"
                    + " account's key is kept in DIR/acme-account-key.pem."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  installed, or with --if-due not due yet",
            "   4  the authority cannot be reached, refuses, or does not find the name here",
            "   5  a key is missing or wrong"
        })
final class CertAcmeCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private enum Challenge {
        TLS_ALPN_01,
        HTTP_01
    }

    @Parameters(paramLabel = "DIR", description = "The identity's directory.")
    private @Nullable Path directory;

    @Option(
            names = "--directory",
            required = true,
            paramLabel = "URL",
            description = "The authority's ACME directory, for example https://acme-v02.api.letsencrypt.org/directory.")
    private @Nullable URI authority;

    @Option(
            names = "--dns",
            required = true,
            paramLabel = "NAME",
            description = "A DNS name. May be given several times.")
    private List<String> dns = List.of();

    @Option(
            names = "--challenge",
            paramLabel = "KIND",
            defaultValue = "tls-alpn-01",
            converter = ChallengeName.class,
            description = "tls-alpn-01 or http-01. Default: ${DEFAULT-VALUE}.")
    private Challenge challenge = Challenge.TLS_ALPN_01;

    @Option(
            names = "--listen",
            paramLabel = "[ADDRESS:]PORT",
            description =
                    "Where the authority's question arrives, if a port is forwarded. Default: the port it asks for, on all addresses.")
    private @Nullable String listen;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "Where the authority may write to.")
    private @Nullable String email;

    @Option(names = "--agree-terms", description = "You have read the authority's terms of service and agree to them.")
    private boolean agrees;

    @Option(
            names = "--authority-root",
            paramLabel = "ROOT.pem",
            description = "The root of the authority's own HTTPS server, if it is one of your own.")
    private @Nullable Path authorityRoot;

    @Option(
            names = "--if-due",
            description = "Does nothing if two thirds of the life of the installed certificate are not over.")
    private boolean ifDue;

    @Mixin
    private VouchersOptions vouchers = new VouchersOptions();

    @Option(names = "--json", description = "Prints what was installed as one JSON object.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    static final class ChallengeName implements picocli.CommandLine.ITypeConverter<Challenge> {
        @Override
        public Challenge convert(String text) {
            return switch (text) {
                case "tls-alpn-01" -> Challenge.TLS_ALPN_01;
                case "http-01" -> Challenge.HTTP_01;
                default -> throw new picocli.CommandLine.TypeConversionException("it is tls-alpn-01 or http-01");
            };
        }
    }

    @Override
    public Integer call() throws IdentityException, IssuanceException, InterruptedException, CommandFailure {
        Path home = Objects.requireNonNull(directory);
        AcmeClient client = client(home);
        RequestedNames names = names();
        Identity identity = Identity.open(home, ElementAddress.opener(new SecureRandom()));
        try (SecureElement _ = identity.element()) {
            CustomerTls custom = CustomerTls.of(home, identity);
            Optional<Instant> due = custom.certified().map(CertAcmeCommand::due);
            if (ifDue && due.isPresent() && due.get().isAfter(Instant.now())) {
                Objects.requireNonNull(spec).commandLine().getOut().println(home + ": not due before " + due.get());
                return ExitCode.DONE.number();
            }
            custom.keyOrNew(KeySpec.P256);
            Issued issued = client.obtain(
                    names.dns(), custom.request(names), new AcmeClient.Asker(Optional.ofNullable(email), agrees));
            tell(home, custom.install(issued.chain(), Instant.now()), issued.renewFrom());
        }
        return ExitCode.DONE.number();
    }

    private static Instant due(CertifiedKey installed) {
        return Issued.twoThirds(installed.chain().getFirst());
    }

    private void tell(Path home, List<X509Certificate> installed, Instant renewFrom) throws IdentityException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Shown shown = Shown.inFile(installed);
        CertExplanation told = new CertExplanation(
                home + ": installed", shown, vouchers.judge(Optional.empty()).judge(shown));
        if (json) {
            Map<String, Object> object = told.json();
            object.put("renewFrom", renewFrom.toString());
            out.println(Json.text(object));
        } else {
            told.lines().forEach(out::println);
            out.println(
                    "  renew from         " + renewFrom + " on: the same command, for example every day with --if-due");
        }
    }

    private RequestedNames names() throws CommandFailure {
        try {
            return new RequestedNames("", dns, List.of());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, Fault.oneLine(e.getMessage()), null, e);
        }
    }

    private AcmeClient client(Path home) throws IdentityException, CommandFailure {
        List<X509Certificate> roots = authorityRoot == null ? List.of() : Pem.readCertificates(authorityRoot);
        try {
            return new AcmeClient(
                    new AcmeAuthority(Objects.requireNonNull(authority), roots),
                    home.resolve("acme-account-key.pem"),
                    switch (challenge) {
                        case TLS_ALPN_01 -> new Proving.TlsAlpn(listen(443));
                        case HTTP_01 -> new Proving.Http(listen(80));
                    },
                    new AcmeClient.Limits(PATIENCE, InstantSource.system()),
                    new SecureRandom());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, Fault.oneLine(e.getMessage()), null, e);
        }
    }

    private InetSocketAddress listen(int standard) throws CommandFailure {
        try {
            return listen == null
                    ? new InetSocketAddress(standard)
                    : ListenAddress.parseOrEverywhere("--listen", listen);
        } catch (WebException.CannotStart e) {
            throw new CommandFailure(ExitCode.USAGE, Fault.oneLine(e.getMessage()), null, e);
        }
    }
}
