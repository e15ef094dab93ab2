package org.camseal.streaming.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.annexb.AnnexB;
import org.camseal.peers.Peer;
import org.camseal.streaming.rtp.AacLayout;
import org.camseal.streaming.rtp.Depacketizer;
import org.camseal.streaming.rtp.Received;
import org.camseal.streaming.rtp.RtpPacket;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerSettings;
import org.camseal.streaming.server.RtspServerSettings.ClientCertificates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign clients play through HTTP, HTTPS and WebSocket, on the port that speaks RTSP too; every picture arrives as it was sent. */
@Timeout(180)
class TunnelPeersTest {
    @TempDir
    private static Path shared;

    private static Clip clip;
    private static TestTls tls;

    @TempDir
    private Path directory;

    @BeforeAll
    static void prepare() throws Exception {
        for (String resource : List.of("gst_client.py", "websocket_client.mjs")) {
            try (InputStream in = TunnelPeersTest.class.getResourceAsStream(resource)) {
                Files.write(shared.resolve(resource), in.readAllBytes());
            }
        }
        clip = Clip.make(
                shared, "h264.mp4", 1, "-c:v", "libx264", "-preset", "veryfast", "-g", "25", "-bf", "0", "-c:a", "aac");
        tls = TestTls.make(shared);
    }

    private static boolean isTls(String scheme) {
        return List.of("https", "rtspsh", "wss").contains(scheme);
    }

    private interface Command {
        ProcessBuilder to(int port) throws Exception;
    }

    private void plays(String scheme, Command command) throws Exception {
        RtspServerSettings settings =
                RtspServerSettings.of(InetAddress.getLoopbackAddress(), 0, Authenticator.openToAll());
        try (RtspServer server = RtspServer.start(
                isTls(scheme) ? settings.withTls(tls.server(), ClientCertificates.NOT_ASKED) : settings)) {
            Showing showing = new Showing(clip);
            server.mount("/live", showing.stream());
            int exitCode = showing.to(directory, command.to(server.port()));
            assertThat(exitCode).as(Files.readString(directory.resolve("told"))).isZero();
        }
    }

    private void assertAllArrived(List<NalUnit> received) {
        Clip.assertSame(Clip.coded(received), Clip.coded(Clip.nals(clip.units())));
    }

    private List<NalUnit> written(Path target) throws Exception {
        return AnnexB.split(Codec.H264, Files.readAllBytes(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void ffmpegPlaysThroughGetAndPost(String scheme) throws Exception {
        Path target = directory.resolve("video");
        plays(
                scheme,
                port -> new ProcessBuilder(Peer.FFMPEG.with(List.of(
                        "-loglevel",
                        "warning",
                        "-rtsp_transport",
                        scheme,
                        "-i",
                        "rtsp://localhost:" + port + "/live",
                        "-c",
                        "copy",
                        "-f",
                        "h264",
                        target.toString()))));
        assertAllArrived(written(target));
    }

    @ParameterizedTest
    @CsvSource({"rtsph, tcp+http", "rtspsh, tcp+http+tls"})
    void gstreamerPlaysThroughGetAndPost(String scheme, String protocols) throws Exception {
        Peer.GSTREAMER.require();
        Path target = directory.resolve("video");
        String pem = Files.readString(tls.pem());
        Path trusted = directory.resolve("trusted.pem");
        Files.writeString(trusted, pem.substring(pem.indexOf("-----BEGIN CERTIFICATE-----")));
        plays(
                scheme,
                port -> new ProcessBuilder(Peer.PYTHON.with(List.of(
                        shared.resolve("gst_client.py").toString(),
                        scheme + "://localhost:" + port + "/live",
                        protocols,
                        trusted.toString(),
                        target.toString()))));
        assertAllArrived(written(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "wss"})
    void nodePlaysThroughAWebSocket(String scheme) throws Exception {
        String version = Peer.NODE.run("--version").good().out().strip();
        boolean hasItsOwn = Integer.parseInt(version.substring(1, version.indexOf('.'))) >= 22;
        Path target = directory.resolve("packets");
        plays(scheme, port -> {
            List<String> arguments = new ArrayList<>(hasItsOwn ? List.of() : List.of("--experimental-websocket"));
            arguments.add(shared.resolve("websocket_client.mjs").toString());
            arguments.add(scheme + "://localhost:" + port + "/live");
            arguments.add(target.toString());
            ProcessBuilder program = new ProcessBuilder(Peer.NODE.with(arguments));
            program.environment().put("NODE_EXTRA_CA_CERTS", tls.pem().toString());
            return program;
        });
        List<NalUnit> received = new ArrayList<>();
        Depacketizer depacketizer = Depacketizer.of(clip.tracks().getFirst().format(), AacLayout.HIGH_BIT_RATE);
        ByteBuffer packets = ByteBuffer.wrap(Files.readAllBytes(target));
        while (packets.hasRemaining()) {
            byte[] packet = new byte[Short.toUnsignedInt(packets.getShort())];
            packets.get(packet);
            depacketizer.accept(RtpPacket.parse(packet), picture -> received.addAll(nals(picture)));
        }
        depacketizer.end(picture -> received.addAll(nals(picture)));
        assertAllArrived(received);
    }

    private static List<NalUnit> nals(Received received) {
        return switch (received) {
            case Received.Picture picture -> picture.nalUnits();
            case Received.Frame frame -> List.of();
        };
    }
}
