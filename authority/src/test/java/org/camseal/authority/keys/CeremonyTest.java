package org.camseal.authority.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertificateWriter;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Purpose;
import org.camseal.identity.SignerTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roots that are taken away, and issuing authorities that can issue nothing else than they are for. */
class CeremonyTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path directory;

    private KeyPlace encrypted(String name) throws Exception {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, "passphrase of " + name + "\n");
        }
        return new KeyPlace.Encrypted(file);
    }

    private AuthorityHome hold(String factory) throws Exception {
        AuthorityHome home = new AuthorityHome(directory.resolve(factory));
        new Ceremony(InstantSource.system(), RANDOM)
                .hold(new Ceremony.Plan(
                        home,
                        directory.resolve("usb"),
                        "Maker",
                        factory,
                        encrypted("root"),
                        encrypted("daily"),
                        encrypted("daily")));
        return home;
    }

    private AuthorityKeys keys(AuthorityHome home, String passphrase) throws Exception {
        return AuthorityKeys.of(home, encrypted(passphrase), encrypted(passphrase), InstantSource.system(), RANDOM);
    }

    private static void deleteAll(Path root) throws Exception {
        try (var all = Files.walk(root)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Test
    void withoutTheRootsTheAuthorityWorksAndIssuesItsOwnShapesOnly() throws Exception {
        AuthorityHome home = hold("one");
        AuthorityHome second = hold("two");
        deleteAll(directory.resolve("usb"));
        hold("one"); // all is there: no root is asked for
        try (AuthorityKeys keys = keys(home, "daily");
                AuthorityKeys others = keys(second, "daily")) {
            assertThat(others.deviceRoot()).isEqualTo(keys.deviceRoot());
            assertThat(others.deviceIssuer().certificate())
                    .isNotEqualTo(keys.deviceIssuer().certificate());
            assertThat(keys.deviceRoot().getPublicKey().getAlgorithm()).isEqualTo("EC");
            assertThat(keys.deviceIssuer().certificate().getBasicConstraints()).isZero();
            CertificateSubject anna = new CertificateSubject("Maker", "anna", "anna");
            List<X509Certificate> operator = keys.staff(
                    CertificateProfile.OPERATOR, keys.operationsIssuer().key().publicKey(), anna);
            assertThat(keys.trust().evaluate(operator, Instant.now(), Purpose.OPERATOR))
                    .isInstanceOf(SignerTrust.Trusted.class);
            assertThat(keys.trust().evaluate(operator, Instant.now(), Purpose.LINE))
                    .isInstanceOf(SignerTrust.Untrusted.class);
            assertThat(keys.server(anna, List.of("localhost")).chain()).hasSize(2);
            assertThat(keys.statusSigner(anna).chain().getFirst().getExtensionValue("1.3.6.1.5.5.7.48.1.5"))
                    .as("id-pkix-ocsp-nocheck")
                    .isNotNull();
            assertNoOtherShape(keys, anna);
        }
    }

    /** Every profile under the wrong authority, and every one under a root. */
    private static void assertNoOtherShape(AuthorityKeys keys, CertificateSubject subject) throws Exception {
        CertificateWriter writer = new CertificateWriter(RANDOM);
        CertificateWriter.Issuer device = keys.deviceIssuer();
        CertificateWriter.Issuer operations = keys.operationsIssuer();
        CertificateWriter.Issuer rootLike = new CertificateWriter.Issuer(device.key(), keys.deviceRoot());
        for (CertificateProfile profile : CertificateProfile.values()) {
            CertificateWriter.EndForm form = new CertificateWriter.EndForm(
                    profile, new CertificateWriter.Validity(Instant.now(), CertificateProfile.NO_END));
            CertificateWriter.Issuer wrong = profile.purpose().domain() == Purpose.Domain.DEVICE ? operations : device;
            for (CertificateWriter.Issuer issuer : List.of(wrong, rootLike)) {
                assertThatThrownBy(
                                () -> writer.end(issuer, device.key().publicKey(), subject, form, writer.newNumber()))
                        .as(profile + " by " + issuer.certificate().getSubjectX500Principal())
                        .isInstanceOf(IdentityException.Refused.class)
                        .hasMessageContaining("may vouch for");
            }
        }
    }

    @Test
    void anotherPassphraseOpensNothing() throws Exception {
        AuthorityHome home = hold("one");
        try (AuthorityKeys keys = keys(home, "root")) {
            assertThatThrownBy(keys::deviceIssuer)
                    .isInstanceOf(AuthorityException.Key.class)
                    .hasMessageContaining("passphrase");
        }
    }
}
