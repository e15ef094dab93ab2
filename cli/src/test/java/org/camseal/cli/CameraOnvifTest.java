package org.camseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.camseal.camera.accounts.Account;
import org.camseal.camera.accounts.Accounts;
import org.camseal.camera.accounts.PasswordCost;
import org.camseal.camera.pages.RecipientShelf;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DurableFile;
import org.camseal.identity.Identity;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Pem;
import org.camseal.identity.Role;
import org.camseal.identity.SiteAuthority;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.camseal.streaming.Login;
import org.camseal.streaming.StreamingException;
import org.camseal.streaming.client.HostCheck;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.client.RtspRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole camera program, used by the npm package onvif; what that was told is opened by our RTSP client. */
@Timeout(300)
class CameraOnvifTest {
    private static final String SERIAL = "CS-ONVIF-1";
    private static final String USER = "vms";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    private final SecureRandom random = new SecureRandom();

    private void init() throws Exception {
        StringWriter told = new StringWriter();
        int code = CamSeal.run(
                new PrintWriter(told), new PrintWriter(told), "camera", "init", home.toString(), "--serial", SERIAL);
        assertThat(code).as(told.toString()).isZero();
        DurableFile.write(home.resolve("camera.yaml"), """
                rtsp:
                  listen: 127.0.0.1:0
                https:
                  listen: 127.0.0.1:0
                  redirect-listen: ""
                onvif:
                  name: gate
                """.getBytes(StandardCharsets.UTF_8), DurableFile.Readers.OWNER);
    }

    /** An administrator with a secret for programs, and somebody who may open the video: without one none is sent. */
    private String secret() throws Exception {
        Path state = home.resolve("state");
        DurableFile.ownDirectory(state);
        Accounts accounts =
                Accounts.open(state.resolve("accounts.json"), SERIAL, PasswordCost.STANDARD, random, System::nanoTime);
        accounts.setFirst(USER, "quite a long pass phrase 7");
        SiteAuthority site = SiteAuthority.openOrCreate(home.resolve("site"), "Site", InstantSource.system(), random);
        Identity viewer = Identity.openOrCreate(home.resolve("viewer"), Role.PERSON, random);
        site.enrol(viewer, new CertificateSubject("Site", "viewer", "viewer-1"));
        RecipientShelf.open(state.resolve("recipients"))
                .add(viewer.recipient().chain().getFirst());
        return accounts.newStreamSecret(USER, Account.StreamSecret.DIGEST).orElseThrow();
    }

    private PeerOutcome use(URI pages, String secret) throws Exception {
        return Peer.NODE.run(
                "../e2e/onvif/vms.js",
                "use",
                pages.getHost(),
                String.valueOf(pages.getPort()),
                USER,
                secret,
                home.resolve("device-root.pem").toString(),
                SERIAL);
    }

    private void plays(URI stream, String secret) throws Exception {
        TrustRoots roots = new TrustRoots(Pem.readCertificates(home.resolve("device-root.pem")), List.of(), List.of());
        PeerRule rule = PeerRule.camera(new TrustEvaluator(roots), SERIAL, InstantSource.system());
        RtspRequest request = RtspRequest.of(stream)
                .withLogin(new Login(USER, secret))
                .withTls(TlsContexts.client(rule).getSocketFactory(), HostCheck.BY_TRUST_MANAGER);
        try (RtspPlayback playback = open(request)) {
            assertThat(playback.next()).isNotNull();
        }
    }

    /** The stream is there once the source has given its first picture. */
    private static RtspPlayback open(RtspRequest request) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return RtspClient.open(request);
            } catch (StreamingException notYet) {
                if (System.nanoTime() - end > 0) {
                    throw notYet;
                }
                Thread.sleep(Duration.ofMillis(100));
            }
        }
    }

    @Test
    void aVmsUsesTheCameraProgram() throws Exception {
        Peer.NODE.require();
        Peer.requireFile(Path.of("../e2e/onvif/node_modules/onvif/package.json"), "npm, then npm ci in e2e/onvif");
        init();
        String secret = secret();
        CameraFile settings = YamlSettings.read(home.resolve("camera.yaml"), CameraFile.DEFAULTS);
        try (CameraProgram program = CameraProgram.start(home, settings, random, _ -> {})) {
            URI pages = URI.create(program.lines().stream()
                    .filter(line -> line.startsWith("pages: "))
                    .findFirst()
                    .orElseThrow()
                    .substring("pages: ".length()));
            assertThat(use(pages, "wrong").all()).contains("Digest authentication failed");
            JsonNode told =
                    new ObjectMapper().readTree(use(pages, secret).good().out());
            assertThat(told.at("/information/serialNumber").asText()).isEqualTo(SERIAL);
            assertThat(told.at("/profiles/0").asText()).isEqualTo("main");
            assertThat(told.at("/events").toString()).contains("CertificateExpiry");
            plays(URI.create(told.at("/stream").asText()), secret);
        }
    }
}
