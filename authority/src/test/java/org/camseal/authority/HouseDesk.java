package org.camseal.authority;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camseal.authority.register.OrderState;
import org.camseal.authority.register.Register;
import org.camseal.authority.register.RegisterAddress;
import org.camseal.authority.registration.DeviceIssuing;
import org.camseal.authority.registration.Issuing;
import org.camseal.authority.registration.RegistrationAuthority;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateWriter;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Purpose;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;
import org.jspecify.annotations.Nullable;

/**
 * The registration authority over SQLite, with an order for each of two lines: L1-0000 to L1-9999 for line L1, and so for L2. A test may have it
 * answer something else once.
 */
public final class HouseDesk implements RegistrationDesk, AutoCloseable {
    private final Register register;
    private final X509Certificate root;
    private final Issuing issuing;
    private final RegistrationAuthority authority;
    private @Nullable EnrolmentAnswer next;
    private boolean losing;

    /** With an issuing authority of its own. */
    HouseDesk(Path directory) throws Exception {
        this(directory, made(directory));
    }

    /** With somebody else's. */
    public HouseDesk(Path directory, Signing signing) throws Exception {
        this.register =
                Register.open(new RegisterAddress.Sqlite(directory.resolve("register.db")), InstantSource.system());
        this.root = signing.root();
        this.issuing = signing.issuing();
        this.authority = RegistrationAuthority.open(register, issuing, new SecureRandom());
        for (String line : List.of("L1", "L2")) {
            ProductionOrder order = order(line);
            boolean _ = register.write(
                    ledger -> ledger.addOrder(new OrderState(order, 0, new byte[32], ledger.now()), List.of()));
        }
    }

    /** Who signs, and the root above. */
    public record Signing(Issuing issuing, X509Certificate root) {}

    private static Signing made(Path directory) throws Exception {
        CertificateWriter writer = new CertificateWriter(new SecureRandom());
        SoftwareSecureElement element = SoftwareSecureElement.open(directory.resolve("authority"), new SecureRandom());
        KeyHandle rootKey = element.generate(Slot.ROOT, KeySpec.P384);
        KeyHandle issuingKey = element.generate(Slot.ISSUING, KeySpec.P256);
        Instant yesterday = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofDays(1));
        CertificateWriter.Issuer root = new CertificateWriter.Issuer(
                rootKey,
                writer.root(
                        rootKey,
                        "Maker",
                        "device root",
                        new CertificateWriter.Validity(yesterday, CertificateProfile.NO_END)));
        X509Certificate issuing =
                writer.issuing(root, issuingKey.publicKey(), "issuing authority", Purpose.Domain.DEVICE);
        return new Signing(
                new DeviceIssuing(new CertificateWriter.Issuer(issuingKey, issuing), new SecureRandom()),
                root.certificate());
    }

    private static ProductionOrder order(String line) throws AuthorityException.Malformed {
        return new ProductionOrder(
                "order-" + line,
                "Maker",
                "Model X",
                List.of(SerialRange.parse(line + "-0000.." + line + "-9999")),
                1000,
                Set.of(line),
                Instant.now().minus(Duration.ofHours(1)),
                Instant.now().plus(Duration.ofHours(1)),
                ProductionOrder.Attestations.NOT_DEMANDED,
                Set.of(KeySpec.values()));
    }

    /** From now on that certificate is that line's. */
    public void know(String line, X509Certificate certificate) throws Exception {
        boolean _ = register.write(ledger -> {
            ledger.addCredential(CertificateProfile.LINE, line, certificate);
            return true;
        });
    }

    public X509Certificate root() {
        return root;
    }

    public X509Certificate issuing() {
        return issuing.authority();
    }

    /** What it says next, whatever is asked. */
    public synchronized void answerNext(EnrolmentAnswer answer) {
        next = answer;
    }

    /** The next answer is decided and durable, and then the power fails. */
    public synchronized void loseNextAnswer() {
        losing = true;
    }

    /** The audit log's last lines, oldest first: who, what, about which serial, and why. */
    public List<String> audit() throws AuthorityException {
        return register.audit().last(500).stream()
                .map(entry -> entry.actor() + ": " + entry.event() + " " + entry.subject() + ": " + entry.detail())
                .toList();
    }

    /** How many certificates were issued. */
    public long issued() throws AuthorityException {
        return register.totals().issued();
    }

    @Override
    public EnrolmentAnswer enrol(Requester requester, EnrolmentRequest request)
            throws AuthorityException, InterruptedException {
        EnrolmentAnswer scripted = script();
        EnrolmentAnswer answer = scripted == null ? authority.enrol(requester, request) : scripted;
        if (lost()) {
            throw new AuthorityException.Store("the power failed");
        }
        return answer;
    }

    private synchronized @Nullable EnrolmentAnswer script() {
        EnrolmentAnswer scripted = next;
        next = null;
        return scripted;
    }

    private synchronized boolean lost() {
        boolean lost = losing;
        losing = false;
        return lost;
    }

    @Override
    public Optional<byte[]> attestationChallenge(Requester requester, CertificateProfile profile)
            throws AuthorityException {
        return authority.attestationChallenge(requester, profile);
    }

    @Override
    public RevocationAnswer revoke(Requester requester, RevocationRequest request)
            throws AuthorityException, InterruptedException {
        return authority.revoke(requester, request);
    }

    @Override
    public void refused(Requester requester, String protocol, String detail) throws AuthorityException {
        authority.refused(requester, protocol, detail);
    }

    @Override
    public void close() {
        register.close();
    }
}
