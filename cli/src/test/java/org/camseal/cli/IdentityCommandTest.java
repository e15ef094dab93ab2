package org.camseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityCommandTest {
    @TempDir
    private Path directory;

    private record Said(int code, String out, String err) {}

    private static Said run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = CamSeal.run(new PrintWriter(out), new PrintWriter(err), words);
        return new Said(code, out.toString(), err.toString());
    }

    @Test
    void preparesShowsAndTests() throws Exception {
        String home = directory.resolve("camera").toString();
        assertThat(run("identity", "prepare", home, "--role", "camera").out()).contains("assurance SOFTWARE");
        assertThat(run("identity", "status", home).code())
                .as("not enrolled yet")
                .isEqualTo(3);
        assertThat(run("identity", "selftest", home).code()).as("no keys yet").isEqualTo(3);

        SecureRandom random = new SecureRandom();
        DeviceAuthority.openOrCreate(directory.resolve("maker"), "Maker", InstantSource.system(), random)
                .enrol(
                        Identity.openOrCreate(Path.of(home), Role.CAMERA, random),
                        new CertificateSubject("Maker", "camera", "CS-9"));
        Said status = run("identity", "status", home, "--json");
        assertThat(status.code()).isZero();
        assertThat(status.out())
                .contains("\"assurance\" : \"SOFTWARE\"")
                .contains("CS-9")
                .contains("ES256")
                .contains("\"usesPerDay\" : 200000");
        Said selftest = run("identity", "selftest", home);
        assertThat(selftest.code()).as(selftest.out()).isZero();
        assertThat(selftest.out())
                .contains("ok    tls: its signatures are right")
                .contains("ok    media: it refuses what belongs to another slot")
                .doesNotContain("WRONG");
    }

    @Test
    void aMissingElementIsAnErrorWithAHintAndNothingIsMadeInstead() throws Exception {
        String home = directory.resolve("camera").toString();
        Said prepare = run("identity", "prepare", home, "--role", "camera", "--element", "tpm2:/dev/no-such-tpm");
        assertThat(prepare.code()).isEqualTo(5);
        assertThat(prepare.err())
                .contains("camseal: error: no TPM at /dev/no-such-tpm")
                .contains("camseal: hint: see that the element is connected");
        assertThat(directory.resolve("camera").resolve("element").resolve("tls-key.pem"))
                .doesNotExist();
        assertThat(run("identity", "status", home).code()).isEqualTo(5);
        Said unknown = run("identity", "prepare", home, "--role", "camera", "--element", "tmp2:/dev/tpmrm0");
        assertThat(unknown.err()).contains("is no address of a secure element");
        assertThat(Files.readString(directory.resolve("camera").resolve("element-address")))
                .isEqualTo("tpm2:/dev/no-such-tpm");
    }

    @Test
    void aSlowElementFailsAQuickOneDoesNot() throws Exception {
        ElementLimit limit = new ElementLimit(directory, Duration.ofSeconds(2));
        ElementLimit.Outcome quick = limit.at(10);
        assertThat(quick.asked()).as("2 signatures and 8 handshakes").isEqualTo(10);
        assertThat(quick.failed()).as("positive control: %s", quick).isLessThan(10);
        assertThat(limit.at(600).failed()).isGreaterThan(quick.failed());
    }

    @Test
    void measuresAnElementAndLeavesNoKeyInIt() {
        Said bench = run("bench", "element", "--element", "files", "--seconds", "1", "--json");
        assertThat(bench.code()).as(bench.out() + bench.err()).isIn(0, 3); // no promise about this machine's speed
        assertThat(bench.out())
                .contains("\"bench\" : \"element\"")
                .contains("\"metric\" : \"TLS handshakes\"")
                .contains("\"target\" : \"<= 100\"");
        assertThat(run("bench", "element", "--element", "tpm2:/dev/no-such-tpm").code())
                .isEqualTo(5);
        assertThat(run("bench", "element", "--seconds", "0").code()).isEqualTo(2);
        assertThat(run("bench", "element", "--limit", "601").code()).isEqualTo(2);
    }
}
