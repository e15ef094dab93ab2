package org.camseal.e2e.soak;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.camseal.authority.ProductionOrder;
import org.camseal.authority.SerialRange;
import org.camseal.authority.register.OrderState;
import org.camseal.authority.register.Register;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertificateWriter;
import org.camseal.identity.CertificateWriter.Issuer;
import org.camseal.identity.CertificateWriter.Validity;
import org.camseal.identity.Identity;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.Purpose;
import org.camseal.identity.Role;
import org.camseal.identity.SecureElement;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;
import org.camseal.identity.TrustRoots;
import org.camseal.identity.backends.ElementAddress;

/** Makes what a factory needs before its first camera: roots, an issuing authority whose key is in a process of its own, lines, orders. */
final class SoakPki {
    static final String MAKER = "Soak Maker";
    static final String MODEL = "Soak Camera";

    private final SoakPlaces places;
    private final CertificateWriter writer = new CertificateWriter(new SecureRandom());
    private final Validity validity;

    SoakPki(SoakPlaces places) {
        this.places = places;
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        this.validity = new Validity(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)));
    }

    /** Makes all of it, and writes lines and orders to the register. */
    void make(Register register, int lines, int camerasEach) throws Exception {
        Issuer deviceRoot = root("device root");
        Pem.writeCertificates(places.deviceRoot(), List.of(deviceRoot.certificate()));
        try (SecureElement element = issuingElement()) {
            KeyHandle key = element.generate(Slot.ISSUING, KeySpec.P256);
            X509Certificate issuing =
                    writer.issuing(deviceRoot, key.publicKey(), "Soak issuing authority", Purpose.Domain.DEVICE);
            Pem.writeCertificates(places.issuing(), List.of(issuing));
        }
        Issuer operationsRoot = root("operations root");
        Pem.writeCertificates(places.operationsRoot(), List.of(operationsRoot.certificate()));
        KeyHandle operationsKey = key("operations-issuing", Slot.ISSUING);
        Issuer operations = new Issuer(
                operationsKey,
                writer.issuing(
                        operationsRoot, operationsKey.publicKey(), "Soak operations", Purpose.Domain.OPERATIONS));
        server(operations);
        TrustRoots roots =
                new TrustRoots(List.of(deviceRoot.certificate()), List.of(), List.of(operationsRoot.certificate()));
        for (int line = 0; line < lines; line++) {
            line(register, operations, roots, line);
            order(register, line, camerasEach);
        }
    }

    private SecureElement issuingElement() throws Exception {
        return ElementAddress.preparing(new ElementAddress.Soft(), new SecureRandom())
                .open("soft", places.issuingElement());
    }

    private KeyHandle key(String name, Slot slot) throws Exception {
        return SoftwareSecureElement.open(places.keys().resolve(name), new SecureRandom())
                .generate(slot, KeySpec.P256);
    }

    private Issuer root(String name) throws Exception {
        KeyHandle key = key(name.replace(' ', '-'), Slot.ROOT);
        return new Issuer(key, writer.root(key, MAKER, MAKER + " " + name, validity));
    }

    private X509Certificate end(Issuer issuer, KeyHandle key, CertificateProfile profile, String serial)
            throws Exception {
        return writer.end(
                issuer,
                key.publicKey(),
                new CertificateSubject(MAKER, serial, serial),
                new CertificateWriter.EndForm(profile, validity),
                writer.newNumber());
    }

    private void server(Issuer operations) throws Exception {
        KeyHandle key = key("server", Slot.TLS);
        X509Certificate leaf = end(operations, key, CertificateProfile.AUTHORITY_SERVER, "authority");
        Pem.writeCertificates(places.server(), List.of(leaf, operations.certificate()));
    }

    private void line(Register register, Issuer operations, TrustRoots roots, int line) throws Exception {
        Identity identity = Identity.openOrCreate(places.line(line), Role.LINE, new SecureRandom());
        KeyHandle key = identity.element().generate(Slot.TLS, KeySpec.P256);
        X509Certificate leaf = end(operations, key, CertificateProfile.LINE, SoakPlaces.lineId(line));
        identity.install(Slot.TLS, List.of(leaf, operations.certificate()));
        identity.trust(roots);
        boolean _ = register.write(ledger -> {
            ledger.addCredential(CertificateProfile.LINE, SoakPlaces.lineId(line), leaf);
            return true;
        });
    }

    private static void order(Register register, int line, int cameras) throws Exception {
        Instant now = Instant.now();
        ProductionOrder order = new ProductionOrder(
                "O" + line,
                MAKER,
                MODEL,
                List.of(SerialRange.parse(SoakPlaces.serial(line, 0) + ".." + SoakPlaces.serial(line, cameras - 1))),
                cameras,
                Set.of(SoakPlaces.lineId(line)),
                now.minus(Duration.ofHours(1)),
                now.plus(Duration.ofDays(1)),
                ProductionOrder.Attestations.NOT_DEMANDED,
                Set.of(KeySpec.P256));
        boolean added =
                register.write(ledger -> ledger.addOrder(new OrderState(order, 0, new byte[32], now), List.of()));
        if (!added) {
            throw new IllegalStateException("order " + line + " was there");
        }
    }
}
