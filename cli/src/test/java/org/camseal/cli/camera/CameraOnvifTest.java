package org.camseal.cli.camera;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.camseal.identity.Pem;
import org.camseal.identity.SiteAuthority;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.camseal.streaming.client.RtspPlayback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole camera program, used by the npm package onvif; the very address that it is told is opened by our client, by ffmpeg and by GStreamer. */
@Timeout(300)
class CameraOnvifTest {
    private static final Path E2E = Path.of("../e2e/onvif");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path home;

    private static TrialCamera camera;
    private static CameraProgram program;
    private static String secret;
    private static JsonNode told;

    @BeforeAll
    static void start() throws Exception {
        Peer.NODE.require();
        Peer.requireFile(E2E.resolve("node_modules/onvif/package.json"), "npm, then npm ci in e2e/onvif");
        camera = TrialCamera.init(home, "onvif:\n  name: gate\n");
        // ffmpeg and GStreamer know Digest with MD5 only
        Path settings = home.resolve("camera.yaml");
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replaceFirst("rtsp:\n", "rtsp:\n  legacy-digest: md5\n")
                        .replaceFirst("https:\n", "https:\n  live-page: true\n"));
        secret = camera.secret();
        program = camera.start();
        told = JSON.readTree(vms("use", secret).good().out());
    }

    @AfterAll
    static void stop() {
        if (program != null) {
            program.close();
        }
    }

    private static PeerOutcome vms(String task, String password) throws Exception {
        URI pages = TrialCamera.pages(program);
        return Peer.NODE.run(
                E2E.resolve("vms.js").toString(),
                task,
                pages.getHost(),
                String.valueOf(pages.getPort()),
                TrialCamera.USER,
                password,
                home.resolve("device-root.pem").toString(),
                TrialCamera.SERIAL);
    }

    private static URI stream() {
        return URI.create(told.at("/stream").asText());
    }

    @Test
    void aVmsUsesTheCameraProgram() throws Exception {
        assertThat(vms("use", "wrong").all()).contains("Digest authentication failed");
        assertThat(told.at("/information/serialNumber").asText()).isEqualTo(TrialCamera.SERIAL);
        assertThat(told.at("/profiles/0").asText()).isEqualTo("main");
        assertThat(told.at("/events").toString()).contains("CertificateExpiry", "State=VALID");
        try (RtspPlayback playback = TrialCamera.open(camera.request(stream(), secret))) {
            assertThat(playback.next()).isNotNull();
        }
    }

    /** The test pattern is coded in constrained baseline, with 25 pictures a second where the machine has time for so many. */
    @Test
    void itIsToldWhatTheStreamIsLike() {
        JsonNode encoder = told.at("/encoder");
        assertThat(encoder.at("/rateControl/frameRateLimit").asDouble())
                .as("%s", encoder)
                .isBetween(0.1, 26.0);
        assertThat(encoder.at("/rateControl/bitrateLimit").asInt())
                .as("%s", encoder)
                .isBetween(50, 20_000);
        assertThat(encoder.at("/$/GovLength").asInt()).as("%s", encoder).isBetween(2, 250);
        assertThat(encoder.at("/$/Profile").asText()).as("%s", encoder).isEqualTo("Baseline");
        assertThat(encoder.at("/resolution/width").asInt()).as("%s", encoder).isPositive();
    }

    @Test
    void ffmpegOpensTheAddress() throws Exception {
        String withLogin = stream().toString().replaceFirst("://", "://" + TrialCamera.USER + ":" + secret + "@");
        List<String> command = List.of(
                "-v",
                "fatal",
                "-rtsp_transport",
                "tcp",
                "-i",
                withLogin,
                "-c",
                "copy",
                "-frames:v",
                "30",
                "-f",
                "framecrc",
                "-");
        assertThat(Peer.FFMPEG.run(command).good().lines().stream().filter(line -> line.startsWith("0,")))
                .hasSize(30);
    }

    private static PeerOutcome gstreamer(Path root, String serial) throws Exception {
        return Peer.PYTHON.run(
                E2E.resolve("open.py").toString(),
                stream().toString(),
                TrialCamera.USER,
                secret,
                root.toString(),
                serial,
                "30");
    }

    @Test
    void gstreamerOpensTheAddressOfThisCameraAlone() throws Exception {
        Peer.GSTREAMER.require();
        Path root = home.resolve("device-root.pem");
        gstreamer(root, TrialCamera.SERIAL).good();
        refused(gstreamer(root, "CS-OTHER"), "the certificate is not that of CS-OTHER");
        Path foreign = home.resolve("foreign-root.pem");
        SiteAuthority other =
                SiteAuthority.openOrCreate(home.resolve("other"), "Other", InstantSource.system(), new SecureRandom());
        Pem.writeCertificates(foreign, List.of(other.root()));
        refused(gstreamer(foreign, TrialCamera.SERIAL), "this root does not vouch for the certificate");
    }

    private static void refused(PeerOutcome outcome, String why) {
        assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(1);
        assertThat(outcome.all()).contains(why);
    }

    /** The certificate names the camera, not a host: curl cannot check it. */
    private static PeerOutcome curl(String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("-s", "-k", "--max-time", "60"));
        command.addAll(List.of(more));
        command.add(told.at("/snapshot").asText());
        return Peer.CURL.run(command);
    }

    @Test
    void aSnapshotIsForALoginThatMaySeeIt() throws Exception {
        byte[] jpeg =
                curl("--digest", "-u", TrialCamera.USER + ":" + secret).good().output();
        assertThat(HexFormat.of().formatHex(jpeg, 0, 3)).isEqualTo("ffd8ff");
        assertThat(curl("-w", "%{http_code}").good().out()).endsWith("401");
    }

    @Test
    void aCertificateOfTheOwnerIsMadeAndShown() throws Exception {
        JsonNode done = JSON.readTree(vms("certify", secret).good().out());
        assertThat(done.at("/before").asText()).as("not shown yet").contains("certificate");
        assertThat(done.at("/makersThen").asText()).as("not shown any more").contains("certificate");
        assertThat(done.at("/serialNumber").asText()).isEqualTo(TrialCamera.SERIAL);
        assertThat(done.at("/shown").asBoolean()).isTrue();
        assertThat(done.at("/after").asText()).as("as it was").contains("certificate");
        assertThat(done.at("/statuses").toString()).contains("ok");
    }
}
