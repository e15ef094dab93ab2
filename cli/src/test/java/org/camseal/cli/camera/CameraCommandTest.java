package org.camseal.cli.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.camseal.cli.CamSeal;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.YamlSettings;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Pem;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code camseal camera}: a camera made for trying, its settings, and what it serves. */
class CameraCommandTest {
    @TempDir
    private static Path directory;

    private static Path home;

    @BeforeAll
    static void make() {
        home = directory.resolve("camera");
        assertThat(run("camera", "init", home.toString())).contains("0 ", "camera CS-TRIAL-0001");
    }

    private static String run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = CamSeal.run(new PrintWriter(out), new PrintWriter(err), words);
        return code + " " + out + err;
    }

    private static CameraFile settings(String yaml) throws Exception {
        Path file = home.resolve("test.yaml");
        Files.writeString(file, yaml);
        return YamlSettings.read(file, CameraFile.DEFAULTS);
    }

    private static final String FREE_PORTS = """
            rtsp:
              listen: 127.0.0.1:0
            https:
              listen: 127.0.0.1:0
              redirect-listen: ""
            """;

    @Test
    void whatInitWroteAreTheDefaults() throws Exception {
        assertThat(YamlSettings.read(home.resolve("camera.yaml"), CameraFile.DEFAULTS))
                .isEqualTo(CameraFile.DEFAULTS);
        assertThat(settings("{}")).isEqualTo(CameraFile.DEFAULTS);
        CameraFile changed =
                settings("stream: gate\nsealing:\n  suite: aes_256_gcm\nhttps:\n  live-page-role: operator\n");
        assertThat(changed.stream()).isEqualTo("gate");
        assertThat(changed.https().livePageRole().label()).isEqualTo("operator");
        assertThat(changed.https().listen())
                .isEqualTo(CameraFile.DEFAULTS.https().listen());
    }

    @Test
    void aMisspeltSettingNamesTheNearest() {
        assertThatThrownBy(() -> settings("https:\n  live-pages: true\n"))
                .hasMessageContaining("unknown key \"https.live-pages\"")
                .satisfies(e -> assertThat(((CommandFailure) e).hint()).contains("https.live-page"));
    }

    @Test
    void aPasswordDoesNotBelongIntoTheSettings() throws Exception {
        CameraFile settings = settings("source: rtsp://user:hidden@192.0.2.1/live\n" + FREE_PORTS);
        assertThatThrownBy(() -> CameraProgram.start(home, settings, new SecureRandom(), event -> {}))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("a password does not belong into the settings")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void theElementHasToBeTheOneThatTheSettingsName() throws Exception {
        CameraFile settings = settings("element: soft\n" + FREE_PORTS);
        assertThatThrownBy(() -> CameraProgram.start(home, settings, new SecureRandom(), event -> {}))
                .isInstanceOfSatisfying(
                        CommandFailure.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.KEY))
                .hasMessageContaining("in the element files, not in soft");
    }

    @Test
    void aCameraServesItsPagesAndOnvifAndNothingElseUntilThereIsAnAdministrator() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        PeerRule rule = PeerRule.camera(
                new TrustEvaluator(TrustRoots.NONE.withDevice(
                        Pem.readCertificates(home.resolve("device-root.pem")).getFirst())),
                "CS-TRIAL-0001",
                InstantSource.system());
        try (CameraProgram program = CameraProgram.start(home, settings(FREE_PORTS), new SecureRandom(), events::add);
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(TlsContexts.client(rule))
                        .build()) {
            assertThat(program.lines().getFirst()).startsWith("camera CS-TRIAL-0001: rtsps://127.0.0.1:");
            assertThat(program.lines()).anyMatch(line -> line.startsWith("nobody can log in yet"));
            URI pages = program.lines().stream()
                    .filter(line -> line.startsWith("pages: "))
                    .map(line -> URI.create(line.substring("pages: ".length())))
                    .findFirst()
                    .orElseThrow();
            assertThat(send(client, HttpRequest.newBuilder(pages)).body()).contains("CamSeal camera");
            HttpResponse<String> status = send(client, HttpRequest.newBuilder(pages.resolve("api/status")));
            assertThat(status.statusCode()).isEqualTo(403);
            assertThat(status.body()).contains("This camera is new");
            assertThat(onvif(client, pages, "GetSystemDateAndTime").body())
                    .as("what every ONVIF client may ask before it logs in")
                    .contains("UTCDateTime");
            assertThat(onvif(client, pages, "GetDeviceInformation").body())
                    .as("what needs a login")
                    .doesNotContain("CS-TRIAL-0001");
        }
    }

    private static String envelope(String operation) {
        return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body><" + operation
                + " xmlns=\"http://www.onvif.org/ver10/device/wsdl\"/></s:Body></s:Envelope>";
    }

    private static HttpResponse<String> onvif(HttpClient client, URI pages, String operation) throws Exception {
        return send(
                client,
                HttpRequest.newBuilder(pages.resolve("onvif/device_service"))
                        .header("Content-Type", "application/soap+xml; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofString(envelope(operation))));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
