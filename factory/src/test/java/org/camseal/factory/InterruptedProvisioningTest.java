package org.camseal.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.camseal.identity.AttestationAttribute;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.IdentityException;
import org.camseal.identity.SoftwareSecureElement;
import org.camseal.web.WebResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stations that die at each stage, several stations, and orders that want elements to prove themselves. */
@Timeout(120)
class InterruptedProvisioningTest {
    @TempDir
    private Path directory;

    private StandInAuthority authority;
    private TestLine line;

    @BeforeEach
    void open() throws Exception {
        Operations operations = new Operations(directory.resolve("operations"));
        authority = new StandInAuthority(directory.resolve("maker"), operations, InstantSource.system());
        line = new TestLine(directory.resolve("line"), operations.line("line-1"), operations.trust());
    }

    @AfterEach
    void close() {
        authority.close();
    }

    /** Not an exception that anybody handles: the process is gone. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private Provisioner provisioner() throws Exception {
        return line.provisioner(authority.uri(), authority.maker.root());
    }

    @Test
    void whereverTheStationDiesTheNextOneGoesOnAndEndsTheSame() throws Exception {
        List<String> stages = List.of("new", "keys made", "requested", "enrolled", "installed", "tested");
        for (int i = 0; i < stages.size(); i++) {
            String fatal = stages.get(i);
            String serial = "CS-" + i;
            Provisioner dying = provisioner();
            assertThatThrownBy(() -> dying.provision(serial, (_, stage) -> {
                        if (stage.equals(fatal)) {
                            throw new Killed();
                        }
                    }))
                    .isInstanceOf(Killed.class);
            List<String> seen = new ArrayList<>();
            Outcome outcome = provisioner().provision(serial, (_, stage) -> seen.add(stage));
            assertThat(outcome).as("killed at %s", fatal).isInstanceOf(Outcome.Ready.class);
            assertThat(seen).as("goes on where it was").isEqualTo(stages.subList(i, stages.size()));
        }
        assertThat(authority.enrolments)
                .as("each certificate was asked for once")
                .hasValue(2 * stages.size());
    }

    @Test
    void whereOnlyOneOfTheTwoCertificatesCameBothAreAskedForAgain() throws Exception {
        authority.refuseMedia = true;
        Outcome.NotReady half = (Outcome.NotReady) provisioner().provision("CS-1", (_, _) -> {});
        assertThat(half.stage()).isEqualTo("requested");
        authority.refuseMedia = false;
        assertThat(provisioner().provision("CS-1", (_, _) -> {})).isInstanceOf(Outcome.Ready.class);
        assertThat(authority.enrolments).as("TLS twice, the same certificate").hasValue(3);
    }

    @Test
    void twoStationsDoNotWorkInOneDirectory() throws Exception {
        try (LineStation first = LineStation.open(line.directory(), provisioner(), 2)) {
            assertThatThrownBy(() -> LineStation.open(line.directory(), provisioner(), 2))
                    .isInstanceOf(IdentityException.Store.class)
                    .hasMessageContaining("another station works in");
            Yield yield = new Yield(InstantSource.system());
            Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
            first.work(
                    List.of("CS-1", "CS-2", "CS-1", "CS-3").iterator(),
                    yield,
                    outcome -> outcomes.put(outcome.serial(), outcome));
            assertThat(outcomes).containsOnlyKeys("CS-1", "CS-2", "CS-3");
            assertThat(yield.snapshot().ready()).isEqualTo(3);
            assertThat(yield.snapshot().expected())
                    .as("named twice counts once")
                    .isEqualTo(3);
            assertThat(yield.snapshot().underWay()).isEmpty();
        }
        LineStation.open(line.directory(), provisioner(), 2).close();
    }

    @Test
    void anOrderThatDemandsAttestationsGetsTheElementsStatementForItsOwnChallenge() throws Exception {
        byte[] challenge = new byte[AttestationAttribute.CHALLENGE_BYTES];
        authority.challenge = Optional.of(challenge);
        Outcome.NotReady cannot = (Outcome.NotReady) provisioner().provision("CS-1", (_, _) -> {});
        assertThat(cannot.cause()).isEqualTo(FailureCause.ELEMENT);
        assertThat(cannot.detail()).contains("cannot prove where its keys were made");

        line.opener = (address, kept) -> new AttestingElement(SoftwareSecureElement.open(kept, new SecureRandom()));
        authority.script.addAll(List.of(
                WebResponse.noContent().withStatus(503),
                WebResponse.noContent().withStatus(503),
                WebResponse.noContent().withStatus(503)));
        assertThat(((Outcome.NotReady) provisioner().provision("CS-1", (_, _) -> {})).cause())
                .isEqualTo(FailureCause.BUSY);
        byte[] next = new byte[AttestationAttribute.CHALLENGE_BYTES];
        Arrays.fill(next, (byte) 1);
        authority.challenge = Optional.of(next);
        List<String> stages = new ArrayList<>();
        assertThat(provisioner().provision("CS-1", (_, stage) -> stages.add(stage)))
                .isInstanceOf(Outcome.Ready.class);
        assertThat(stages).as("the request is made anew").startsWith("requested", "keys made", "requested");
        for (CertificateProfile profile : List.of(CertificateProfile.DEVICE_TLS, CertificateProfile.MEDIA_SIGNING)) {
            CertificateRequest request = Objects.requireNonNull(authority.last.get(profile));
            assertThat(AttestationAttribute.of(request).orElseThrow().statement())
                    .isEqualTo(AttestationAttribute.nonce(next, "CS-1"));
        }
    }
}
