package org.camseal.cli.factory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.camseal.cli.Said;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertificateWriter;
import org.camseal.identity.Identity;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Purpose;
import org.camseal.identity.Role;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;
import org.camseal.identity.TrustRoots;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command where the authority is away; the whole way is the soak's. */
class FactoryProvisionCommandTest {
    /** Nobody listens there. */
    private static final String NOBODY = "https://127.0.0.1:1";

    @TempDir
    private Path directory;

    private Said provision(String authority, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "factory",
                "provision",
                "--authority",
                authority,
                "--line",
                directory.resolve("line").toString(),
                "--work",
                directory.resolve("work").toString(),
                "--organization",
                "Maker",
                "--model",
                "Model X"));
        words.addAll(List.of(more));
        return Said.by(words.toArray());
    }

    private KeyHandle key(String name, Slot slot) throws Exception {
        return SoftwareSecureElement.open(directory.resolve(name), new SecureRandom())
                .generate(slot, KeySpec.P256);
    }

    private void line() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        CertificateWriter.Validity validity =
                new CertificateWriter.Validity(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
        CertificateWriter writer = new CertificateWriter(new SecureRandom());
        KeyHandle rootKey = key("root", Slot.ROOT);
        X509Certificate root = writer.root(rootKey, "Maker", "operations root", validity);
        KeyHandle issuingKey = key("issuing", Slot.ISSUING);
        X509Certificate issuing = writer.issuing(
                new CertificateWriter.Issuer(rootKey, root),
                issuingKey.publicKey(),
                "operations",
                Purpose.Domain.OPERATIONS);
        Identity line = Identity.openOrCreate(directory.resolve("line"), Role.LINE, new SecureRandom());
        KeyHandle tls = line.element().generate(Slot.TLS, KeySpec.P256);
        X509Certificate leaf = writer.end(
                new CertificateWriter.Issuer(issuingKey, issuing),
                tls.publicKey(),
                new CertificateSubject("Maker", "line", "L1"),
                new CertificateWriter.EndForm(CertificateProfile.LINE, validity),
                writer.newNumber());
        line.install(Slot.TLS, List.of(leaf, issuing));
        line.trust(new TrustRoots(List.of(root), List.of(), List.of(root)));
    }

    @Test
    void withoutALinkTheRequestsAreKeptAndTheExitCodeSaysThatCamerasWait() throws Exception {
        line();
        Said said = provision(NOBODY, "CS-1", "not a serial", "CS-2", "--json");
        assertThat(said.code()).as("one serial is none").isEqualTo(2);
        assertThat(said.err()).contains("camseal: error: the serial \"not a serial\" is not");
        assertThat(said.out().lines().filter(line -> line.contains("\"cause\":\"LINK\"")))
                .hasSize(2)
                .allMatch(line -> line.contains("\"stage\":\"requested\""));
        assertThat(said.out().lines().toList().getLast())
                .contains("\"expected\":2,\"ready\":0")
                .contains("\"LINK\":2");
        Path queue = directory.resolve("work").resolve("queue");
        assertThat(queue.resolve("CS-1.json")).exists();
        assertThat(queue.resolve("CS-2.json")).exists();
        assertThat(directory.resolve("work").resolve("summaries")).isNotEmptyDirectory();

        assertThat(provision(NOBODY, "CS-1").code()).as("it waits").isEqualTo(3);
        Files.writeString(queue.resolve("CS-2.json"), "{}");
        Said again = provision(NOBODY, "--queued");
        assertThat(again.code()).as(again.out()).isEqualTo(5);
        assertThat(again.out())
                .contains("ready 0 of 2")
                .contains("QUEUE: for example CS-2")
                .contains("find out who changed it");
    }

    @Test
    void whatIsWrongOnTheCommandLineIsSaid() throws Exception {
        assertThat(provision(NOBODY).code()).isEqualTo(2);
        assertThat(provision(NOBODY, "CS-1", "--at-a-time", "65").err()).contains("is not 1 to 64");
        assertThat(provision(NOBODY, "CS-1").code()).as("there is no line").isEqualTo(5);
        line();
        Said plain = provision("http://127.0.0.1:1", "CS-1");
        assertThat(plain.code()).isEqualTo(2);
        assertThat(plain.err()).contains("is not https");
        assertThat(provision(NOBODY, "CS-1", "--element", "tmp2:x").err())
                .contains("is no address of a secure element");
        assertThat(provision(NOBODY, "--list", directory.resolve("nothing").toString())
                        .code())
                .isEqualTo(4);
    }

    @Test
    void aListSkipsCommentsAndEmptyLines() throws Exception {
        Path list = Files.writeString(directory.resolve("list"), "# batch 7\nCS-1\n\n  CS-2 # again\nbad serial\n");
        List<String> complaints = new ArrayList<>();
        try (SerialLines lines = SerialLines.of(List.of("CS-0"), java.util.Optional.of(list), complaints::add)) {
            List<String> found = new ArrayList<>();
            lines.forEachRemaining(found::add);
            assertThat(found).containsExactly("CS-0", "CS-1", "CS-2");
        }
        assertThat(complaints).hasSize(1);
    }
}
