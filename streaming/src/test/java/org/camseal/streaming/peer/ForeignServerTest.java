package org.camseal.streaming.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerProcess;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.Login;
import org.camseal.streaming.Patient;
import org.camseal.streaming.RefusedException;
import org.camseal.streaming.Transport;
import org.camseal.streaming.UntrustedException;
import org.camseal.streaming.client.HostCheck;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.client.RtspRequest;
import org.camseal.streaming.client.SrtpDemand;
import org.camseal.streaming.client.TrackReception;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our client plays from GStreamer's RTSP server. */
@Timeout(120)
class ForeignServerTest {
    private static final int SECONDS = 2;
    private static final int AAC_FRAME = 1024;
    private static final Login LOGIN = new Login("guard", "correct-horse");

    @TempDir
    private static Path directory;

    private static Path script;
    private static TestTls tls;
    private static Clip plain;
    private static Clip reordered;
    private static Clip h265;

    @BeforeAll
    static void prepare() throws Exception {
        script = directory.resolve("gst_server.py");
        try (InputStream in = ForeignServerTest.class.getResourceAsStream("gst_server.py")) {
            Files.write(script, in.readAllBytes());
        }
        Path check = directory.resolve("check");
        Process probe = new ProcessBuilder(
                        "/usr/bin/python3",
                        "-c",
                        "import gi; gi.require_version('GstRtspServer','1.0'); from gi.repository import GstRtspServer")
                .redirectErrorStream(true)
                .redirectOutput(check.toFile())
                .start();
        if (probe.waitFor() != 0) {
            Peer.missing("GStreamer's RTSP server for Python", "gir1.2-gst-rtsp-server-1.0 (with python3-gi)");
        }
        tls = TestTls.make(directory);
        plain = Clip.make(
                directory,
                "plain.mp4",
                SECONDS,
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-g",
                "25",
                "-bf",
                "0",
                "-c:a",
                "aac");
        reordered = Clip.make(
                directory,
                "reordered.mp4",
                SECONDS,
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-g",
                "25",
                "-bf",
                "2",
                "-c:a",
                "aac");
        h265 = Clip.make(
                directory,
                "h265.mp4",
                SECONDS,
                "-c:v",
                "libx265",
                "-preset",
                "ultrafast",
                "-x265-params",
                "keyint=25:log-level=error",
                "-c:a",
                "aac");
    }

    private static String pipeline(Clip clip) {
        String name = clip.equals(h265) ? "h265" : "h264";
        return "( filesrc location=" + clip.file() + " ! qtdemux name=d d.video_0 ! queue ! " + name + "parse ! rtp"
                + name + "pay name=pay0 pt=96 d.audio_0 ! queue ! aacparse ! rtpmp4gpay name=pay1 pt=97 )";
    }

    private static String sound(String coding) {
        return "( audiotestsrc is-live=true num-buffers=100 samplesperbuffer=160 ! audio/x-raw,rate="
                + (coding.startsWith("opus") ? "48000" : "8000") + ",channels=1 ! " + coding + " name=pay0 pt=97 )";
    }

    /** The server, its port and the means to end it. */
    private record Foreign(PeerProcess peer, int port) implements AutoCloseable {
        static Foreign start(String login, String certificate, String pipeline, String... more) throws Exception {
            List<String> command =
                    new ArrayList<>(List.of("/usr/bin/python3", script.toString(), login, certificate, pipeline));
            command.addAll(List.of(more));
            PeerProcess peer = PeerProcess.startServer(directory, command);
            while (peer.isAlive() && !peer.output().contains("\n")) {
                Thread.sleep(20);
            }
            assertThat(peer.output()).startsWith("port ");
            return new Foreign(peer, Integer.parseInt(peer.output().strip().split("\\s+")[1]));
        }

        RtspRequest request(String scheme) throws Exception {
            return Patient.request(new URI(scheme + "://127.0.0.1:" + port + "/live"))
                    .withLogin(LOGIN)
                    .withLegacyDigest(LegacyDigest.MD5);
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    private static List<AccessUnit> playAll(RtspRequest request) throws Exception {
        List<AccessUnit> units = new ArrayList<>();
        try (RtspPlayback playback = RtspClient.open(request)) {
            for (AccessUnit unit = playback.next(); unit != null; unit = playback.next()) {
                units.add(unit);
            }
            assertThat(playback.reception()).allSatisfy(track -> {
                assertThat(track.lostPackets()).isZero();
                assertThat(track.malformedPackets()).isZero();
                assertThat(track.damagedUnits()).isZero();
                assertThat(track.clock()).isEqualTo(TrackReception.CaptureClock.SENDER);
            });
        }
        return units;
    }

    /** A server that sends SRTP alone, keyed by MIKEY as GStreamer writes it. */
    @ParameterizedTest
    @CsvSource({"TCP", "UDP"})
    void srtpUnderAKeyByMikeyArrivesWhole(Transport transport) throws Exception {
        try (Foreign server = Foreign.start("none", tls.pem().toString(), pipeline(plain), "srtp")) {
            RtspRequest request =
                    server.request("rtsps").withTls(tls.client().getSocketFactory(), HostCheck.BY_CERTIFICATE_NAME);
            List<AccessUnit> units = playAll(request.withSrtp(SrtpDemand.MIKEY, transport));
            assertThat(Clip.coded(Clip.nals(units)).size())
                    .isEqualTo(Clip.coded(Clip.nals(plain.units())).size());
            assertThatThrownBy(() -> RtspClient.open(request))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("it offers SRTP, which must be demanded");
        }
    }

    @ParameterizedTest
    @CsvSource({"plain, TCP", "plain, UDP", "reordered, TCP", "reordered, UDP", "h265, TCP", "h265, UDP"})
    void videoAndAacArriveWhole(String clipName, Transport transport) throws Exception {
        Clip clip = clipName.equals("plain") ? plain : clipName.equals("h265") ? h265 : reordered;
        try (Foreign server = Foreign.start("digest", "-", pipeline(clip))) {
            List<AccessUnit> units = playAll(server.request("rtsp").withTransport(transport));
            List<NalUnit> sent = Clip.coded(Clip.nals(clip.units()));
            Clip.assertSame(Clip.coded(Clip.nals(units)), sent);
            Clip.assertSame(Clip.sound(units), Clip.sound(shown(clip)));
            assertDecodeOrder(units, clip);
        }
    }

    /** The sound that the server plays: frames that lie wholly inside the seconds which the file's edit list shows. */
    private static List<AudioUnit> shown(Clip clip) {
        return clip.units().stream()
                .filter(AudioUnit.class::isInstance)
                .map(AudioUnit.class::cast)
                .filter(unit -> unit.decodeTime().ticks() >= 0
                        && unit.decodeTime().plusTicks(AAC_FRAME).compareTo(new MediaTime(SECONDS, 1)) <= 0)
                .toList();
    }

    /** Times are those of the file, but for their zero; decode times go up and are never behind presentation. */
    private static void assertDecodeOrder(List<AccessUnit> received, Clip clip) {
        List<VideoUnit> pictures = pictures(received);
        List<VideoUnit> sent = pictures(clip.units());
        long shift = pictures.getFirst().presentationTime().ticks()
                - sent.getFirst().presentationTime().ticks();
        long before = Long.MIN_VALUE;
        for (int i = 0; i < sent.size(); i++) {
            VideoUnit picture = pictures.get(i);
            assertThat(picture.presentationTime().ticks() - shift)
                    .isCloseTo(sent.get(i).presentationTime().ticks(), Offset.offset(1L));
            assertThat(picture.decodeTime().ticks())
                    .isGreaterThanOrEqualTo(before)
                    .isLessThanOrEqualTo(picture.presentationTime().ticks());
            before = picture.decodeTime().ticks();
        }
    }

    private static List<VideoUnit> pictures(List<AccessUnit> units) {
        return units.stream()
                .filter(VideoUnit.class::isInstance)
                .map(VideoUnit.class::cast)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "alawenc ! rtppcmapay, PCMA, TCP, 160",
        "alawenc ! rtppcmapay, PCMA, UDP, 160",
        "mulawenc ! rtppcmupay, PCMU, TCP, 160",
        "opusenc ! rtpopuspay, OPUS, TCP, 960",
        "opusenc ! rtpopuspay, OPUS, UDP, 960"
    })
    void soundArrives(String coding, Codec codec, Transport transport, int samples) throws Exception {
        try (Foreign server = Foreign.start("none", "-", sound(coding));
                RtspPlayback playback = RtspClient.open(server.request("rtsp").withTransport(transport))) {
            assertThat(playback.tracks().getFirst().format().codec()).isEqualTo(codec);
            long next = Long.MIN_VALUE;
            for (int i = 0; i < 10; i++) {
                AudioUnit unit = (AudioUnit) playback.next();
                assertThat(unit).isNotNull();
                assertThat(unit.samples()).isEqualTo(samples);
                assertThat(unit.decodeTime().ticks()).isGreaterThanOrEqualTo(next);
                next = unit.decodeTime().ticks() + samples;
            }
        }
    }

    @Test
    void basicIsUsedInsideTlsOnly() throws Exception {
        try (Foreign server = Foreign.start("basic", tls.pem().toString(), pipeline(plain))) {
            RtspRequest request =
                    server.request("rtsps").withTls(tls.client().getSocketFactory(), HostCheck.BY_CERTIFICATE_NAME);
            Clip.assertSame(Clip.coded(Clip.nals(playAll(request))), Clip.coded(Clip.nals(plain.units())));
            assertThatThrownBy(() -> RtspClient.open(server.request("rtsps")))
                    .isInstanceOf(UntrustedException.class)
                    .hasMessageContaining("127.0.0.1 port " + server.port());
        }
        try (Foreign server = Foreign.start("basic", "-", pipeline(plain))) {
            assertThatThrownBy(() -> RtspClient.open(server.request("rtsp")))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("offers login by basic");
        }
    }

    @Test
    void wrongPasswordAndUnwantedMd5AreRefusals() throws Exception {
        try (Foreign server = Foreign.start("digest", "-", pipeline(plain))) {
            assertThatThrownBy(() ->
                            RtspClient.open(server.request("rtsp").withLogin(new Login("guard", "battery-staple"))))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("refuses the login of guard")
                    .hasMessageNotContaining("battery");
            assertThatThrownBy(() -> RtspClient.open(server.request("rtsp").withLegacyDigest(LegacyDigest.REFUSED)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("digest with MD5");
        }
    }
}
