package org.camseal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.camseal.manifest.StreamId;
import org.camseal.media.AccessUnit;
import org.camseal.peers.SharedVectors;
import org.camseal.seal.Recipient;
import org.camseal.seal.SealerSettings;
import org.camseal.seal.SuiteChoice;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerSettings;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Films of a real camera, where they are at hand. */
class RealFootageTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"test_h264.mp4", "test_h265.mp4", "test_signed_h264.mp4", "test_signed_h265.mp4"})
    void everyUnitOfTwoRoundsIsSealedAndSent(String name) throws Exception {
        Path film = SharedVectors.require("vectors/media-signing/reference-repo/" + name);
        FakeClock clock = new FakeClock();
        List<AccessUnit> once = new ArrayList<>();
        try (SourceSession session = new FileSource(film, FileSource.Repeat.ONCE).open(clock)) {
            for (AccessUnit unit = session.next(); unit != null; unit = session.next()) {
                once.add(unit);
            }
        }
        Site site = new Site(directory);
        Sealing sealing = new Sealing(
                List.of(site.viewerCertificate), SuiteChoice.AES_256_GCM, SealerSettings.DEFAULT_EPOCH_LENGTH);
        List<CameraEvent> events = new ArrayList<>();
        try (RtspServer server = RtspServer.start(
                        RtspServerSettings.of(InetAddress.getLoopbackAddress(), 0, Authenticator.openToAll()));
                SealingSink sink = new SealingSink(
                        new SealingSink.Place(
                                new StreamId(Site.SERIAL, "main"),
                                sealing,
                                new InnerSigner.Means(
                                        ((Signing.On) Signing.by(Site.SERIAL)).settings(),
                                        ElementSigningKey.of(site.keys.media()),
                                        Runnable::run),
                                new ElementMediaKey(site.keys.media()),
                                new SecureRandom(),
                                server,
                                "/main",
                                clock),
                        List.of(Recipient.of(site.viewerCertificate)),
                        events::add);
                SourceSession session = FileSource.of(film).open(clock)) {
            sink.begin(session.tracks());
            for (int i = 0; i < 2 * once.size(); i++) {
                AccessUnit unit = session.next();
                if (unit != null) {
                    sink.take(unit);
                }
            }
            // A camera that signs keeps its own signature alone.
            boolean signedAlready = name.contains("signed");
            assertThat(events).hasSize(signedAlready ? 1 : 0).allMatch(CameraEvent.NotSigned.class::isInstance);
            assertThat(sink.counts().dropped()).isZero();
            assertThat(sink.counts().sealed()).isEqualTo(2L * once.size());
        }
    }
}
