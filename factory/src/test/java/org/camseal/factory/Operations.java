package org.camseal.factory;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertificateWriter;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Purpose;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;

/** An operations root made by the test, with a line and the authority's server under it. */
final class Operations {
    private final Path directory;
    private final CertificateWriter writer = new CertificateWriter(new SecureRandom());
    private final X509Certificate root;
    private final CertificateWriter.Issuer issuer;
    private final CertificateWriter.Validity validity;

    Operations(Path directory) throws Exception {
        this.directory = directory;
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        this.validity = new CertificateWriter.Validity(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(30)));
        KeyHandle rootKey = key("root", Slot.ROOT);
        KeyHandle issuingKey = key("issuing", Slot.ISSUING);
        this.root = writer.root(rootKey, "Maker", "Maker operations root", validity);
        this.issuer = new CertificateWriter.Issuer(
                issuingKey,
                writer.issuing(
                        new CertificateWriter.Issuer(rootKey, root),
                        issuingKey.publicKey(),
                        "Maker operations",
                        Purpose.Domain.OPERATIONS));
    }

    private KeyHandle key(String name, Slot slot) throws Exception {
        return SoftwareSecureElement.open(directory.resolve(name), new SecureRandom())
                .generate(slot, KeySpec.P256);
    }

    private CertifiedKey certified(CertificateProfile profile, String serial) throws Exception {
        KeyHandle key = key(serial, Slot.TLS);
        X509Certificate leaf = writer.end(
                issuer,
                key.publicKey(),
                new CertificateSubject("Maker", serial, serial),
                new CertificateWriter.EndForm(profile, validity),
                writer.newNumber());
        return new CertifiedKey(key, List.of(leaf, issuer.certificate()));
    }

    CertifiedKey line(String id) throws Exception {
        return certified(CertificateProfile.LINE, id);
    }

    CertifiedKey server() throws Exception {
        return certified(CertificateProfile.AUTHORITY_SERVER, "server");
    }

    TrustEvaluator trust() {
        return new TrustEvaluator(new TrustRoots(List.of(), List.of(), List.of(root)));
    }
}
