package org.camseal.cli.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.camseal.cli.Said;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityCommandTest {
    @TempDir
    private Path directory;

    @Test
    void preparesShowsAndTests() throws Exception {
        String home = directory.resolve("camera").toString();
        assertThat(Said.by("identity", "prepare", home, "--role", "camera").out())
                .contains("assurance SOFTWARE");
        assertThat(Said.by("identity", "status", home).code())
                .as("not enrolled yet")
                .isEqualTo(3);
        assertThat(Said.by("identity", "selftest", home).code())
                .as("no keys yet")
                .isEqualTo(3);

        SecureRandom random = new SecureRandom();
        DeviceAuthority.openOrCreate(directory.resolve("maker"), "Maker", InstantSource.system(), random)
                .enrol(
                        Identity.openOrCreate(Path.of(home), Role.CAMERA, random),
                        new CertificateSubject("Maker", "camera", "CS-9"));
        Said status = Said.by("identity", "status", home, "--json");
        assertThat(status.code()).isZero();
        assertThat(status.out())
                .contains("\"assurance\" : \"SOFTWARE\"")
                .contains("CS-9")
                .contains("ES256")
                .contains("\"usesPerDay\" : 200000");
        Said selftest = Said.by("identity", "selftest", home);
        assertThat(selftest.code()).as(selftest.out()).isZero();
        assertThat(selftest.out())
                .contains("ok    tls: its signatures are right")
                .contains("ok    media: it refuses what belongs to another slot")
                .doesNotContain("WRONG");
    }

    @Test
    void aMissingElementIsAnErrorWithAHintAndNothingIsMadeInstead() throws Exception {
        String home = directory.resolve("camera").toString();
        Said prepare = Said.by("identity", "prepare", home, "--role", "camera", "--element", "tpm2:/dev/no-such-tpm");
        assertThat(prepare.code()).isEqualTo(5);
        assertThat(prepare.err())
                .contains("camseal: error: no TPM at /dev/no-such-tpm")
                .contains("camseal: hint: see that the element is connected");
        assertThat(directory.resolve("camera").resolve("element").resolve("tls-key.pem"))
                .doesNotExist();
        assertThat(Said.by("identity", "status", home).code()).isEqualTo(5);
        Said unknown = Said.by("identity", "prepare", home, "--role", "camera", "--element", "tmp2:/dev/tpmrm0");
        assertThat(unknown.err()).contains("is no address of a secure element");
        assertThat(Files.readString(directory.resolve("camera").resolve("element-address")))
                .isEqualTo("tpm2:/dev/no-such-tpm");
    }
}
