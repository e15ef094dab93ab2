package org.camseal.authority.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentAnswer.Issued;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.register.CertificateRow;
import org.camseal.authority.register.RegisterAddress;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Java machine of its own is killed at each step towards a certificate, as kill -9 does; what comes after must be whole. */
class CrashTest {
    @TempDir
    private Path directory;

    /** The child: asks for one certificate and is gone in the middle. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            Path home = Path.of(arguments[0]);
            RegistrationAuthority.Step end = RegistrationAuthority.Step.valueOf(arguments[1]);
            try (Factory factory = new Factory(home.resolve("keys"), address(arguments))) {
                factory.add(factory.order("PO-1", 10));
                EnrolmentRequest wish = factory.wish("CS-0001");
                Files.writeString(home.resolve("wish.pem"), wish.request().toPem());
                RegistrationAuthority authority =
                        RegistrationAuthority.open(factory.register, factory.issuing, new SecureRandom(), step -> {
                            if (step == end) {
                                Runtime.getRuntime().halt(9);
                            }
                        });
                authority.enrol(factory.line, wish);
            }
        }

        private static RegisterAddress address(String... arguments) {
            return arguments[2].equals("sqlite")
                    ? new RegisterAddress.Sqlite(Path.of(arguments[3]))
                    : new RegisterAddress.Postgres(arguments[3], "postgres", Optional.empty());
        }
    }

    private static List<String> place(RegisterAddress at) {
        return switch (at) {
            case RegisterAddress.Sqlite(Path file) -> List.of("sqlite", file.toString());
            case RegisterAddress.Postgres postgres -> List.of("postgresql", postgres.url());
        };
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE, INTENDED",
        "SQLITE, SIGNED",
        "SQLITE, ISSUED",
        "POSTGRESQL, INTENDED",
        "POSTGRESQL, SIGNED",
        "POSTGRESQL, ISSUED"
    })
    void whateverDiesThereIsOneCertificateAndItHasItsRow(Databases database, RegistrationAuthority.Step step)
            throws Exception {
        RegisterAddress at = database.fresh(directory);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                directory.toString(),
                step.name()));
        command.addAll(place(at));
        Process victim = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(victim.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(victim.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(victim.exitValue()).as(said).isEqualTo(9);

        try (Factory factory = new Factory(directory.resolve("after"), at)) {
            RegistrationAuthority authority = factory.authority();
            List<CertificateRow> left = factory.register.certificates("CS-0001");
            assertThat(left).hasSize(1);
            boolean issued = step == RegistrationAuthority.Step.ISSUED;
            assertThat(left.getFirst().der().isPresent()).isEqualTo(issued);
            assertThat(authority.recover()).isEqualTo(issued ? 0 : 1);
            assertThat(authority.recover()).isZero();

            CertificateRequest request =
                    CertificateRequest.parse(Files.readString(directory.resolve("wish.pem")), "the victim's wish");
            EnrolmentRequest wish = new EnrolmentRequest(
                    request, Factory.camera("CS-0001"), CertificateProfile.DEVICE_TLS, Optional.empty(), "test");
            EnrolmentAnswer answer = authority.enrol(factory.line("L1"), wish);
            assertThat(answer).isEqualTo(new Issued(((Issued) answer).chain(), true));
            assertThat(Factory.number(answer)).isEqualTo(left.getFirst().number());
            assertThat(factory.register.certificates("CS-0001")).hasSize(1);
            assertThat(factory.register.leaves().size()).isEqualTo(1);
            assertThat(factory.register.audit().last(100))
                    .filteredOn(entry -> entry.event().equals("issued"))
                    .hasSize(1);
            factory.register.audit().check(Optional.empty());
        }
    }
}
