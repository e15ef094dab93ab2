package org.camseal.cli.factory;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.cli.command.TestPicture;
import org.camseal.factory.ClockFloor;
import org.camseal.factory.EstClient;
import org.camseal.factory.Patience;
import org.camseal.factory.Pause;
import org.camseal.factory.Product;
import org.camseal.factory.Provisioner;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Pem;
import org.camseal.identity.Purpose;
import org.camseal.identity.Revocations;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.identity.backends.ElementAddress;
import org.camseal.web.WebClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who the line is, whom it believes, what it makes, and where it keeps it. */
final class FactoryLineOptions {
    private static final int MAX_ANSWER = 256 * 1024;

    @Option(
            names = "--authority",
            required = true,
            paramLabel = "URL",
            description = "The authority, as https://HOST:PORT.")
    private @Nullable URI authority;

    @Option(
            names = "--line",
            required = true,
            paramLabel = "DIR",
            description = "The line's identity: its key and its certificate.")
    private @Nullable Path identity;

    @Option(
            names = "--device-root",
            paramLabel = "ROOT.pem",
            description =
                    "The one root that cameras' certificates may be under. Default: the one the line's identity trusts.")
    private @Nullable Path deviceRoot;

    @Option(
            names = "--operations-root",
            paramLabel = "ROOT.pem",
            description = "The root that the authority's server is under. Default: those the line's identity trusts.")
    private @Nullable Path operationsRoot;

    @Option(names = "--organization", required = true, paramLabel = "NAME", description = "The maker, as in the order.")
    private String organization = "";

    @Option(names = "--model", required = true, paramLabel = "NAME", description = "The model, as in the order.")
    private String model = "";

    @Option(
            names = "--work",
            required = true,
            paramLabel = "DIR",
            description = "Where cameras, kept requests, reports and summaries are.")
    private @Nullable Path work;

    @Option(
            names = "--element",
            defaultValue = "files",
            paramLabel = "ADDRESS",
            description = "Each camera's element, as in camseal identity prepare; {serial} in it stands for the serial."
                    + " Default: ${DEFAULT-VALUE}.")
    private String element = "files";

    @Option(
            names = "--keys",
            defaultValue = "P256",
            paramLabel = "KIND",
            description = "The kind of both keys: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private KeySpec keys = KeySpec.P256;

    @Option(
            names = "--crl",
            paramLabel = "FILE",
            description =
                    "A revocation list of the operations authority, DER or PEM; may be given several times. A server"
                            + " that is on one is refused.")
    private List<Path> revocationLists = List.of();

    Path work() {
        return Objects.requireNonNull(work);
    }

    /** Opens the line. The authority is not asked yet. */
    FactoryLine open(InstantSource clock) throws IdentityException, CommandFailure {
        SecureRandom random = new SecureRandom();
        Product product = new Product(organization, model);
        try {
            product.camera("0");
            ElementAddress.parse(element.replace("{serial}", "0"));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, Fault.oneLine(e.getMessage()), null);
        }
        Identity own = Identity.open(Objects.requireNonNull(identity), ElementAddress.opener(random));
        TrustRoots roots = roots(own.roots());
        X509Certificate device = roots.device().getFirst();
        CertifiedKey key = own.tls();
        ClockFloor floor = new ClockFloor(clock);
        floor.saw(roots.operations());
        floor.saw(key.chain());
        PeerRule server = PeerRule.anyOf(
                new TrustEvaluator(roots, Revocations.read(revocationLists)), Set.of(Purpose.AUTHORITY_SERVER), floor);
        WebClient web = new WebClient(
                base(),
                Optional.of(TlsContexts.client(key, server)),
                Optional.empty(),
                new WebClient.Limits(Duration.ofSeconds(10), Duration.ofSeconds(10), MAX_ANSWER));
        EstClient est = new EstClient(web, Patience.USUAL, new EstClient.Pace(clock, random, Pause.SLEEP));
        Provisioner provisioner = new Provisioner(
                work(),
                new Provisioner.Plan(
                        product,
                        element,
                        (text, kept) -> ElementAddress.preparing(ElementAddress.parse(text), random)
                                .open(text, kept),
                        keys,
                        new TestPicture(floor)),
                est,
                new Provisioner.Trust(key, device, floor));
        return new FactoryLine(provisioner, web, own.element());
    }

    private TrustRoots roots(TrustRoots known) throws IdentityException, CommandFailure {
        List<X509Certificate> device = deviceRoot == null ? known.device() : Pem.readCertificates(deviceRoot);
        List<X509Certificate> operations =
                operationsRoot == null ? known.operations() : Pem.readCertificates(operationsRoot);
        if (device.size() != 1) {
            throw new CommandFailure(
                    ExitCode.KEY,
                    device.size() + " device roots; exactly one is pinned",
                    "name it with --device-root ROOT.pem");
        }
        if (operations.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.KEY,
                    "no operations root: the authority's server cannot be judged",
                    "name it with --operations-root ROOT.pem");
        }
        return new TrustRoots(device, List.of(), operations);
    }

    private URI base() throws CommandFailure {
        String text = Objects.requireNonNull(authority).toString();
        if (!text.startsWith("https://")) {
            throw new CommandFailure(ExitCode.USAGE, "--authority " + text + " is not https", null);
        }
        return URI.create(text.endsWith("/") ? text : text + "/");
    }
}
