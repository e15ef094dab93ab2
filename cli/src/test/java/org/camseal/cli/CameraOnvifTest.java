package org.camseal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.camseal.streaming.client.RtspPlayback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole camera program, used by the npm package onvif; what that was told is opened by our RTSP client. */
@Timeout(300)
class CameraOnvifTest {
    @TempDir
    private Path home;

    private PeerOutcome use(URI pages, String secret) throws Exception {
        return Peer.NODE.run(
                "../e2e/onvif/vms.js",
                "use",
                pages.getHost(),
                String.valueOf(pages.getPort()),
                TrialCamera.USER,
                secret,
                home.resolve("device-root.pem").toString(),
                TrialCamera.SERIAL);
    }

    @Test
    void aVmsUsesTheCameraProgram() throws Exception {
        Peer.NODE.require();
        Peer.requireFile(Path.of("../e2e/onvif/node_modules/onvif/package.json"), "npm, then npm ci in e2e/onvif");
        TrialCamera camera = TrialCamera.init(home, "onvif:\n  name: gate\n");
        String secret = camera.secret();
        try (CameraProgram program = camera.start()) {
            URI pages = TrialCamera.pages(program);
            assertThat(use(pages, "wrong").all()).contains("Digest authentication failed");
            JsonNode told =
                    new ObjectMapper().readTree(use(pages, secret).good().out());
            assertThat(told.at("/information/serialNumber").asText()).isEqualTo(TrialCamera.SERIAL);
            assertThat(told.at("/profiles/0").asText()).isEqualTo("main");
            assertThat(told.at("/events").toString()).contains("CertificateExpiry");
            try (RtspPlayback playback = TrialCamera.open(
                    camera.request(URI.create(told.at("/stream").asText()), secret))) {
                assertThat(playback.next()).isNotNull();
            }
        }
    }
}
