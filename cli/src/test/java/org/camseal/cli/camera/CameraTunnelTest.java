package org.camseal.cli.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.camseal.media.Codec;
import org.camseal.media.annexb.AnnexB;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerOutcome;
import org.camseal.streaming.client.RtspPlayback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole camera program behind a firewall that lets through to its HTTPS port alone: readers of others play its stream there. */
@Timeout(300)
class CameraTunnelTest {
    private static final String SCRIPTS = "../streaming/src/test/resources/org/camseal/streaming/peer/";

    @TempDir
    private static Path home;

    private static String secret;
    private static CameraProgram program;
    private static URI pages;

    @BeforeAll
    static void start() throws Exception {
        TrialCamera camera = TrialCamera.init(home, "");
        Path yaml = home.resolve("camera.yaml");
        // GStreamer's logins are MD5.
        Files.writeString(yaml, Files.readString(yaml).replace("rtsp:\n", "rtsp:\n  legacy-digest: md5\n"));
        secret = camera.secret();
        program = camera.start();
        pages = TrialCamera.pages(program);
        URI stream = URI.create(program.lines().getFirst().replaceFirst(".* ", ""));
        try (RtspPlayback playback = TrialCamera.open(camera.request(stream, secret))) {
            assertThat(playback.next()).isNotNull();
        }
    }

    @AfterAll
    static void end() {
        program.close();
    }

    private static PeerOutcome gstreamer(String word, Path target) throws Exception {
        return Peer.PYTHON.run(
                SCRIPTS + "gst_client.py",
                "rtspsh://127.0.0.1:" + pages.getPort() + "/main",
                "tcp+http+tls",
                home.resolve("device-root.pem").toString(),
                target.toString(),
                TrialCamera.USER,
                word,
                "30");
    }

    @Test
    void gstreamerPlaysThroughGetAndPostOnThePortOfThePages() throws Exception {
        Peer.GSTREAMER.require();
        Path target = home.resolve("video");
        gstreamer(secret, target).good();
        assertThat(AnnexB.split(Codec.H264, Files.readAllBytes(target))).hasSizeGreaterThan(20);
        assertThat(gstreamer("wrong", target).all()).contains("Unauthorized");
    }

    @Test
    void aPageInABrowserPlaysThroughAWebSocketUntilItsAccountIsRemoved() throws Exception {
        Peer.CHROMIUM.require();
        Path script =
                Path.of("..", "e2e", "browser", "tunnel.mjs").toAbsolutePath().normalize();
        Peer.requireFile(script.resolveSibling("node_modules").resolve("playwright-core"), "npm ci in e2e/browser");
        PeerOutcome outcome =
                Peer.NODE.run(script.toString(), pages.toString(), "/main", TrialCamera.USER, TrialCamera.PASSWORD);
        assertThat(outcome.good().lines()).contains("all held").noneMatch(line -> line.startsWith("FAIL"));
    }
}
