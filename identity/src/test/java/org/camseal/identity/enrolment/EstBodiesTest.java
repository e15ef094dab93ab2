package org.camseal.identity.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.camseal.identity.AttestationAttribute;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.IdentityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EstBodiesTest {
    @TempDir
    private Path directory;

    private List<X509Certificate> authority() throws Exception {
        DeviceAuthority maker =
                DeviceAuthority.openOrCreate(directory, "Maker", InstantSource.system(), new SecureRandom());
        return List.of(maker.issuing(), maker.root());
    }

    @Test
    void certificatesComeBackAsTheyWent() throws Exception {
        List<X509Certificate> certificates = authority();
        byte[] body = Base64Body.encode(CertsOnly.encode(certificates));
        assertThat(body).as("one line").doesNotContain('\n', '\r');
        assertThat(CertsOnly.decode(Base64Body.decode(body, "body"), "body"))
                .containsExactlyInAnyOrderElementsOf(certificates);
    }

    @Test
    void everyCutEndsInAClearError() throws Exception {
        byte[] der = CertsOnly.encode(authority());
        for (int length = 0; length < der.length; length++) {
            byte[] cut = Arrays.copyOf(der, length);
            assertThatThrownBy(() -> CertsOnly.decode(cut, "cut"))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(IdentityException.Malformed.class)
                    .hasMessageStartingWith("cut: ");
        }
    }

    @Test
    void tooMuchOrSomethingElseIsNotRead() throws Exception {
        X509Certificate root = authority().getLast();
        assertThatThrownBy(() -> CertsOnly.decode(new byte[CertsOnly.MAX_BYTES + 1], "big"))
                .hasMessageContaining("at most 65536");
        byte[] many = CertsOnly.encode(Collections.nCopies(CertsOnly.MAX_CERTIFICATES + 1, root));
        assertThatThrownBy(() -> CertsOnly.decode(many, "many")).hasMessageContaining("more than 16 certificates");
        byte[] content = new CMSSignedDataGenerator()
                .generate(new CMSProcessableByteArray(new byte[] {1}), true)
                .getEncoded();
        assertThatThrownBy(() -> CertsOnly.decode(content, "content"))
                .isInstanceOf(IdentityException.Malformed.class)
                .hasStackTraceContaining("certificates alone are expected");
        assertThatThrownBy(() -> CertsOnly.decode(CertsOnly.encode(List.of()), "none"))
                .hasMessageContaining("an envelope without a certificate");
    }

    @Test
    void base64IsReadWithAndWithoutLineBreaksAndNothingElse() throws Exception {
        assertThat(Base64Body.decode("QUJD\r\nREVG\n".getBytes(StandardCharsets.US_ASCII), "body"))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("ABCDEF");
        assertThatThrownBy(() -> Base64Body.decode("QUJD<html>".getBytes(StandardCharsets.US_ASCII), "body"))
                .hasMessageContaining("not base64");
        assertThatThrownBy(() -> Base64Body.decode("\r\n".getBytes(StandardCharsets.US_ASCII), "body"))
                .hasMessageContaining("an empty body");
    }

    @Test
    void aChallengeComesBackAsItWent() throws Exception {
        byte[] challenge = new byte[AttestationAttribute.CHALLENGE_BYTES];
        Arrays.fill(challenge, (byte) 7);
        byte[] der = CsrAttributes.encode(challenge);
        assertThat(CsrAttributes.challenge(der, "list")).hasValue(challenge);
        assertThat(CsrAttributes.challenge(new byte[] {0x30, 0}, "list")).isEmpty();
        for (int length = 0; length < der.length; length++) {
            byte[] cut = Arrays.copyOf(der, length);
            assertThatThrownBy(() -> CsrAttributes.challenge(cut, "list"))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(IdentityException.Malformed.class);
        }
    }

    @Test
    void labelsAndProfilesBelongTogether() {
        for (CertificateProfile profile : List.of(CertificateProfile.DEVICE_TLS, CertificateProfile.MEDIA_SIGNING)) {
            assertThat(EstPath.profile(EstPath.label(profile))).contains(profile);
        }
        assertThat(EstPath.of(CertificateProfile.MEDIA_SIGNING, EstPath.Operation.SIMPLEENROLL))
                .isEqualTo("/.well-known/est/media-signing/simpleenroll");
        assertThat(EstPath.profile("recorder")).as("no label of a camera").isEmpty();
        assertThat(EstPath.profile("DEVICE-TLS")).isEmpty();
    }
}
