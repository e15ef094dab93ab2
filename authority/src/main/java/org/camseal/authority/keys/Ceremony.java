package org.camseal.authority.keys;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateWriter;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.Purpose;
import org.camseal.identity.Slot;

/**
 * Makes the two roots, P-384, and has them sign the issuing authorities, P-256; then the roots are needed no more, and their directory can be
 * taken away. Where the roots are there already, they are used: so each factory has issuing authorities of its own under the same roots. A
 * ceremony that was cut short goes on where it stopped.
 */
public final class Ceremony {
    /** Cameras whose clocks are a little behind still see a young authority as valid. */
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    private final InstantSource clock;
    private final SecureRandom random;
    private final CertificateWriter writer;

    public Ceremony(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
        this.writer = new CertificateWriter(random);
    }

    /**
     * What shall be made.
     *
     * @param home the authority's directory, which stays on the machine
     * @param rootDirectory where the roots' keys and certificates are put, to be taken away
     * @param organization the maker, in the roots' names
     * @param factory which factory, in the issuing authorities' names
     * @param rootKeys where the roots' keys are; a token holds one root key, so the two roots then share it
     * @param issuingKeys where the key of the cameras' issuing authority is
     * @param ownKeys where the other keys are: of the operations' issuing authority, and of the server
     */
    public record Plan(
            AuthorityHome home,
            Path rootDirectory,
            String organization,
            String factory,
            KeyPlace rootKeys,
            KeyPlace issuingKeys,
            KeyPlace ownKeys) {}

    /**
     * Holds it.
     *
     * @throws AuthorityException if a key or certificate cannot be made or does not fit what is there
     */
    public void hold(Plan plan) throws AuthorityException {
        try {
            DurableFile.ownDirectory(plan.home().directory());
            DurableFile.ownDirectory(plan.rootDirectory());
            issuing(plan, Purpose.Domain.DEVICE);
            issuing(plan, Purpose.Domain.OPERATIONS);
        } catch (IdentityException e) {
            throw new AuthorityException.Key("the ceremony did not come to its end: " + e.getMessage(), e);
        }
    }

    private void issuing(Plan plan, Purpose.Domain domain) throws IdentityException {
        AuthorityHome home = plan.home();
        boolean device = domain == Purpose.Domain.DEVICE;
        String name = device ? "device" : "operations";
        Path rootPlace = plan.rootDirectory().resolve(name);
        Path rootFile = plan.rootDirectory().resolve(name + "-root.pem");
        Path issuingFile = device ? home.deviceIssuing() : home.operationsIssuing();
        if (Files.exists(issuingFile)) {
            return; // made before: the root is not needed
        }
        KeyPlace place = device ? plan.issuingKeys() : plan.ownKeys();
        Path keys = device ? home.deviceKeys() : home.operationsKeys();
        try (KeyPlace.Opened roots = plan.rootKeys().open(rootPlace, KeyPlace.Preparation.IF_NEW, random);
                KeyPlace.Opened own = place.open(keys, KeyPlace.Preparation.IF_NEW, random)) {
            KeyHandle root = roots.key(
                    Slot.ROOT,
                    Files.exists(rootFile) ? new KeyPlace.Wanted.Known() : new KeyPlace.Wanted.OrNew(KeySpec.P384));
            KeyHandle issuing = own.key(Slot.ISSUING, new KeyPlace.Wanted.OrNew(KeySpec.P256));
            if (!Files.exists(rootFile)) {
                Instant begin = clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(CLOCK_SKEW);
                X509Certificate made = writer.root(
                        root,
                        plan.organization(),
                        plan.organization() + " " + name + " root",
                        new CertificateWriter.Validity(begin, CertificateProfile.NO_END));
                Pem.writeCertificates(rootFile, List.of(made));
            }
            X509Certificate rootCertificate = Pem.readCertificates(rootFile).getFirst();
            CertificateWriter.Issuer signer = new CertificateWriter.Issuer(root, rootCertificate);
            X509Certificate made = writer.issuing(
                    signer, issuing.publicKey(), plan.factory() + " " + name + " issuing authority", domain);
            Pem.writeCertificates(device ? home.deviceRoot() : home.operationsRoot(), List.of(rootCertificate));
            Pem.writeCertificates(issuingFile, List.of(made)); // last: that it is there says that all is done
        }
    }
}
