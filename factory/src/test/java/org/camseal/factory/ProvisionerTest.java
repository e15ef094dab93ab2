package org.camseal.factory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.Pem;
import org.camseal.web.WebResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One camera's way, and everything that can come between. */
@Timeout(120)
class ProvisionerTest {
    @TempDir
    private Path directory;

    private Operations operations;
    private StandInAuthority authority;
    private TestLine line;

    @BeforeEach
    void open() throws Exception {
        operations = new Operations(directory.resolve("operations"));
        authority = new StandInAuthority(directory.resolve("maker"), operations, InstantSource.system());
        line = new TestLine(directory.resolve("line"), operations.line("line-1"), operations.trust());
    }

    @AfterEach
    void close() {
        authority.close();
    }

    private Outcome provision(String serial) throws Exception {
        return line.provision(authority.uri(), authority.maker.root(), serial);
    }

    private static Outcome.Ready ready(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Ready.class);
        return (Outcome.Ready) outcome;
    }

    private static Outcome.NotReady notReady(Outcome outcome, FailureCause cause) {
        assertThat(outcome).isInstanceOf(Outcome.NotReady.class);
        Outcome.NotReady found = (Outcome.NotReady) outcome;
        assertThat(found.cause()).as(found.detail()).isEqualTo(cause);
        return found;
    }

    private Path camera(String serial) {
        return line.directory().resolve("cameras").resolve(serial);
    }

    @Test
    void aCameraGoesThroughEveryStageOnceAndIsReadyEverAfter() throws Exception {
        Outcome.Ready first = ready(provision("CS-1"));
        assertThat(first.before()).isFalse();
        assertThat(line.stages).containsExactly("new", "keys made", "requested", "enrolled", "installed", "tested");
        assertThat(first.report().handshake()).startsWith("TLSv1.3 ");
        assertThat(first.report().line()).isEqualTo("line-1");
        assertThat(authority.enrolments).hasValue(2);
        Identity identity = Identity.open(camera("CS-1").resolve("identity"), new SecureRandom());
        assertThat(identity.subject().serial()).isEqualTo("CS-1");
        assertThat(identity.roots().device()).containsExactly(authority.maker.root());

        Outcome.Ready second = ready(provision("CS-1"));
        assertThat(second.before()).isTrue();
        assertThat(second.report()).isEqualTo(first.report());
        assertThat(authority.enrolments).as("nothing is asked again").hasValue(2);
        assertThat(line.directory().resolve("queue")).isEmptyDirectory();
    }

    @Test
    void whereAFileIsLostTheCameraGoesOnFromTheStageBeforeAndEndsTheSame() throws Exception {
        CameraReport before = ready(provision("CS-1")).report();
        Files.delete(camera("CS-1").resolve("report.json"));
        line.stages.clear();
        CameraReport after = ready(provision("CS-1")).report();
        assertThat(line.stages).containsExactly("installed", "tested");
        Files.delete(camera("CS-1").resolve("report.json"));
        Files.delete(camera("CS-1").resolve("identity").resolve("media-chain.pem"));
        line.stages.clear();
        CameraReport last = ready(provision("CS-1")).report();
        assertThat(line.stages).startsWith("keys made", "requested");
        assertThat(List.of(after.tls(), after.media(), last.tls(), last.media()))
                .as("the same certificates")
                .containsExactly(before.tls(), before.media(), before.tls(), before.media());
    }

    @Test
    void aCameraWhoseClockIsIn1970IsProvisionedAllTheSame() throws Exception {
        line.clock = InstantSource.fixed(Instant.EPOCH);
        ready(provision("CS-1"));
        Identity identity = Identity.open(camera("CS-1").resolve("identity"), new SecureRandom());
        assertThat(identity.tls().chain().getFirst().getNotBefore())
                .as("the certificate begins with the authority's, not with the request")
                .isEqualTo(authority.maker.issuing().getNotBefore());
    }

    @Test
    void aClockIn1970AloneWouldTakeEveryCertificateForNotYetValid() {
        ClockFloor floor = new ClockFloor(InstantSource.fixed(Instant.EPOCH));
        assertThat(floor.instant()).isEqualTo(ClockFloor.BUILT);
        floor.saw(List.of(authority.maker.root()));
        assertThat(floor.instant())
                .isEqualTo(authority.maker.root().getNotBefore().toInstant());
        Instant later = Instant.parse("2100-01-01T00:00:00Z");
        ClockFloor good = new ClockFloor(InstantSource.fixed(later));
        good.saw(List.of(authority.maker.root()));
        assertThat(good.instant()).as("a clock that is ahead is believed").isEqualTo(later);
    }

    @Test
    void withoutALinkTheRequestIsKeptAndSentLaterEvenIfTheElementIsGone() throws Exception {
        int port = authority.port();
        authority.down();
        Outcome.NotReady waiting = notReady(
                line.provision(java.net.URI.create("https://127.0.0.1:" + port + "/"), authority.maker.root(), "CS-1"),
                FailureCause.LINK);
        assertThat(waiting.stage()).isEqualTo("requested");
        assertThat(waiting.cause().waits()).isTrue();
        Path kept = line.directory().resolve("queue").resolve("CS-1.json");
        assertThat(kept).exists();

        authority.up(port);
        Path identity = camera("CS-1").resolve("identity");
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(identity, elsewhere);
        Files.writeString(identity, "the camera is not at the station any more");
        Outcome.NotReady gone = notReady(provision("CS-1"), FailureCause.STORE);
        assertThat(gone.stage()).as("the answer is there").isEqualTo("enrolled");

        Files.delete(identity);
        Files.move(elsewhere, identity);
        line.stages.clear();
        ready(provision("CS-1"));
        assertThat(line.stages).containsExactly("enrolled", "installed", "tested");
        assertThat(authority.enrolments).hasValue(2);
        assertThat(kept).doesNotExist();
    }

    @Test
    void aKeptRequestThatSomebodyAlteredIsNotSent() throws Exception {
        authority.script.addAll(List.of(busy(), busy(), busy()));
        notReady(provision("CS-1"), FailureCause.BUSY);
        Path kept = line.directory().resolve("queue").resolve("CS-1.json");
        byte[] genuine = Files.readAllBytes(kept);

        Files.writeString(kept, changedSerial(new String(genuine, StandardCharsets.UTF_8)));
        assertThat(notReady(provision("CS-1"), FailureCause.QUEUE).detail()).contains("was altered");
        Files.writeString(kept, "{}");
        notReady(provision("CS-1"), FailureCause.QUEUE);
        Files.write(line.directory().resolve("queue").resolve("CS-2.json"), genuine);
        assertThat(notReady(provision("CS-2"), FailureCause.QUEUE).detail()).contains("is the request of CS-1");
        assertThat(authority.enrolments).as("nothing altered was sent").hasValue(0);

        TestLine stranger = new TestLine(line.directory(), operations.line("line-2"), operations.trust());
        Files.write(kept, genuine);
        assertThat(notReady(stranger.provision(authority.uri(), authority.maker.root(), "CS-1"), FailureCause.QUEUE)
                        .detail())
                .contains("signed by another key");
        ready(provision("CS-1"));
    }

    private static WebResponse busy() {
        return WebResponse.noContent().withStatus(503);
    }

    private static String changedSerial(String entry) {
        int begin = entry.indexOf("\"statement\":\"") + 13;
        int end = entry.indexOf('"', begin);
        String statement = new String(Base64.getDecoder().decode(entry.substring(begin, end)), StandardCharsets.UTF_8);
        String changed = statement.replace("CS-1", "CS-9");
        assertThat(changed).isNotEqualTo(statement);
        return entry.replace(
                entry.substring(begin, end),
                Base64.getEncoder().encodeToString(changed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void nothingButWhatWasAskedForIsInstalled() throws Exception {
        DeviceAuthority foreign = DeviceAuthority.openOrCreate(
                directory.resolve("foreign"), "Maker", InstantSource.system(), new SecureRandom());
        ready(provision("CS-0"));
        List<X509Certificate> other =
                Pem.readCertificates(camera("CS-0").resolve("identity").resolve("tls-chain.pem"));
        authority.script.add(StandInAuthority.issued(other));
        assertThat(notReady(provision("CS-1"), FailureCause.ANSWER).detail())
                .contains("none of the 2 certificates that came is for the camera's key");
        authority.script.add(WebResponse.text("<html>welcome to the hotel network</html>"));
        assertThat(notReady(provision("CS-1"), FailureCause.ANSWER).detail()).contains("not base64");
        assertThat(notReady(line.provision(authority.uri(), foreign.root(), "CS-1"), FailureCause.ANSWER)
                        .detail())
                .contains("it is another authority");
        assertThat(camera("CS-1").resolve("identity").resolve("tls-chain.pem")).doesNotExist();
        ready(provision("CS-1"));
    }

    @Test
    void aFailedTestIsNoReadyCamera() throws Exception {
        line.frameTest = (media, root) -> {
            throw new FactoryException.TestFailed(FailureCause.FRAME, "the picture is forged", null);
        };
        assertThat(notReady(provision("CS-1"), FailureCause.FRAME).stage()).isEqualTo("installed");
        assertThat(camera("CS-1").resolve("report.json")).doesNotExist();
    }

    @Test
    void whatTheAuthorityRefusesOrHoldsIsSaid() throws Exception {
        authority.script.add(WebResponse.json(java.util.Map.of(
                        "error", java.util.Map.of("status", 403, "message", "no open order", "hint", "see order 5")))
                .withStatus(403));
        assertThat(notReady(provision("CS-1"), FailureCause.REFUSED).detail()).contains("no open order; see order 5");
        ready(provision("CS-1"));
        Files.move(camera("CS-1"), directory.resolve("replaced")); // a repaired board has new keys
        Outcome.NotReady held = notReady(provision("CS-1"), FailureCause.HELD);
        assertThat(held.detail()).containsIgnoringCase("dispute 7");
        assertThat(held.cause().waits()).isTrue();
    }
}
