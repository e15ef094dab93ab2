package org.camseal.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.customer.CustomerSigning;
import org.camseal.identity.customer.RequestedNames;
import org.camseal.manifest.SealedUnit;
import org.camseal.manifest.StreamId;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.peers.OwnersAuthority;
import org.camseal.seal.Opener;
import org.camseal.seal.Opening;
import org.camseal.seal.Recipient;
import org.camseal.signing.validation.MediaValidator;
import org.camseal.signing.validation.SigningReason;
import org.camseal.signing.validation.SigningReport;
import org.camseal.signing.validation.SigningVerdict;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.RecordedGroups;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which key signs the video is changed while it is made: first the maker's, then the owner's under a certificate of theirs. */
class SignerChangeTest {
    private static final int GROUP = 25;

    private final List<CameraEvent> events = new ArrayList<>();
    private final List<List<AccessUnit>> runs = new ArrayList<>();

    /** Keeps what was sent, a list for each run. */
    private final class Keeper implements Card {
        @Override
        public void begin(List<Track> tracks) {
            runs.add(new ArrayList<>());
        }

        @Override
        public void take(SealedUnit unit) {
            runs.getLast().add(unit.unit());
        }

        @Override
        public List<Track> tracks() {
            return List.of();
        }

        @Override
        public Optional<Extent> extent() {
            return Optional.empty();
        }

        @Override
        public boolean isRecording() {
            return false;
        }

        @Override
        public RecordedGroups open(Instant from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RecordedGroups openBackwards(Instant from) {
            throw new UnsupportedOperationException();
        }
    }

    private static CertifiedKey ownersKey(Site site, Path directory) throws Exception {
        CustomerSigning own = CustomerSigning.of(directory, site.camera);
        own.keyOrNew(KeySpec.P256);
        OwnersAuthority authority = new OwnersAuthority(directory.resolve("authority"));
        String request = own.requestPem(new RequestedNames("CN=Gate,O=Owner", List.of(), List.of()));
        own.install(Pem.certificates(authority.sign(request), "the answer"), Instant.now());
        return own.certified().orElseThrow();
    }

    private static List<VideoUnit> opened(Site site, List<Track> tracks, List<AccessUnit> sealed) throws Exception {
        List<VideoUnit> clear = new ArrayList<>();
        try (Opener opener = site.opener(tracks, site.viewer)) {
            sealed.forEach(opener::learn);
            for (AccessUnit unit : sealed) {
                if (opener.open(unit) instanceof Opening.Opened(VideoUnit picture)) {
                    clear.add(picture);
                }
            }
        }
        return clear;
    }

    private static SigningReport judged(Track video, List<VideoUnit> units) {
        MediaValidator validator = new MediaValidator((VideoFormat) video.format());
        units.forEach(validator::accept);
        validator.finish();
        return validator.report();
    }

    @Test
    void fromTheNextKeyPictureOnTheOtherKeySignsInARunOfItsOwn(@TempDir Path directory) throws Exception {
        Site site = new Site(directory);
        CertifiedKey makers = site.keys.media();
        CertifiedKey owners = ownersKey(site, directory);
        Films.Film film = Films.pattern(Films.SILENT, 4 * GROUP);
        AtomicReference<CertifiedKey> chosen = new AtomicReference<>(makers);
        Signing.Chosen signing = (Signing.Chosen) Signing.by(Site.SERIAL, chosen::get);
        try (RtspServer server = RtspServer.start(
                        RtspServerSettings.of(InetAddress.getLoopbackAddress(), 0, Authenticator.openToAll()));
                SealingSink sink = new SealingSink(
                        new SealingSink.Place(
                                new StreamId(Site.SERIAL, "main"),
                                Sealing.to(List.of(site.viewerCertificate)),
                                () -> Optional.of(means(signing)),
                                new ElementMediaKey(makers),
                                new SecureRandom(),
                                server,
                                "/main",
                                new FakeClock(),
                                new Keeper()),
                        List.of(Recipient.of(site.viewerCertificate)),
                        events::add)) {
            sink.begin(film.tracks());
            for (int i = 0; i < film.units().size(); i++) {
                if (i == GROUP + 5) {
                    chosen.set(owners);
                }
                sink.take(film.units().get(i));
                assertThat(sink.signer())
                        .as("after unit %s", i)
                        .contains((i < 2 * GROUP ? makers : owners).chain().getFirst());
            }
            assertThat(sink.counts().dropped()).isZero();
        }
        assertThat(runs).hasSize(2);
        Track video = film.tracks().getFirst();
        List<VideoUnit> first = opened(site, film.tracks(), runs.get(0));
        List<VideoUnit> second = opened(site, film.tracks(), runs.get(1));
        requireSigned(judged(video, first), makers, false);
        requireSigned(judged(video, second), owners, true);
        assertThat(events)
                .filteredOn(CameraEvent.SignerChanged.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(event.text()).contains("Gate"));

        List<VideoUnit> joined = new ArrayList<>(first);
        joined.addAll(second);
        assertThat(judged(video, joined).overall().orElseThrow().reason())
                .as("why it is a run of its own: within one, a reader cannot tell it from a forgery")
                .isEqualTo(SigningReason.KEY_CHANGED);
    }

    private static InnerSigner.Means means(Signing.Chosen signing) {
        try {
            return new InnerSigner.Means(
                    signing.settings(), ElementSigningKey.of(signing.key().get()), Runnable::run);
        } catch (CameraException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void requireSigned(SigningReport report, CertifiedKey by, boolean users) {
        assertThat(report.overall().orElseThrow()).isInstanceOf(SigningVerdict.Authentic.class);
        assertThat(report.authentic()).isEqualTo(2);
        assertThat(report.openTail()).isEmpty();
        assertThat(report.signers()).singleElement().satisfies(signer -> {
            assertThat(signer.leaf()).isEqualTo(by.chain().getFirst());
            assertThat(signer.userProvisioned()).isEqualTo(users);
        });
    }
}
