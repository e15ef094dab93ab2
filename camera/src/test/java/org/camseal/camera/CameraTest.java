package org.camseal.camera;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.camseal.ffmpeg.DecodedPicture;
import org.camseal.ffmpeg.Decoder;
import org.camseal.ffmpeg.MediaFiles;
import org.camseal.identity.PeerRule;
import org.camseal.identity.TlsContexts;
import org.camseal.manifest.GroupReport;
import org.camseal.manifest.ManifestChecker;
import org.camseal.manifest.Verdict;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.peers.Peer;
import org.camseal.seal.Opener;
import org.camseal.seal.Opening;
import org.camseal.signing.validation.MediaValidator;
import org.camseal.signing.validation.SigningReport;
import org.camseal.signing.validation.SigningVerdict;
import org.camseal.streaming.Login;
import org.camseal.streaming.UntrustedException;
import org.camseal.streaming.client.HostCheck;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.client.RtspRequest;
import org.camseal.streaming.client.Timeouts;
import org.camseal.streaming.server.Authenticator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole cameras on loopback: what comes out of their one socket. */
class CameraTest {
    private static final Login LOGIN = new Login("recorder", "pass phrase");
    private static final Timeouts PATIENT =
            new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30));

    private final Site site;
    private final Path directory;
    private final List<CameraEvent> events = new CopyOnWriteArrayList<>();

    CameraTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        this.site = new Site(directory);
    }

    private static Delivery delivery(Delivery.Protection protection) {
        return new Delivery(
                InetAddress.getLoopbackAddress(), 0, protection, Authenticator.digest("camera", List.of(LOGIN)));
    }

    private CameraSettings settings(Source source) {
        return CameraSettings.of(
                Site.SERIAL,
                source,
                Sealing.to(List.of(site.viewerCertificate)),
                delivery(new Delivery.Protection.Tls()));
    }

    private Camera start(CameraSettings settings) throws CameraException {
        return Camera.start(settings, site.keys, Surroundings.ofThisMachine(events::add));
    }

    private RtspRequest request(Camera camera, String serial) {
        RtspRequest request = RtspRequest.of(camera.address()).withLogin(LOGIN).withTimeouts(PATIENT);
        if (camera.address().getScheme().equals("rtsp")) {
            return request;
        }
        PeerRule rule = PeerRule.camera(site.trust, serial, InstantSource.system());
        return request.withTls(TlsContexts.client(rule).getSocketFactory(), HostCheck.BY_TRUST_MANAGER);
    }

    /** A camera is reachable before its source has given anything; its path is there a moment later. */
    private RtspPlayback play(Camera camera) throws Exception {
        waitFor(camera, CameraStatus.State.LIVE);
        return RtspClient.open(request(camera, Site.SERIAL));
    }

    private static void waitFor(Camera camera, CameraStatus.State state) throws InterruptedException {
        for (int i = 0; i < 3000 && camera.status().state() != state; i++) {
            Thread.sleep(10);
        }
        assertThat(camera.status().state())
                .as(camera.status().recent().toString())
                .isEqualTo(state);
    }

    private record Seen(List<Track> tracks, List<AccessUnit> units) {}

    private static Seen watch(RtspPlayback playback, int pictures) throws Exception {
        List<AccessUnit> units = new ArrayList<>();
        for (int seen = 0; seen < pictures; ) {
            AccessUnit unit = requireNonNull(playback.next(), "the stream ended");
            units.add(unit);
            seen += unit instanceof VideoUnit ? 1 : 0;
        }
        return new Seen(playback.tracks(), units);
    }

    private static List<Verdict> verdicts(Seen seen) {
        ManifestChecker checker = new ManifestChecker(seen.tracks());
        List<GroupReport> reports = new ArrayList<>();
        seen.units().forEach(unit -> reports.addAll(checker.accept(unit)));
        return reports.stream().map(GroupReport::verdict).toList();
    }

    private List<AccessUnit> open(Seen seen, KeyPair key) throws Exception {
        List<AccessUnit> opened = new ArrayList<>();
        try (Opener opener = site.opener(seen.tracks(), key)) {
            seen.units().forEach(opener::learn);
            for (AccessUnit unit : seen.units()) {
                if (opener.open(unit) instanceof Opening.Opened clear) {
                    opened.add(clear.unit());
                }
            }
        }
        return opened;
    }

    private static List<DecodedPicture> decode(Seen seen, List<AccessUnit> units) throws Exception {
        List<DecodedPicture> pictures = new ArrayList<>();
        try (Decoder decoder =
                Decoder.open((VideoFormat) seen.tracks().getFirst().format())) {
            for (AccessUnit unit : units) {
                if (unit instanceof VideoUnit picture) {
                    pictures.addAll(decoder.decode(picture));
                }
            }
            pictures.addAll(decoder.finish());
        }
        return pictures;
    }

    @Test
    void aSealedLiveStreamIsAuthenticForAllAndVisibleForRecipientsOnly() throws Exception {
        Seen seen;
        Camera closed;
        try (Camera camera = start(settings(new TestPatternSource(Films.SMALL)))) {
            try (RtspPlayback playback = play(camera)) {
                seen = watch(playback, 100);
            }
            CameraStatus status = camera.status();
            assertThat(status.state()).isEqualTo(CameraStatus.State.LIVE);
            assertThat(status.counts().sealed()).isGreaterThanOrEqualTo(100);
            assertThat(status.counts().dropped()).isZero();
            assertThat(status.suite()).isPresent();
            assertThat(status.lastUnit()).isPresent();
            closed = camera;
        }
        assertThat(closed.status().state()).isEqualTo(CameraStatus.State.CLOSED);
        List<Verdict> verdicts = verdicts(seen);
        assertThat(verdicts.size()).isGreaterThanOrEqualTo(2);
        // The first manifest that was seen covers pictures from before this reader came.
        assertThat(verdicts.subList(1, verdicts.size())).allMatch(Verdict.Authentic.class::isInstance);

        List<DecodedPicture> pictures = decode(seen, open(seen, site.viewer));
        assertThat(pictures.size()).isGreaterThanOrEqualTo(90);
        assertThat(pictures).noneMatch(DecodedPicture::damaged);
        assertThat(open(seen, site.newPair())).isEmpty();
    }

    @Test
    void anOpenedStreamKeepsTheCamerasSignatures() throws Exception {
        Path file = Films.write(Films.pattern(Films.SMALL, 150), directory.resolve("film.mp4"));
        try (Camera camera = start(settings(FileSource.of(file)));
                RtspPlayback playback = play(camera)) {
            SigningReport report = signatures(watch(playback, 120));
            assertThat(report.authentic()).as("groups that are as signed").isGreaterThanOrEqualTo(2);
            assertThat(report.forged()).isZero();
            assertThat(report.signers())
                    .singleElement()
                    .satisfies(signer -> assertThat(signer.leaf())
                            .isEqualTo(site.keys.media().chain().getFirst()));
        }
        try (Camera camera = start(settings(FileSource.of(file)).with(new Signing.Off()));
                RtspPlayback playback = play(camera)) {
            SigningReport report = signatures(watch(playback, 60));
            assertThat(report.signingSei()).isZero();
            assertThat(report.overall()).get().isInstanceOf(SigningVerdict.Unsigned.class);
        }
    }

    private SigningReport signatures(Seen seen) throws Exception {
        MediaValidator validator =
                new MediaValidator((VideoFormat) seen.tracks().getFirst().format());
        for (AccessUnit unit : open(seen, site.viewer)) {
            if (unit instanceof VideoUnit picture) {
                validator.accept(picture);
            }
        }
        validator.finish();
        return validator.report();
    }

    @Test
    void readersAreToldThatTheStreamIsOver() throws Exception {
        Camera camera = start(settings(new TestPatternSource(Films.SILENT)));
        try (RtspPlayback playback = play(camera)) {
            watch(playback, 5);
            camera.close();
            AccessUnit unit = playback.next();
            while (unit != null) {
                unit = playback.next();
            }
        } finally {
            camera.close();
        }
    }

    @Test
    void aForeignRecorderStoresTheStreamWithoutHarm() throws Exception {
        CameraSettings plain = CameraSettings.of(
                Site.SERIAL,
                new TestPatternSource(Films.SMALL),
                Sealing.to(List.of(site.viewerCertificate)),
                new Delivery(
                        InetAddress.getLoopbackAddress(),
                        0,
                        new Delivery.Protection.Plain(),
                        Authenticator.openToAll()));
        Path stored = directory.resolve("stored.mkv");
        try (Camera camera = start(plain)) {
            waitFor(camera, CameraStatus.State.LIVE);
            Peer.FFMPEG
                    .run(List.of(
                            "-v",
                            "fatal",
                            "-rtsp_transport",
                            "tcp",
                            "-i",
                            camera.address().toString(),
                            "-t",
                            "5",
                            "-c",
                            "copy",
                            stored.toString()))
                    .good();
        }
        List<AccessUnit> units = new ArrayList<>();
        List<Track> tracks;
        try (UnitReader reader = MediaFiles.open(stored)) {
            tracks = reader.tracks();
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                units.add(unit);
            }
        }
        Seen seen = new Seen(tracks, units);
        List<Verdict> verdicts = verdicts(seen);
        assertThat(verdicts.size()).isGreaterThanOrEqualTo(3);
        assertThat(verdicts.subList(1, verdicts.size())).allMatch(Verdict.Authentic.class::isInstance);
        assertThat(decode(seen, open(seen, site.viewer)).size()).isGreaterThan(90);
    }

    @Test
    void aGatewaySealsWhatAnotherCameraSendsAndStatesItsGap() throws Exception {
        CameraSettings other = new CameraSettings(
                settings(new TestPatternSource(Films.SMALL)).stream(),
                new TestPatternSource(Films.SMALL),
                Signing.by(Site.SERIAL),
                Sealing.to(List.of(site.viewerCertificate)),
                delivery(new Delivery.Protection.Plain()),
                Backoff.STANDARD);
        try (ClearCamera clear = new ClearCamera(LOGIN, Films.pattern(Films.SMALL, 200))) {
            RtspSource source = new RtspSource(
                    RtspRequest.of(clear.address()).withLogin(LOGIN).withTimeouts(PATIENT));
            CameraSettings gateway = new CameraSettings(
                    other.stream(),
                    source,
                    other.signing(),
                    other.sealing(),
                    other.delivery(),
                    new Backoff(Duration.ofMillis(50), Duration.ofMillis(50)));
            try (Camera camera = start(gateway)) {
                try (RtspPlayback playback = play(camera)) {
                    Seen seen = watch(playback, 60);
                    assertThat(decode(seen, open(seen, site.viewer))).hasSizeGreaterThan(40);
                    clear.interrupt();
                    waitFor(camera, CameraStatus.State.WAITING);
                    clear.resume();
                    waitFor(camera, CameraStatus.State.LIVE);
                    watch(playback, 60);
                }
                assertThat(events).anyMatch(CameraEvent.SourceGap.class::isInstance);
            }
        }
    }

    @Test
    void anotherSerialThanTheCertificatesNameIsRefusedOnBothSides() throws Exception {
        CameraSettings wrong = CameraSettings.of(
                "CAM-0002",
                new TestPatternSource(Films.SILENT),
                Sealing.to(List.of(site.viewerCertificate)),
                delivery(new Delivery.Protection.Tls()));
        assertThatThrownBy(() -> start(wrong))
                .isInstanceOf(CameraException.UnfitIdentity.class)
                .hasMessageContaining("CAM-0002")
                .hasMessageContaining("CAM-0001");
        try (Camera camera = start(settings(new TestPatternSource(Films.SILENT)))) {
            waitFor(camera, CameraStatus.State.LIVE);
            assertThatThrownBy(() -> RtspClient.open(request(camera, "CAM-0003")))
                    .isInstanceOf(UntrustedException.class);
        }
    }

    @Test
    void aFileThatIsNoFilmFailsTheCameraWithAClearMessage() throws Exception {
        Path none = directory.resolve("none.mp4");
        try (Camera camera = start(settings(FileSource.of(none)))) {
            assertThat(camera.await()).isEqualTo(CameraStatus.State.FAILED);
            assertThat(camera.status().recent().getLast().text()).contains("none.mp4: no such file");
        }
    }

    @Test
    void aFilmPlayedOnceEndsTheStream() throws Exception {
        Path file = Films.write(Films.pattern(Films.SILENT, 30), directory.resolve("film.mp4"));
        try (Camera camera = start(settings(new FileSource(file, FileSource.Repeat.ONCE)))) {
            assertThat(camera.await()).isEqualTo(CameraStatus.State.ENDED);
            assertThat(camera.status().counts().sealed()).isEqualTo(30);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Delivery delivery = Delivery.onLoopback(taken.getLocalPort(), Authenticator.openToAll());
            CameraSettings settings = CameraSettings.of(
                    Site.SERIAL,
                    new TestPatternSource(Films.SILENT),
                    Sealing.to(List.of(site.viewerCertificate)),
                    delivery);
            assertThatThrownBy(() -> start(settings))
                    .isInstanceOf(CameraException.CannotListen.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
    }
}
