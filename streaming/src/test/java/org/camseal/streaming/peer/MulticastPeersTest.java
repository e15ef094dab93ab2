package org.camseal.streaming.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.annexb.AnnexB;
import org.camseal.peers.Peer;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.Multicast;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerSettings;
import org.camseal.streaming.server.RtspServerSettings.ClientCertificates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GStreamer hears a group on the loopback network: RTP, and SRTP under the group's key. */
@Timeout(180)
class MulticastPeersTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private static Path shared;

    private static Path client;
    private static Clip clip;
    private static TestTls tls;

    @TempDir
    private Path directory;

    @BeforeAll
    static void prepare() throws Exception {
        Peer.GSTREAMER.require();
        client = shared.resolve("gst_client.py");
        try (InputStream in = MulticastPeersTest.class.getResourceAsStream("gst_client.py")) {
            Files.write(client, in.readAllBytes());
        }
        clip = Clip.make(
                shared, "h264.mp4", 1, "-c:v", "libx264", "-preset", "veryfast", "-g", "25", "-bf", "0", "-c:a", "aac");
        tls = TestTls.make(shared);
    }

    private static Multicast group() throws Exception {
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            int port = Math.min(free.getLocalPort() & ~1, 65_500);
            return new Multicast(
                    InetAddress.ofLiteral("239.255.77.2"), port, 1, NetworkInterface.getByInetAddress(LOOPBACK));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsp", "rtsps"})
    void gstreamerHearsAGroup(String scheme) throws Exception {
        RtspServerSettings settings = RtspServerSettings.of(LOOPBACK, 0, Authenticator.openToAll());
        Path target = directory.resolve("video");
        String pem = Files.readString(tls.pem());
        Path trusted = directory.resolve("trusted.pem");
        Files.writeString(trusted, pem.substring(pem.indexOf("-----BEGIN CERTIFICATE-----")));
        try (RtspServer server = RtspServer.start(
                scheme.equals("rtsps") ? settings.withTls(tls.server(), ClientCertificates.NOT_ASKED) : settings)) {
            Showing showing = new Showing(clip);
            server.mount("/live", showing.stream(), group());
            int exitCode = showing.to(
                    directory,
                    new ProcessBuilder(Peer.PYTHON.with(List.of(
                            client.toString(),
                            scheme + "://localhost:" + server.port() + "/live?multicast=1",
                            "udp-mcast",
                            trusted.toString(),
                            target.toString()))));
            assertThat(exitCode).as(Files.readString(directory.resolve("told"))).isZero();
        }
        Clip.assertSame(
                Clip.coded(AnnexB.split(Codec.H264, Files.readAllBytes(target))), Clip.coded(Clip.nals(clip.units())));
    }
}
