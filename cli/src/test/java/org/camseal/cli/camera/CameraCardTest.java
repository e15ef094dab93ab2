package org.camseal.cli.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.identity.TlsContexts;
import org.camseal.media.AccessUnit;
import org.camseal.streaming.Login;
import org.camseal.streaming.RefusedException;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.client.RtspRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole camera program with a card: what it keeps, what its page says of it, and who may have it replayed. */
@Timeout(300)
class CameraCardTest {
    @TempDir
    private Path home;

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(TrialCamera.PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String login(HttpClient client, URI pages) throws Exception {
        String words = "{\"name\":\"" + TrialCamera.USER + "\",\"password\":\"" + TrialCamera.PASSWORD + "\"}";
        HttpResponse<String> answer = send(
                client,
                HttpRequest.newBuilder(pages.resolve("api/login"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(words)));
        return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    /** What the page says once something is on the card. */
    private static JsonNode written(HttpClient client, URI pages) throws Exception {
        String cookie = login(client, pages);
        long end = System.nanoTime() + TrialCamera.PATIENCE.toNanos();
        while (true) {
            JsonNode card = new ObjectMapper()
                    .readTree(send(
                                    client,
                                    HttpRequest.newBuilder(pages.resolve("api/card"))
                                            .header("Cookie", cookie))
                            .body());
            if (card.hasNonNull("from") || System.nanoTime() - end > 0) {
                return card;
            }
            Thread.sleep(Duration.ofMillis(100));
        }
    }

    @Test
    void whatItSendsIsKeptOnItsCardAndReplayed() throws Exception {
        TrialCamera camera = TrialCamera.init(home, "card: card\ncard-quota-bytes: 100000000\n");
        Files.createDirectory(home.resolve("card"));
        String secret = camera.secret();
        try (CameraProgram program = camera.start();
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(TlsContexts.client(camera.rule()))
                        .build()) {
            JsonNode card = written(client, TrialCamera.pages(program));
            assertThat(card.path("written").asBoolean()).as("%s", card).isTrue();
            assertThat(card.path("bytes").asLong()).isPositive();
            assertThat(card.path("quotaBytes").asLong()).isEqualTo(100_000_000);
            assertThat(card.path("gaps")).isEmpty();
            Instant from = Instant.parse(card.path("from").asText());
            String live = program.lines().getFirst().replaceFirst(".* ", "");
            RtspRequest replay = camera.request(URI.create(live.replace("/main", "/replay/main")), secret)
                    .withReplay(from, null);
            try (RtspPlayback playback = RtspClient.open(replay)) {
                AccessUnit first = Objects.requireNonNull(playback.next());
                assertThat(first.capturedAt())
                        .as("the oldest that the card has")
                        .isBetween(from.minusMillis(1), from.plusMillis(1));
            }
            assertThatThrownBy(() -> RtspClient.open(replay.withLogin(new Login(TrialCamera.USER, "wrong"))))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.isLogin()).isTrue());
        }
        try (Stream<Path> files = Files.walk(home.resolve("card"))) {
            List<String> segments = files.map(Path::toString)
                    .filter(name -> name.endsWith(".mp4"))
                    .toList();
            assertThat(segments).isNotEmpty();
        }
    }

    @Test
    void aQuotaThatHoldsNothingIsRefused() throws Exception {
        TrialCamera camera = TrialCamera.init(home, "card: card\ncard-quota-bytes: 10\n");
        assertThatThrownBy(camera::start)
                .isInstanceOfSatisfying(
                        CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("card-quota-bytes: 10 bytes");
    }
}
