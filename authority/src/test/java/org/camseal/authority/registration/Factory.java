package org.camseal.authority.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.ProductionOrder;
import org.camseal.authority.RefusalReason;
import org.camseal.authority.Requester;
import org.camseal.authority.SerialRange;
import org.camseal.authority.register.OrderState;
import org.camseal.authority.register.Register;
import org.camseal.authority.register.RegisterAddress;
import org.camseal.identity.AttestationAttribute;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertificateWriter;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Purpose;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;

/** A register with an order, a line and an issuing authority, made in a moment; keys in files of a test's directory. */
public final class Factory implements AutoCloseable {
    /** When tests take place; they move it. */
    public Instant now = Instant.parse("2026-11-22T12:00:00Z");

    public final Register register;
    public final DeviceIssuing issuing;
    public final X509Certificate root;
    public final X509Certificate operationsRoot;
    public final Requester.Line line;
    private final CertificateWriter writer = new CertificateWriter(new SecureRandom());
    private final CertificateWriter.Issuer operations;
    private final Path directory;
    private int elements;

    public Factory(Path directory, RegisterAddress at) throws Exception {
        this.directory = directory;
        this.register = Register.open(at, () -> now);
        CertificateWriter.Issuer deviceRoot = root(Purpose.Domain.DEVICE, "device");
        this.root = deviceRoot.certificate();
        this.issuing = new DeviceIssuing(issuing(deviceRoot, Purpose.Domain.DEVICE), new SecureRandom());
        CertificateWriter.Issuer top = root(Purpose.Domain.OPERATIONS, "operations");
        this.operationsRoot = top.certificate();
        this.operations = issuing(top, Purpose.Domain.OPERATIONS);
        this.line = line("L1");
    }

    /** A key in a new element of its own. */
    public KeyHandle key(Slot slot, KeySpec spec) throws Exception {
        Path place = directory.resolve("element-" + elements++);
        return SoftwareSecureElement.open(place, new SecureRandom()).generate(slot, spec);
    }

    private CertificateWriter.Issuer root(Purpose.Domain domain, String name) throws Exception {
        KeyHandle key = key(Slot.ROOT, KeySpec.P384);
        CertificateWriter.Validity validity =
                new CertificateWriter.Validity(Instant.parse("2026-01-01T00:00:00Z"), CertificateProfile.NO_END);
        return new CertificateWriter.Issuer(key, writer.root(key, "Maker", domain + " root " + name, validity));
    }

    private CertificateWriter.Issuer issuing(CertificateWriter.Issuer root, Purpose.Domain domain) throws Exception {
        KeyHandle key = key(Slot.ISSUING, KeySpec.P256);
        return new CertificateWriter.Issuer(key, writer.issuing(root, key.publicKey(), domain + " issuing", domain));
    }

    /** A line with a certificate that the register knows. */
    public Requester.Line line(String id) throws Exception {
        X509Certificate certificate = staff(CertificateProfile.LINE, id);
        boolean _ = register.write(ledger -> {
            ledger.addCredential(CertificateProfile.LINE, id, certificate);
            return true;
        });
        return new Requester.Line(id, certificate);
    }

    /** A key and its certificate of the operations side, that the register knows. */
    public CertifiedKey known(CertificateProfile profile, String id) throws Exception {
        CertifiedKey certified = unknown(profile, id);
        boolean _ = register.write(ledger -> {
            ledger.addCredential(profile, id, certified.chain().getFirst());
            return true;
        });
        return certified;
    }

    /** The directory of the element that was made last. */
    public Path newestElement() {
        return directory.resolve("element-" + (elements - 1));
    }

    /** The same, that the register does not know. */
    public CertifiedKey unknown(CertificateProfile profile, String id) throws Exception {
        KeyHandle key = key(Slot.TLS, KeySpec.P256);
        return new CertifiedKey(key, List.of(staff(profile, id, key), operations.certificate()));
    }

    /** A certificate of the operations side, which the register does not know. */
    public X509Certificate staff(CertificateProfile profile, String id) throws Exception {
        return staff(profile, id, key(Slot.TLS, KeySpec.P256));
    }

    private X509Certificate staff(CertificateProfile profile, String id, KeyHandle key) throws Exception {
        CertificateWriter.Validity validity = new CertificateWriter.Validity(now, now.plus(Duration.ofDays(30)));
        return writer.end(
                operations,
                key.publicKey(),
                new CertificateSubject("Maker", id, id),
                new CertificateWriter.EndForm(profile, validity),
                writer.newNumber());
    }

    /** An order for CS-0000 to CS-9999 of Model X, on line L1, open for a day around {@link #now}, any kind of key. */
    public ProductionOrder order(String id, long quantity) throws Exception {
        return new ProductionOrder(
                id,
                "Maker",
                "Model X",
                List.of(SerialRange.parse("CS-0000..CS-9999")),
                quantity,
                Set.of("L1"),
                now.minus(Duration.ofHours(12)),
                now.plus(Duration.ofHours(12)),
                ProductionOrder.Attestations.NOT_DEMANDED,
                Set.of(KeySpec.values()));
    }

    public byte[] add(ProductionOrder order, byte[]... genuine) throws Exception {
        byte[] challenge = new byte[AttestationAttribute.CHALLENGE_BYTES];
        new SecureRandom().nextBytes(challenge);
        boolean added = register.write(
                ledger -> ledger.addOrder(new OrderState(order, 0, challenge, ledger.now()), List.of(genuine)));
        if (!added) {
            throw new IllegalStateException("the order was there");
        }
        return challenge;
    }

    public RegistrationAuthority authority() throws Exception {
        return RegistrationAuthority.open(register, issuing, new SecureRandom());
    }

    public static CertificateSubject camera(String serial) {
        return new CertificateSubject("Maker", "Model X", serial);
    }

    /** A wish for a new key's device certificate. */
    public EnrolmentRequest wish(String serial) throws Exception {
        return wish(camera(serial), CertificateProfile.DEVICE_TLS, key(Slot.TLS, KeySpec.P256));
    }

    public static EnrolmentRequest wish(CertificateSubject camera, CertificateProfile profile, KeyHandle key)
            throws Exception {
        return new EnrolmentRequest(CertificateRequest.sign(key, camera), camera, profile, Optional.empty(), "test");
    }

    public static X509Certificate issued(EnrolmentAnswer answer) {
        if (answer instanceof EnrolmentAnswer.Issued issued) {
            return issued.chain().getFirst();
        }
        throw new AssertionError("not issued: " + answer);
    }

    static BigInteger number(EnrolmentAnswer answer) {
        return issued(answer).getSerialNumber();
    }

    public InstantSource clock() {
        return () -> now;
    }

    @Override
    public void close() {
        register.close();
    }

    /** That it was refused, and why. */
    static void assertRefused(EnrolmentAnswer answer, RefusalReason reason) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        EnrolmentAnswer.Refused.class,
                        refused -> assertThat(refused.reason())
                                .as(refused.detail())
                                .isEqualTo(reason));
    }
}
