package org.camseal.e2e.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.camseal.authority.log.LogCheck;
import org.camseal.authority.log.LogKeys;
import org.camseal.authority.log.LogSource;
import org.camseal.authority.log.LogVerdict;
import org.camseal.authority.log.TransparencyLog;
import org.camseal.authority.register.AuditEntry;
import org.camseal.authority.register.CertificateRow;
import org.camseal.authority.register.Register;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.Identity;
import org.camseal.identity.Pem;
import org.camseal.identity.Purpose;
import org.camseal.identity.SecureElement;
import org.camseal.identity.SignerTrust;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.identity.backends.ElementAddress;

/** What must be true of the register, the log, the key's own witness and every camera when all is over. */
final class SoakEvidence {
    private final SoakPlaces places;
    private final List<SoakLine> lines;
    private final int cameras;

    SoakEvidence(SoakPlaces places, List<SoakLine> lines) {
        this.places = places;
        this.lines = lines;
        this.cameras = lines.stream().mapToInt(SoakLine::cameras).sum();
    }

    /** Certificates that were given once more, because an answer was lost or a station was killed before it had kept it. */
    long check() throws Exception {
        try (Register register = Register.open(places.register(), InstantSource.system())) {
            Register.Totals totals = register.totals();
            assertThat(totals.issued()).as("certificates").isEqualTo(2L * cameras);
            assertThat(totals.intents()).as("intents without a certificate").isZero();
            assertThat(totals.openDisputes()).as("disputes").isZero();
            everyCameraHasOnePair(register);
            nothingWasSignedWithoutARow(register);
            theLogHasEachOnce(register);
            register.audit().check(Optional.empty()); // throws where the chain is broken
            return givenAgain(register);
        }
    }

    private void everyCameraHasOnePair(Register register) throws Exception {
        X509Certificate root = Pem.readCertificates(places.home().deviceRoot()).getFirst();
        TrustEvaluator trust = new TrustEvaluator(new TrustRoots(List.of(root), List.of()));
        Set<X509Certificate> seen = new HashSet<>();
        for (SoakLine line : lines) {
            for (int camera = 0; camera < line.cameras(); camera++) {
                String serial = SoakPlaces.serial(line.line(), camera);
                assertThat(line.report(camera)).as("report of %s", serial).exists();
                List<CertificateRow> rows = register.certificates(serial);
                assertThat(rows).as("certificates of %s", serial).hasSize(2);
                Identity identity = Identity.open(
                        line.camera(camera).resolve("identity"), ElementAddress.opener(new SecureRandom()));
                try (SecureElement _ = identity.element()) {
                    require(trust, rows, identity.tls(), CertificateProfile.DEVICE_TLS);
                    require(trust, rows, identity.media(), CertificateProfile.MEDIA_SIGNING);
                    assertThat(seen.add(identity.tls().chain().getFirst())).isTrue();
                    assertThat(seen.add(identity.media().chain().getFirst())).isTrue();
                }
            }
        }
    }

    private static void require(
            TrustEvaluator trust, List<CertificateRow> rows, CertifiedKey key, CertificateProfile profile)
            throws Exception {
        Purpose purpose = profile.purpose();
        assertThat(trust.evaluate(key.chain(), Instant.now(), purpose)).isInstanceOf(SignerTrust.Trusted.class);
        List<CertificateRow> own =
                rows.stream().filter(row -> row.profile() == profile).toList();
        assertThat(own).as("%s of %s", profile, key.serial()).hasSize(1);
        assertThat(own.getFirst().state()).isEqualTo(CertificateRow.State.LIVE);
        assertThat(own.getFirst().der().orElseThrow())
                .as("the camera has what the register says")
                .isEqualTo(key.chain().getFirst().getEncoded());
    }

    private void nothingWasSignedWithoutARow(Register register) throws Exception {
        Set<String> signed = new TreeSet<>(Files.readAllLines(places.witnessed()));
        Set<String> known = new TreeSet<>();
        for (SoakLine line : lines) {
            for (int camera = 0; camera < line.cameras(); camera++) {
                register.certificates(SoakPlaces.serial(line.line(), camera))
                        .forEach(row -> known.add(String.format(Locale.ROOT, "%032x", row.number())));
            }
        }
        assertThat(signed).as("numbers that the issuing key signed").isEqualTo(known);
    }

    private void theLogHasEachOnce(Register register) throws Exception {
        LogKeys keys = LogKeys.open(places.logKeys(), new SecureRandom());
        try (TransparencyLog log = TransparencyLog.open(places.tiles(), register.leaves(), keys)) {
            while (log.publish()) {
                // what the last process had not published yet
            }
        }
        LogVerdict verdict = new LogCheck(
                        LogSource.directory(places.tiles()),
                        keys.publicKey(),
                        LogCheck.Settings.usual().withState(places.seenLog()))
                .run();
        assertThat(verdict).isInstanceOf(LogVerdict.Sound.class);
        LogVerdict.Sound sound = (LogVerdict.Sound) verdict;
        assertThat(sound.seenBefore()).as("entries seen at an earlier death").isPositive();
        assertThat(sound.counts().issued()).as("entries of the log").isEqualTo(2L * cameras);
        assertThat(sound.counts().live()).isEqualTo(2L * cameras);
        assertThat(sound.counts().serials()).as("serials, twice each").isEqualTo(2L * cameras);
    }

    private static long givenAgain(Register register) throws Exception {
        long again = 0;
        long seq = 0;
        List<AuditEntry> page = register.audit().from(seq, 10_000);
        while (!page.isEmpty()) {
            again += page.stream()
                    .filter(entry -> entry.event().equals("given-again"))
                    .count();
            page = register.audit().from(page.getLast().seq() + 1, 10_000);
        }
        return again;
    }
}
