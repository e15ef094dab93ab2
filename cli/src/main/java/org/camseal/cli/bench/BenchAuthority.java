package org.camseal.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.ProductionOrder;
import org.camseal.authority.Requester;
import org.camseal.authority.SerialRange;
import org.camseal.authority.keys.AuthorityHome;
import org.camseal.authority.keys.AuthorityKeys;
import org.camseal.authority.keys.Ceremony;
import org.camseal.authority.keys.KeyPlace;
import org.camseal.authority.register.Register;
import org.camseal.authority.register.RegisterAddress;
import org.camseal.authority.registration.DeviceIssuing;
import org.camseal.authority.registration.OperatorDesk;
import org.camseal.authority.registration.RegistrationAuthority;
import org.camseal.authority.status.OcspSigner;
import org.camseal.authority.status.RevocationList;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;

/** An authority with one line and one large order, made for measuring in a directory of its own. */
final class BenchAuthority implements AutoCloseable {
    static final String MAKER = "Maker";
    static final String MODEL = "Model X";

    private final Register register;
    private final AuthorityKeys keys;
    private final RegistrationAuthority authority;
    private final Requester.Line line;

    private BenchAuthority(
            Register register, AuthorityKeys keys, RegistrationAuthority authority, Requester.Line line) {
        this.register = register;
        this.keys = keys;
        this.authority = authority;
        this.line = line;
    }

    /** Makes the keys once; the register is given. */
    static BenchAuthority in(Path directory, RegisterAddress at)
            throws AuthorityException, IdentityException, IOException, InterruptedException {
        SecureRandom random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        Path passphrase = directory.resolve("passphrase");
        if (!Files.exists(passphrase)) {
            Files.createFile(
                    passphrase, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(passphrase, "for measuring only");
        }
        AuthorityHome home = new AuthorityHome(directory.resolve("authority"));
        KeyPlace encrypted = new KeyPlace.Encrypted(passphrase);
        new Ceremony(clock, random)
                .hold(new Ceremony.Plan(
                        home, directory.resolve("roots"), MAKER, "Bench", encrypted, encrypted, encrypted));
        AuthorityKeys keys = AuthorityKeys.of(home, encrypted, encrypted, clock, random);
        Register register = Register.open(at, clock);
        RegistrationAuthority authority =
                RegistrationAuthority.open(register, new DeviceIssuing(keys.deviceIssuer(), random), random);
        authority.recover();
        return new BenchAuthority(register, keys, authority, line(directory, register, keys, random));
    }

    private static Requester.Line line(Path directory, Register register, AuthorityKeys keys, SecureRandom random)
            throws AuthorityException, IdentityException, IOException, InterruptedException {
        Path place = Files.createTempDirectory(directory, "line");
        X509Certificate certificate = keys.staff(
                        CertificateProfile.LINE,
                        SoftwareSecureElement.open(place, random)
                                .generate(Slot.TLS, KeySpec.P256)
                                .publicKey(),
                        new CertificateSubject(MAKER, "L1", "L1"))
                .getFirst();
        new OperatorDesk(register, random).certify("bench", CertificateProfile.LINE, "L1", certificate);
        return new Requester.Line("L1", certificate);
    }

    /** An order that allows all that is measured. */
    void order(String id, String prefix) throws AuthorityException, InterruptedException {
        Instant now = Instant.now();
        ProductionOrder order = new ProductionOrder(
                id,
                MAKER,
                MODEL,
                List.of(new SerialRange(prefix, 0, 99_999_999, 8)),
                100_000_000,
                Set.of("L1"),
                now.minusSeconds(60),
                now.plus(Duration.ofDays(1)),
                ProductionOrder.Attestations.NOT_DEMANDED,
                Set.of(KeySpec.RSA2048));
        new OperatorDesk(register, new SecureRandom()).addOrder("bench", order, List.of());
    }

    /** All that happens between a request's bytes and the answer, the network apart; the request's signature is checked. */
    void enrol(byte[] request) throws AuthorityException, IdentityException, InterruptedException {
        CertificateRequest parsed = CertificateRequest.parse(request, "a request for measuring");
        CertificateSubject subject = parsed.subject().orElseThrow();
        EnrolmentAnswer answer = authority.enrol(
                line,
                new EnrolmentRequest(
                        parsed, subject, CertificateProfile.DEVICE_TLS, java.util.Optional.empty(), "bench"));
        if (!(answer instanceof EnrolmentAnswer.Issued issued) || issued.again()) {
            throw new IllegalStateException("not issued: " + answer);
        }
    }

    /** Measures what status costs, with this authority's keys. */
    StatusMeasurements status() throws AuthorityException {
        var issuer = keys.deviceIssuer();
        CertifiedKey signer = keys.statusSigner(new CertificateSubject(MAKER, "status", "status"));
        return new StatusMeasurements(
                new RevocationList.Issuer(issuer.certificate(), issuer.key(), new StatusMeasurements.Everybody(0)),
                new OcspSigner(signer.key(), signer.chain().getFirst()));
    }

    Register register() {
        return register;
    }

    @Override
    public void close() {
        register.close();
        keys.close();
    }
}
