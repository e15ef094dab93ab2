package org.camseal.factory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.camseal.identity.AttestationAttribute;
import org.camseal.identity.CertificateProfile;
import org.camseal.web.WebResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How long the client tries, what it waits for, and whom it talks to. */
@Timeout(120)
class EstClientTest {
    @TempDir
    private static Path directory;

    private static Operations operations;
    private static StandInAuthority authority;
    private TestLine line;

    @BeforeAll
    static void open() throws Exception {
        operations = new Operations(directory.resolve("operations"));
        authority = new StandInAuthority(directory.resolve("maker"), operations, InstantSource.system());
    }

    @AfterAll
    static void close() {
        authority.close();
    }

    @BeforeEach
    void line() throws Exception {
        line = new TestLine(
                directory.resolve("line"), operations.line("line-" + System.nanoTime()), operations.trust());
        authority.script.clear();
    }

    private static WebResponse later(String retryAfter) {
        return WebResponse.noContent().withStatus(202).withHeader("Retry-After", retryAfter);
    }

    private void enrol() throws Exception {
        line.est(authority.uri()).enrol(CertificateProfile.DEVICE_TLS, new byte[] {1});
    }

    @Test
    void waitsAsTheAuthorityAsksButNotLongerThanItGrants() {
        authority.script.addAll(List.of(later("7"), later("100000"), later("0"), later("soon")));
        // In the end the stand-in reads the request, which is none.
        assertThatThrownBy(this::enrol).isInstanceOf(FactoryException.Refused.class);
        assertThat(line.waits.subList(0, 3))
                .containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(60), Duration.ofMillis(100));
        assertThat(line.waits.get(3)).as("no time that can be read: our own").isLessThan(Duration.ofMillis(11));
        assertThat(line.waits).hasSize(4);
    }

    @Test
    void doesNotWaitForEver() {
        for (int i = 0; i < 10; i++) {
            authority.script.add(later("60"));
        }
        assertThatThrownBy(this::enrol).isInstanceOf(FactoryException.Busy.class);
        assertThat(line.waits).as("five minutes in all").hasSize(5);
    }

    @Test
    void aDateInRetryAfterIsReadToo() {
        Instant now = Instant.parse("2026-11-22T06:00:00Z");
        assertThat(RetryAfter.parse(Optional.of("Sun, 22 Nov 2026 06:00:30 GMT"), now))
                .contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.parse(Optional.of("Sun, 22 Nov 2026 05:00:30 GMT"), now))
                .contains(Duration.ZERO);
        assertThat(RetryAfter.parse(Optional.of("-3"), now)).isEmpty();
        assertThat(RetryAfter.parse(Optional.empty(), now)).isEmpty();
    }

    @Test
    void serverFaultsAreTriedAgainWithGrowingWaits() {
        authority.script.addAll(List.of(
                WebResponse.noContent().withStatus(500), WebResponse.noContent().withStatus(502)));
        assertThatThrownBy(this::enrol).isInstanceOf(FactoryException.Refused.class);
        assertThat(line.waits.get(0)).isBetween(Duration.ofMillis(5), Duration.ofMillis(10));
        assertThat(line.waits.get(1)).isBetween(Duration.ofMillis(10), Duration.ofMillis(20));
    }

    @Test
    void waitsAreSpreadByChanceBetweenHalfAndWhole() {
        Patience patience = Patience.USUAL;
        Random random = new Random(2);
        List<Duration> thirds = java.util.stream.IntStream.range(0, 200)
                .mapToObj(_ -> patience.after(3, random))
                .toList();
        assertThat(thirds).allMatch(time -> time.toMillis() >= 400 && time.toMillis() <= 800);
        assertThat(thirds.stream().distinct().count()).isGreaterThan(50);
        assertThat(patience.after(60, random)).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void onceNobodyAnswersTheNextRequestsDoNotWaitAgain() throws Exception {
        line.clock = InstantSource.fixed(Instant.now());
        EstClient est = line.est(URI.create("https://127.0.0.1:1/")); // nobody listens there
        assertThatThrownBy(est::authorities).isInstanceOf(FactoryException.LinkDown.class);
        int waits = line.waits.size();
        assertThat(waits).isEqualTo(2);
        assertThatThrownBy(est::authorities)
                .isInstanceOf(FactoryException.LinkDown.class)
                .hasMessageContaining("a moment ago");
        assertThat(line.waits).hasSize(waits);
    }

    @Test
    void talksToNoServerUnderAnotherOperationsRoot() throws Exception {
        Operations foreign = new Operations(directory.resolve("foreign"));
        TestLine deceived = new TestLine(directory.resolve("line"), foreign.line("line-x"), foreign.trust());
        assertThatThrownBy(() -> deceived.est(authority.uri()).authorities())
                .isInstanceOf(FactoryException.LinkDown.class)
                .hasMessageContaining("the TLS peer is not trusted as the device authority's server");
        assertThat(line.est(authority.uri()).authorities())
                .as("positive control")
                .contains(authority.maker.root());
    }

    @Test
    void takesNoLinesCertificateForTheAuthoritysServer() throws Exception {
        // A line has a certificate under the same root, and must not pass for the authority.
        try (var impostor = new StandInAuthority(
                directory.resolve("impostor"), operations, InstantSource.system(), operations.line("line-evil"))) {
            assertThatThrownBy(() -> line.est(impostor.uri()).authorities())
                    .isInstanceOf(FactoryException.LinkDown.class)
                    .hasMessageContaining("WRONG_PURPOSE");
        }
    }

    @Test
    void theChallengeOfAnOrderIsRead() throws Exception {
        byte[] challenge = new byte[AttestationAttribute.CHALLENGE_BYTES];
        authority.challenge = Optional.of(challenge);
        assertThat(line.est(authority.uri()).challenge(CertificateProfile.MEDIA_SIGNING))
                .hasValue(challenge);
        authority.challenge = Optional.empty();
        assertThat(line.est(authority.uri()).challenge(CertificateProfile.MEDIA_SIGNING))
                .isEmpty();
    }
}
