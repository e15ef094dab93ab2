package org.camseal.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.camseal.identity.SignerTrust.Reason;
import org.camseal.identity.SignerTrust.Trusted;
import org.camseal.identity.SignerTrust.Untrusted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
    @TempDir
    private Path directory;

    private SiteAuthority siteAt(InstantSource clock) throws IdentityException {
        return SiteAuthority.openOrCreate(directory.resolve("site"), "Site", clock, House.RANDOM);
    }

    @Test
    void enrolledIdentitiesTrustEachOtherByPurpose() throws Exception {
        House house = new House(directory);
        assertThat(house.recorder.trust().evaluate(house.camera.tls().chain(), House.NOW, Purpose.DEVICE_TLS))
                .isInstanceOfSatisfying(Trusted.class, camera -> {
                    assertThat(camera.serial()).isEqualTo("CS-0001");
                    assertThat(camera.name()).isEqualTo("Model X");
                    assertThat(camera.root()).isEqualTo(house.maker.root());
                });
        assertThat(house.person.trust().evaluate(house.camera.media().chain(), House.NOW, Purpose.MEDIA_SIGNING))
                .isInstanceOf(Trusted.class);
        assertThat(house.camera.trust().evaluate(house.recorder.tls().chain(), House.NOW, Purpose.RECORDER))
                .isInstanceOf(Trusted.class);
        assertThat(house.camera.trust().evaluate(house.person.recipient().chain(), House.NOW, Purpose.RECIPIENT))
                .isInstanceOf(Trusted.class);
        assertThat(house.camera.trust().evaluate(house.person.tls().chain(), House.NOW, Purpose.RECORDER))
                .isInstanceOfSatisfying(
                        Untrusted.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.WRONG_PURPOSE));
        assertThat(house.person.trust().evaluate(house.camera.tls().chain(), House.NOW, Purpose.MEDIA_SIGNING))
                .isInstanceOfSatisfying(
                        Untrusted.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.WRONG_PURPOSE));
    }

    @Test
    void reopeningKeepsEverything() throws Exception {
        House house = new House(directory);
        Identity camera = Identity.open(directory.resolve("camera"), House.RANDOM);
        assertThat(camera.role()).isEqualTo(Role.CAMERA);
        assertThat(camera.isEnrolled()).isTrue();
        assertThat(camera.tls().chain()).isEqualTo(house.camera.tls().chain());
        assertThat(camera.media().key().publicKey())
                .isEqualTo(house.camera.media().key().publicKey());
        assertThat(camera.subject()).isEqualTo(House.CAMERA);
        assertThat(camera.roots()).isEqualTo(house.camera.roots());
        Identity person = Identity.open(directory.resolve("person"), House.RANDOM);
        assertThat(person.recipient().key().publicKey())
                .isEqualTo(house.person.recipient().key().publicKey());
    }

    @Test
    void enrollingAgainGivesTheSameCertificates() throws Exception {
        House first = new House(directory);
        List<X509Certificate> tls = first.camera.tls().chain();
        List<X509Certificate> person = first.person.tls().chain();
        House again = new House(directory);
        assertThat(again.maker.root()).isEqualTo(first.maker.root());
        assertThat(again.camera.tls().chain()).isEqualTo(tls);
        assertThat(again.person.tls().chain()).isEqualTo(person);
    }

    @Test
    void oneSerialHasOneKeyUntilAnOperatorReleasesIt() throws Exception {
        House house = new House(directory);
        Identity impostor = Identity.openOrCreate(directory.resolve("impostor"), Role.CAMERA, House.RANDOM);
        assertThatThrownBy(() -> house.maker.enrol(impostor, House.CAMERA))
                .isInstanceOf(IdentityException.Refused.class)
                .hasMessageContaining("CS-0001")
                .hasMessageContaining("release");
        assertThat(impostor.isEnrolled()).isFalse();
        assertThat(house.maker.release("CS-0001")).isTrue();
        assertThat(house.maker.release("CS-0001")).isFalse();
        house.maker.enrol(impostor, House.CAMERA);
        assertThat(impostor.isEnrolled()).isTrue();
        house.maker.enrol(
                Identity.openOrCreate(directory.resolve("other"), Role.CAMERA, House.RANDOM),
                new CertificateSubject("Maker", "Model X", "CS-0002"));
    }

    @Test
    void certificatesAreRenewedInTheirLastThird() throws Exception {
        Identity person = Identity.openOrCreate(directory.resolve("person"), Role.PERSON, House.RANDOM);
        siteAt(House.CLOCK).enrol(person, House.PERSON);
        X509Certificate first = person.tls().chain().getFirst();
        siteAt(InstantSource.offset(House.CLOCK, Duration.ofDays(240))).enrol(person, House.PERSON);
        assertThat(person.tls().chain().getFirst()).isEqualTo(first);
        siteAt(InstantSource.offset(House.CLOCK, Duration.ofDays(250))).enrol(person, House.PERSON);
        X509Certificate renewed = person.tls().chain().getFirst();
        assertThat(renewed.getNotAfter()).isAfter(first.getNotAfter());
        assertThat(renewed.getPublicKey()).isEqualTo(first.getPublicKey());
    }

    @Test
    void anExpiredCertificateIsSaidToBeExpired() throws Exception {
        House house = new House(directory);
        assertThat(house.camera
                        .trust()
                        .evaluate(house.person.tls().chain(), House.NOW.plus(Duration.ofDays(366)), Purpose.PERSON))
                .isInstanceOfSatisfying(
                        Untrusted.class, refusal -> assertThat(refusal.reason()).isEqualTo(Reason.EXPIRED));
    }

    @Test
    void rolesHaveOnlyTheirOwnKeys() throws Exception {
        House house = new House(directory);
        assertThatThrownBy(() -> house.recorder.recipient()).isInstanceOf(IdentityException.Refused.class);
        assertThatThrownBy(() -> house.recorder.media()).isInstanceOf(IdentityException.Refused.class);
        assertThatThrownBy(() -> house.maker.enrol(house.recorder, House.CAMERA))
                .isInstanceOf(IdentityException.Refused.class);
        assertThatThrownBy(() -> house.site.enrol(house.camera, House.CAMERA))
                .isInstanceOf(IdentityException.Refused.class);
        assertThatThrownBy(() -> Identity.openOrCreate(directory.resolve("camera"), Role.RECORDER, House.RANDOM))
                .isInstanceOf(IdentityException.Refused.class)
                .hasMessageContaining("identity of a camera");
    }

    @Test
    void aForeignCertificateIsNotInstalled() throws Exception {
        House house = new House(directory);
        assertThatThrownBy(() ->
                        house.camera.install(Slot.TLS, house.recorder.tls().chain()))
                .isInstanceOf(IdentityException.Refused.class)
                .hasMessageContaining("not for the tls key");
        CertificateRequest request =
                CertificateRequest.sign(house.camera.media().key(), House.CAMERA);
        List<X509Certificate> tlsForMediaKey =
                house.maker.issueTls(request, new CertificateSubject("Maker", "Model X", "CS-0009"));
        assertThatThrownBy(() -> house.camera.install(Slot.MEDIA, tlsForMediaKey))
                .isInstanceOf(IdentityException.Refused.class)
                .hasMessageContaining("not for a camera's media key");
        house.camera.install(Slot.TLS, house.camera.tls().chain());
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        assertThatThrownBy(() -> Identity.open(directory.resolve("nowhere"), House.RANDOM))
                .isInstanceOf(IdentityException.Store.class)
                .hasMessageContaining("there is no identity in");
        Identity fresh = Identity.openOrCreate(directory.resolve("fresh"), Role.CAMERA, House.RANDOM);
        assertThat(fresh.isEnrolled()).isFalse();
        assertThatThrownBy(fresh::tls)
                .isInstanceOf(IdentityException.Store.class)
                .hasMessageContaining("enrol it");
        assertThat(fresh.roots()).isEqualTo(TrustRoots.NONE);
    }

    @Test
    void anOpenDirectoryIsRefused() throws Exception {
        new House(directory);
        Path camera = directory.resolve("camera");
        Files.setPosixFilePermissions(camera, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> Identity.open(camera, House.RANDOM)).hasMessageContaining("chmod 700");
        Files.setPosixFilePermissions(camera, PosixFilePermissions.fromString("rwx------"));
        assertThat(Identity.open(camera, House.RANDOM).isEnrolled()).isTrue();
    }

    @Test
    void anAuthorityThatWasCutShortGoesOn() throws Exception {
        SiteAuthority first = siteAt(House.CLOCK);
        Path issuing = directory.resolve("site").resolve("issuing.pem");
        Files.delete(issuing);
        assertThat(siteAt(House.CLOCK).root()).isEqualTo(first.root());
        assertThat(issuing).exists();
    }

    @Test
    void aMixtureOfTwoAuthoritiesIsRefused() throws Exception {
        siteAt(House.CLOCK);
        SiteAuthority other =
                SiteAuthority.openOrCreate(directory.resolve("other"), "Other", House.CLOCK, House.RANDOM);
        Pem.writeCertificates(directory.resolve("site").resolve("root.pem"), List.of(other.root()));
        assertThatThrownBy(() -> siteAt(House.CLOCK))
                .isInstanceOf(IdentityException.Refused.class)
                .hasMessageContaining("mixture");
    }
}
