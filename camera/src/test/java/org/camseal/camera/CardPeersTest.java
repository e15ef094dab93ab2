package org.camseal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.camseal.camera.card.CardRing;
import org.camseal.camera.card.CardSettings;
import org.camseal.manifest.GroupReport;
import org.camseal.manifest.ManifestChecker;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Verdict;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.FrameRate;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexBReader;
import org.camseal.media.mp4.Mp4Reader;
import org.camseal.peers.Peer;
import org.camseal.peers.PeerProcess;
import org.camseal.seal.Recipient;
import org.camseal.seal.Sealer;
import org.camseal.seal.SealerSettings;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.ReplayStream;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs of others fetch what is on a card; what they store is authentic. */
@Timeout(180)
class CardPeersTest {
    /** Four seconds. */
    private static final int PICTURES = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private static Path home;

    private static CardRing ring;
    private static ReplayStream replay;
    private static RtspServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void fillACard() throws Exception {
        Site site = new Site(home);
        Path card = Files.createDirectory(home.resolve("card"));
        Films.Film film = Films.pattern(Films.SILENT, PICTURES);
        SealerSettings settings =
                SealerSettings.of(new StreamId(Site.SERIAL, "main"), List.of(Recipient.of(site.viewerCertificate)));
        CardSettings small = new CardSettings(card, 64 << 20, Duration.ofSeconds(2), 0, 8 << 20);
        try (CardRing filling = CardRing.open(small, event -> {});
                Sealer sealer = new Sealer(
                        film.tracks(), settings, new ElementMediaKey(site.keys.media()), new SecureRandom())) {
            filling.begin(film.tracks());
            for (AccessUnit unit : film.units()) {
                filling.take(sealer.seal(unit));
            }
        }
        ring = CardRing.open(small, event -> {});
        replay = new ReplayStream(ring);
        server =
                RtspServer.start(RtspServerSettings.of(InetAddress.getLoopbackAddress(), 0, Authenticator.openToAll()));
        server.mount("/replay/main", replay);
    }

    @AfterAll
    static void stop() {
        server.close();
        ring.close();
    }

    private static String uri() {
        return "rtsp://127.0.0.1:" + server.port() + "/replay/main";
    }

    /** The pictures of the card, and no group but the last that is not authentic. */
    private static void assertAuthentic(UnitReader stored, int least) throws Exception {
        ManifestChecker checker = new ManifestChecker(stored.tracks());
        List<GroupReport> reports = new ArrayList<>();
        int pictures = 0;
        try (stored) {
            for (AccessUnit unit = stored.next(); unit != null; unit = stored.next()) {
                pictures += unit instanceof VideoUnit ? 1 : 0;
                reports.addAll(checker.accept(unit));
            }
        }
        assertThat(pictures).isBetween(least, PICTURES);
        assertThat(reports).hasSizeGreaterThanOrEqualTo(3);
        assertThat(reports).allMatch(report -> report.verdict() instanceof Verdict.Authentic);
    }

    @Test
    void ffmpegRecordsTheWholeCard() throws Exception {
        Path stored = directory.resolve("stored.mp4");
        Peer.FFMPEG
                .run("-v", "fatal", "-rtsp_transport", "tcp", "-i", uri(), "-c", "copy", "-y", stored.toString())
                .good();
        assertAuthentic(Mp4Reader.open(stored), PICTURES);
    }

    /** As an ONVIF client, which sets the speed. It may not take the farewell; then it is ended when nothing more comes, and keeps the last picture. */
    @Test
    void gstreamerFetchesTheRangeThatTheDescriptionStates() throws Exception {
        Path stored = directory.resolve("stored.h264");
        List<String> command = List.of(
                Peer.GSTREAMER.path(),
                "-q",
                "rtspsrc",
                "location=" + uri(),
                "protocols=tcp",
                "onvif-mode=true",
                "onvif-rate-control=false",
                "!",
                "rtph264depay",
                "!",
                "video/x-h264,stream-format=byte-stream,alignment=nal",
                "!",
                "filesink",
                "buffer-mode=unbuffered",
                "location=" + stored);
        try (PeerProcess gstreamer = PeerProcess.start(directory, command)) {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            long size = 0;
            int still = 0;
            while (still < 30 && System.nanoTime() < deadline) { // three seconds
                Thread.sleep(100);
                long now = Files.exists(stored) ? Files.size(stored) : 0;
                boolean over = now > 0 && now == size && replay.readers() == 0;
                still = over ? still + 1 : 0;
                size = now;
            }
            assertThat(still).as(gstreamer.output()).isEqualTo(30);
        }
        assertAuthentic(
                AnnexBReader.open(Files.newInputStream(stored), Codec.H264, new FrameRate(25, 1), Films.FILMED),
                PICTURES - 1);
    }
}
