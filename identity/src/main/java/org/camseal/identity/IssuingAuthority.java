package org.camseal.identity;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * A root and its one issuing authority, with their keys in an element of their own, in one directory. What it issued is kept there, so
 * that the same request gets the same certificate again (the first answer may have been lost), and the same serial with another key
 * is refused until an operator releases it.
 */
final class IssuingAuthority {
    /** Peers whose clocks are this much behind still see a young authority as valid. */
    private static final Duration CLOCK_SKEW = Duration.ofDays(1);

    private final Path directory;
    private final Purpose.Domain domain;
    private final InstantSource clock;
    private final CertificateWriter writer;
    private final CertificateWriter.Issuer issuer;
    private final X509Certificate root;

    private IssuingAuthority(Workshop workshop, X509Certificate root, CertificateWriter.Issuer issuer) {
        this.directory = workshop.directory();
        this.domain = workshop.domain();
        this.clock = workshop.clock();
        this.writer = new CertificateWriter(workshop.random());
        this.root = root;
        this.issuer = issuer;
    }

    /** Where an authority is, of what kind it is, and what it works with. */
    record Workshop(Path directory, Purpose.Domain domain, InstantSource clock, SecureRandom random) {
        Path rootFile() {
            return directory.resolve("root.pem");
        }

        Path issuingFile() {
            return directory.resolve("issuing.pem");
        }
    }

    /** Opens the authority, or makes it; a making that was cut short goes on where it stopped. */
    static IssuingAuthority openOrCreate(Workshop workshop, String organization) throws IdentityException {
        DurableFile.ownDirectory(workshop.directory());
        SoftwareSecureElement element =
                SoftwareSecureElement.open(workshop.directory().resolve("element"), workshop.random());
        KeyHandle rootKey = key(element, Slot.ROOT, KeySpec.P384);
        KeyHandle issuingKey = key(element, Slot.ISSUING, KeySpec.P256);
        CertificateWriter writer = new CertificateWriter(workshop.random());
        try (DirectoryLock lock = DirectoryLock.take(workshop.directory())) {
            lock.removeHalfWritten();
            X509Certificate root = kept(workshop.rootFile()).orElse(null);
            if (root == null) {
                root = writer.root(rootKey, name(organization, workshop.domain(), "root"), validity(workshop));
                Pem.writeCertificates(workshop.rootFile(), List.of(root));
            }
            requireFits(root, rootKey, workshop.rootFile());
            X509Certificate issuing = kept(workshop.issuingFile()).orElse(null);
            if (issuing == null) {
                issuing = writer.issuing(
                        new CertificateWriter.Issuer(rootKey, root),
                        issuingKey.publicKey(),
                        name(organization, workshop.domain(), "issuing authority"),
                        purposes(workshop.domain()));
                Pem.writeCertificates(workshop.issuingFile(), List.of(issuing));
            }
            requireFits(issuing, issuingKey, workshop.issuingFile());
            return new IssuingAuthority(workshop, root, new CertificateWriter.Issuer(issuingKey, issuing));
        }
    }

    X509Certificate root() {
        return root;
    }

    X509Certificate issuing() {
        return issuer.certificate();
    }

    /** Issues, or gives again, the chain (leaf first, without the root) for that subject, profile and key. */
    List<X509Certificate> issue(CertificateProfile profile, CertificateSubject subject, PublicKey key)
            throws IdentityException {
        if (profile.purpose().domain() != domain) {
            throw new IllegalArgumentException("a " + domain + " authority issues no " + profile + " certificates");
        }
        requireStrong(key);
        Path issued = directory.resolve("issued");
        DurableFile.ownDirectory(issued);
        try (DirectoryLock lock = DirectoryLock.take(issued)) {
            lock.removeHalfWritten();
            Path file = issued.resolve(fileName(profile, subject.serial()));
            Optional<X509Certificate> before = kept(file);
            if (before.isPresent() && stillServes(before.get(), profile, key, subject)) {
                return chain(before.get());
            }
            X509Certificate certificate =
                    writer.end(issuer, key, subject, new CertificateWriter.EndForm(profile, endValidity(profile)));
            Pem.writeCertificates(file, List.of(certificate)); // kept before it is given out
            return chain(certificate);
        }
    }

    /** Forgets what was issued for that serial, so that another key may have a certificate; true if there was something. */
    boolean release(CertificateProfile profile, String serial) throws IdentityException {
        Path issued = directory.resolve("issued");
        DurableFile.ownDirectory(issued);
        try (DirectoryLock lock = DirectoryLock.take(issued)) {
            lock.removeHalfWritten();
            Path file = issued.resolve(fileName(profile, serial));
            boolean there = Files.exists(file);
            DurableFile.destroy(file);
            return there;
        }
    }

    private boolean stillServes(
            X509Certificate before, CertificateProfile profile, PublicKey key, CertificateSubject subject)
            throws IdentityException.Refused {
        Instant now = clock.instant();
        Instant end = before.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            return false;
        }
        if (!Arrays.equals(before.getPublicKey().getEncoded(), key.getEncoded())) {
            throw new IdentityException.Refused(
                    profile.label() + " " + subject.serial()
                            + " already has a certificate for another key; if that key is lost or retired, release the serial first");
        }
        return now.isBefore(profile.renewableFrom(end));
    }

    private CertificateWriter.Validity endValidity(CertificateProfile profile) {
        Instant authorityEnd = issuer.certificate().getNotAfter().toInstant();
        Instant end = profile.notAfter(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        return new CertificateWriter.Validity(
                issuer.certificate().getNotBefore().toInstant(), end.isBefore(authorityEnd) ? end : authorityEnd);
    }

    private List<X509Certificate> chain(X509Certificate end) {
        return List.of(end, issuer.certificate());
    }

    private static CertificateWriter.Validity validity(Workshop workshop) {
        Instant begin =
                workshop.clock().instant().truncatedTo(ChronoUnit.SECONDS).minus(CLOCK_SKEW);
        return new CertificateWriter.Validity(begin, CertificateProfile.NO_END);
    }

    private static KeyHandle key(SecureElement element, Slot slot, KeySpec spec) throws IdentityException {
        Optional<KeyHandle> known = element.key(slot);
        return known.isPresent() ? known.get() : element.generate(slot, spec);
    }

    private static Optional<X509Certificate> kept(Path file) throws IdentityException {
        return Files.exists(file) ? Optional.of(Pem.readCertificates(file).getFirst()) : Optional.empty();
    }

    private static void requireFits(X509Certificate certificate, KeyHandle key, Path file) throws IdentityException {
        if (!Arrays.equals(
                certificate.getPublicKey().getEncoded(), key.publicKey().getEncoded())) {
            throw new IdentityException.Refused(
                    file + " does not belong to the " + key.slot().label()
                            + " key in the element beside it: the directory is a mixture of two authorities");
        }
    }

    private static void requireStrong(PublicKey key) throws IdentityException.Refused {
        String weakness = AlgorithmPolicy.weaknessOf(key);
        if (!weakness.isEmpty()) {
            throw new IdentityException.Refused("no certificate for " + weakness);
        }
    }

    private static List<Purpose> purposes(Purpose.Domain domain) {
        return Arrays.stream(Purpose.values())
                .filter(purpose -> purpose.domain() == domain)
                .toList();
    }

    private static X500Name name(String organization, Purpose.Domain domain, String role) {
        String kind = domain == Purpose.Domain.DEVICE ? "device" : "site";
        return CertificateWriter.authorityName(organization, organization + " " + kind + " " + role);
    }

    /** Serials may hold characters that file names should not: their bytes in hexadecimal. */
    private static String fileName(CertificateProfile profile, String serial) {
        return profile.label() + "-" + java.util.HexFormat.of().formatHex(serial.getBytes(StandardCharsets.UTF_8))
                + ".pem";
    }
}
