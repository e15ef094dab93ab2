package org.camseal.streaming.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexB;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerProcess;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.LiveStream;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerEvent;
import org.camseal.streaming.server.RtspServerSettings;
import org.camseal.streaming.server.RtspServerSettings.ClientCertificates;
import org.camseal.streaming.server.SrtpOffer;
import org.camseal.streaming.server.SrtpOffer.Described;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Foreign clients play SRTP from our server by the key in its description, and only if they trust its certificate. */
@Timeout(180)
class SrtpPeersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path shared;

    private static Path client;
    private static Clip clip;
    private static TestTls tls;
    private static TestTls stranger;

    @TempDir
    private Path directory;

    private final List<RtspServerEvent> events = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void prepare() throws Exception {
        Peer.GSTREAMER.require();
        client = shared.resolve("gst_client.py");
        try (InputStream in = SrtpPeersTest.class.getResourceAsStream("gst_client.py")) {
            Files.write(client, in.readAllBytes());
        }
        clip = Clip.make(
                shared, "h264.mp4", 1, "-c:v", "libx264", "-preset", "veryfast", "-g", "25", "-bf", "0", "-c:a", "aac");
        tls = TestTls.make(shared);
        stranger = TestTls.make(Files.createDirectory(shared.resolve("stranger")));
    }

    private RtspServer start(SrtpOffer offer) throws Exception {
        return RtspServer.start(RtspServerSettings.of(InetAddress.getLoopbackAddress(), 0, Authenticator.openToAll())
                .withTls(tls.server(), ClientCertificates.NOT_ASKED)
                .withSrtp(offer)
                .withEvents(events::add));
    }

    private List<String> gstreamer(RtspServer server, String query, String protocols, TestTls trusted, Path target)
            throws Exception {
        String pem = Files.readString(trusted.pem());
        Path certificate = directory.resolve("trusted.pem");
        Files.writeString(certificate, pem.substring(pem.indexOf("-----BEGIN CERTIFICATE-----")));
        String uri = "rtsps://localhost:" + server.port() + "/live" + query;
        return Peer.PYTHON.with(List.of(client.toString(), uri, protocols, certificate.toString(), target.toString()));
    }

    /** Publishes the clip's pictures to a program that joins in the middle of them; returns its exit code. */
    private int publish(RtspServer server, List<String> command) throws Exception {
        List<Track> video = List.of(clip.tracks().getFirst());
        LiveStream stream = new LiveStream(video);
        server.mount("/live", stream);
        List<AccessUnit> units =
                clip.units().stream().filter(VideoUnit.class::isInstance).toList();
        for (AccessUnit unit : units.subList(0, 10)) {
            stream.publish(unit);
        }
        try (PeerProcess peer = PeerProcess.start(directory, command)) {
            while (stream.readers() == 0 && peer.isAlive()) {
                Thread.sleep(20);
            }
            for (AccessUnit unit : units.subList(10, units.size())) {
                stream.publish(unit);
                Thread.sleep(20);
            }
            stream.close();
            int exitCode = peer.endsSomehow(PATIENCE);
            Files.writeString(directory.resolve("told"), peer.output());
            return exitCode;
        }
    }

    private void assertAllArrived(Path target) throws Exception {
        List<NalUnit> received = Clip.coded(AnnexB.split(Codec.H264, Files.readAllBytes(target)));
        Clip.assertSame(received, Clip.coded(Clip.nals(clip.units())));
    }

    @ParameterizedTest
    @CsvSource({
        "AES_CM_128_HMAC_SHA1_80, udp",
        "AES_CM_128_HMAC_SHA1_80, tcp",
        "AES_256_CM_HMAC_SHA1_80, udp",
        "AES_256_CM_HMAC_SHA1_80, tcp",
        "AEAD_AES_128_GCM, udp",
        "AEAD_AES_128_GCM, tcp",
        "AEAD_AES_256_GCM, udp",
        "AEAD_AES_256_GCM, tcp"
    })
    void gstreamerPlaysSrtp(String profile, String protocols) throws Exception {
        Path target = directory.resolve("video");
        try (RtspServer server = start(SrtpOffer.STANDARD.with(Described.ALONE))) {
            int exitCode = publish(server, gstreamer(server, "?srtp=" + profile, protocols, tls, target));
            assertThat(exitCode).as(Files.readString(directory.resolve("told"))).isZero();
        }
        assertAllArrived(target);
    }

    @Test
    void gstreamerRefusesACertificateThatItDoesNotTrust() throws Exception {
        Path target = directory.resolve("video");
        try (RtspServer server = start(SrtpOffer.STANDARD)) {
            assertThat(publish(server, gstreamer(server, "?srtp=1", "udp", stranger, target)))
                    .isEqualTo(1);
        }
        // It tells why by an alert, or just goes; both end the connection before anything is described.
        assertThat(events)
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                RtspServerEvent.ConnectionFailed.class,
                                failed -> assertThat(failed.detail()).contains("TLS")));
        assertThat(target)
                .satisfiesAnyOf(
                        file -> assertThat(file).doesNotExist(),
                        file -> assertThat(file).isEmptyFile());
    }

    /** ffmpeg does not ask for SRTP; inside TLS it is given RTP, unless SRTP stands alone. */
    @ParameterizedTest
    @CsvSource({"FIRST, '', true", "ON_REQUEST, '', true", "FIRST, ?srtp=0, true", "ALONE, '', false"})
    void ffmpegPlaysRtpInsideTls(Described described, String query, boolean plays) throws Exception {
        Path target = directory.resolve("video");
        try (RtspServer server = start(SrtpOffer.STANDARD.with(described))) {
            String uri = "rtsps://localhost:" + server.port() + "/live" + query;
            List<String> command = Peer.FFMPEG.with(List.of(
                    "-loglevel",
                    "warning",
                    "-rtsp_transport",
                    "tcp",
                    "-i",
                    uri,
                    "-c",
                    "copy",
                    "-f",
                    "h264",
                    target.toString()));
            assertThat(publish(server, command) == 0)
                    .as(Files.readString(directory.resolve("told")))
                    .isEqualTo(plays);
        }
        if (plays) {
            assertAllArrived(target);
        } else {
            assertThat(directory.resolve("told")).content().contains("461");
        }
    }
}
