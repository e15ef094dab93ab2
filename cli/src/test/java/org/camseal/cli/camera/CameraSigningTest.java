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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camseal.cli.Said;
import org.camseal.ffmpeg.TestPattern;
import org.camseal.ffmpeg.TestPatternSettings;
import org.camseal.ffmpeg.VideoEncoderSettings;
import org.camseal.identity.IdentityException;
import org.camseal.identity.TlsContexts;
import org.camseal.media.AccessUnit;
import org.camseal.media.VideoUnit;
import org.camseal.media.mp4.FragmentedMp4Writer;
import org.camseal.peers.OwnersAuthority;
import org.camseal.streaming.client.RtspPlayback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The owner chooses on the pages which key signs the video, and {@code camseal verify} tells whose signatures a recording has. */
@Timeout(300)
class CameraSigningTest {
    private static final int PICTURES = 45;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path home;

    private @Nullable HttpClient client;
    private URI pages = URI.create("https://localhost/");
    private String cookie = "";
    private String csrf = "";

    private JsonNode send(String method, String path, Object body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(pages.resolve("api/" + path))
                .timeout(TrialCamera.PATIENCE)
                .header("Content-Type", "application/json")
                .header("X-CamSeal-Csrf", csrf)
                .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        HttpResponse<String> answer =
                Objects.requireNonNull(client).send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        answer.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.replaceFirst(";.*", ""));
        return JSON.readTree(answer.body());
    }

    private void logIn() throws Exception {
        JsonNode standing = send("POST", "login", Map.of("name", TrialCamera.USER, "password", TrialCamera.PASSWORD));
        csrf = standing.path("csrf").asText();
    }

    /** A certificate for signing, of an authority of the owner's; installed on the pages. */
    private Path ownersCertificate() throws Exception {
        OwnersAuthority authority = new OwnersAuthority(home.resolve("authority"));
        String request = send(
                        "POST",
                        "certificates/signing/request",
                        Map.of("subject", "CN=Gate,O=Owner", "dns", List.of(), "ip", List.of()))
                .path("pem")
                .asText();
        send("POST", "certificates/signing/install", Map.of("pem", authority.sign(request)));
        return authority.root();
    }

    /** Small, with a key picture each second: a group is signed soon. */
    private void film() throws Exception {
        TestPatternSettings settings =
                new TestPatternSettings(new VideoEncoderSettings(320, 180, 25, 300_000, 25), false);
        try (TestPattern pattern = TestPattern.open(settings, Instant.now());
                FragmentedMp4Writer writer = FragmentedMp4Writer.create(home.resolve("film.mp4"), pattern.tracks())) {
            for (int i = 0; i < 100; i++) {
                writer.write(pattern.next());
            }
        }
    }

    private Path record(TrialCamera camera, URI stream, String secret, String name) throws Exception {
        Path file = home.resolve(name);
        try (RtspPlayback playback = TrialCamera.open(camera.request(stream, secret));
                FragmentedMp4Writer writer = FragmentedMp4Writer.create(file, playback.tracks())) {
            for (int seen = 0; seen < PICTURES; ) {
                AccessUnit unit = playback.next();
                if (unit == null) {
                    break;
                }
                writer.write(unit);
                seen += unit instanceof VideoUnit ? 1 : 0;
            }
        }
        return file;
    }

    private void awaitSigner(String certificate) throws Exception {
        long end = System.nanoTime() + TrialCamera.PATIENCE.toNanos();
        while (true) {
            JsonNode all = send("PUT", "certificates/choice", Map.of("use", "pages", "whose", "maker"));
            if (all.path("signsNow")
                    .asText()
                    .equals(all.path(certificate).path("sha256").asText())) {
                return;
            }
            assertThat(System.nanoTime()).as("%s", all).isLessThan(end);
            Thread.sleep(Duration.ofMillis(100));
        }
    }

    private Said verify(Path file, Path... roots) {
        List<Object> words = new ArrayList<>(List.of("verify", file, "--identity", home.resolve("viewer"), "--json"));
        for (Path root : roots) {
            words.add("--root");
            words.add(root);
        }
        return Said.by(words.toArray());
    }

    private static JsonNode signer(Said said) throws Exception {
        JsonNode all = said.json();
        JsonNode signers = (all.isArray() ? all.get(0) : all).path("signing").path("signers");
        assertThat(signers).as(said.out()).hasSize(1);
        return signers.get(0);
    }

    @Test
    void whatVerifyTellsIsWhatTheOwnerChose() throws Exception {
        film();
        TrialCamera camera = TrialCamera.init(home, "source: film.mp4\n");
        String secret = camera.secret();
        Path makers = home.resolve("device-root.pem");
        try (CameraProgram program = camera.start();
                HttpClient browser = HttpClient.newBuilder()
                        .sslContext(TlsContexts.client(camera.rule()))
                        .build()) {
            client = browser;
            pages = TrialCamera.pages(program);
            URI stream = URI.create(program.lines().getFirst().replaceFirst(".* ", ""));
            logIn();
            JsonNode first = signer(verify(record(camera, stream, secret, "makers.mp4"), makers));
            assertThat(first.path("userProvisioned").asBoolean()).isFalse();
            assertThat(first.path("trust").asText()).isEqualTo("trusted");

            Path owners = ownersCertificate();
            send("PUT", "certificates/choice", Map.of("use", "signing", "whose", "owner"));
            awaitSigner("ownerSigning");
            Path file = record(camera, stream, secret, "owners.mp4");
            Said stranger = verify(file, makers);
            assertThat(stranger.code())
                    .as("the maker's root alone: %s", stranger.out())
                    .isEqualTo(5);
            assertThat(signer(stranger).path("trustReason").asText()).isEqualTo("UNKNOWN_ROOT");
            JsonNode second = signer(verify(file, makers, owners).good());
            assertThat(second.path("userProvisioned").asBoolean()).isTrue();
            assertThat(second.path("trust").asText()).isEqualTo("trusted");
            assertThat(second.path("subject").asText()).contains("Gate");
            assertThat(Files.readString(home.resolve("state/events/" + eventFile())))
                    .contains("\"signer changed\"", "certificate chosen");
        }
    }

    private String eventFile() throws Exception {
        try (var files = Files.list(home.resolve("state/events"))) {
            return files.map(path -> path.getFileName().toString())
                    .sorted()
                    .toList()
                    .getLast();
        }
    }

    @Test
    void aCertificateThatTheSettingsNameMustBeThere() throws Exception {
        TrialCamera camera = TrialCamera.init(home, "signing-certificate: owner\n");
        assertThatThrownBy(camera::start)
                .isInstanceOf(IdentityException.Refused.class)
                .hasMessageContaining("no certificate of the owner is installed");
    }
}
