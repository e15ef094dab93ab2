package org.camseal.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.camseal.manifest.StreamId;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioFormat;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.seal.Recipient;
import org.camseal.seal.RecipientId;
import org.camseal.seal.SealerSettings;
import org.camseal.seal.SuiteChoice;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingSinkTest {
    private final FakeClock clock = new FakeClock();
    private final List<CameraEvent> events = new ArrayList<>();
    private final Site site;
    private final RtspServer server;
    private final SealingSink sink;
    private final Films.Film film;

    SealingSinkTest(@TempDir Path directory) throws Exception {
        site = new Site(directory);
        server =
                RtspServer.start(RtspServerSettings.of(InetAddress.getLoopbackAddress(), 0, Authenticator.openToAll()));
        Sealing sealing = new Sealing(
                List.of(site.viewerCertificate), SuiteChoice.AES_256_GCM, SealerSettings.DEFAULT_EPOCH_LENGTH);
        SealingSink.Place place = new SealingSink.Place(
                new StreamId(Site.SERIAL, "main"),
                sealing,
                signing(),
                new ElementMediaKey(site.keys.media()),
                new SecureRandom(),
                server,
                "/main",
                clock);
        sink = new SealingSink(place, List.of(Recipient.of(site.viewerCertificate)), events::add);
        film = Films.pattern(Films.SMALL, 150);
    }

    private InnerSigner.Means signing() throws CameraException {
        Signing.On on = (Signing.On) Signing.by(Site.SERIAL);
        return new InnerSigner.Means(on.settings(), ElementSigningKey.of(site.keys.media()), Runnable::run);
    }

    @AfterEach
    void close() {
        sink.close();
        server.close();
    }

    private List<CameraEvent.UnitsDropped> drops() {
        return events.stream()
                .filter(CameraEvent.UnitsDropped.class::isInstance)
                .map(CameraEvent.UnitsDropped.class::cast)
                .toList();
    }

    private static VideoUnit broken(VideoUnit picture) {
        List<NalUnit> nals = new ArrayList<>();
        for (NalUnit nal : picture.nalUnits()) {
            // A slice header that names a picture parameter set nobody has sent.
            nals.add(nal.isSlice() ? NalUnit.of(Codec.H264, new byte[] {0x65, (byte) 0xb3, (byte) 0x80, 0x33}) : nal);
        }
        return picture.withNalUnits(nals);
    }

    @Test
    void whatCannotBeParsedIsStatedAndNothingOfItIsSent() throws Exception {
        sink.begin(film.tracks());
        for (AccessUnit unit : film.units()) {
            sink.take(unit instanceof VideoUnit picture && picture.isKey() ? broken(picture) : unit);
            clock.pass(Duration.ofMillis(20));
        }
        assertThat(sink.counts().sealed()).isZero();
        assertThat(sink.counts().dropped()).isEqualTo(150);
        assertThat(drops()).isNotEmpty();
        assertThat(drops().getFirst().cause()).contains("PPS 6 has not been seen");
        assertThat(drops().size()).as("not an event for each of 150 units").isLessThan(10);
        assertThat(sink.lastUnit()).isEmpty();
    }

    @Test
    void afterADropTheStreamGoesOnAndTheSumIsStated() throws Exception {
        sink.begin(film.tracks());
        VideoUnit bad = null;
        for (AccessUnit unit : film.units()) {
            if (unit instanceof VideoUnit picture
                    && picture.isKey()
                    && picture.decodeTime().ticks() == 90_000) {
                bad = picture;
                sink.take(broken(picture));
            } else {
                sink.take(unit);
            }
        }
        assertThat(bad).isNotNull();
        assertThat(sink.counts().dropped()).isEqualTo(1);
        assertThat(sink.counts().sealed()).isEqualTo(149);
        assertThat(drops())
                .singleElement()
                .satisfies(drop -> assertThat(drop.count()).isEqualTo(1));
        assertThat(sink.lastUnit()).contains(film.units().getLast().capturedAt());
    }

    @Test
    void withoutTheLastRecipientTheStreamStopsAndNeverGoesOnInClear() throws Exception {
        sink.begin(film.tracks());
        sink.take(film.units().getFirst());
        long before = sink.counts().sealed();
        sink.remove(RecipientId.of(site.viewer.getPublic()));
        film.units().subList(1, 100).forEach(this::take);
        assertThat(sink.counts().sealed()).isEqualTo(before);
        assertThat(drops().getFirst().cause()).contains("no recipient");
        KeyPair other = site.newPair();
        sink.add(Recipient.of(site.certificate("viewer-2", other)));
        film.units().subList(100, 150).forEach(this::take);
        assertThat(sink.counts().sealed()).isGreaterThan(before);
    }

    @Test
    void aSourceThatComesBackWhileThereIsNoRecipientWaitsForOne() throws Exception {
        sink.remove(RecipientId.of(site.viewer.getPublic()));
        sink.begin(film.tracks());
        film.units().subList(0, 10).forEach(this::take);
        assertThat(sink.counts().sealed()).isZero();
        sink.add(Recipient.of(site.viewerCertificate));
        film.units().forEach(this::take);
        assertThat(sink.counts().sealed()).isEqualTo(150);
    }

    private void take(AccessUnit unit) {
        try {
            sink.take(unit);
        } catch (UnitSink.Impossible e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aSourceWithoutPicturesIsRefused() {
        Track sound = new Track(1, new AudioFormat(Codec.PCMA, 8000, 1, new byte[0]));
        assertThatThrownBy(() -> sink.begin(List.of(sound)))
                .isInstanceOf(SourceException.Unusable.class)
                .hasMessageContaining("no track of H.264 or H.265");
    }

    @Test
    void moreTracksThanOneOfEachAreLeftOut() throws Exception {
        Track second = new Track(3, film.tracks().getFirst().format());
        sink.begin(List.of(film.tracks().get(1), film.tracks().getFirst(), second));
        sink.take(film.units().getFirst());
        VideoUnit first = (VideoUnit) film.units().getFirst();
        sink.take(new VideoUnit(3, first.nalUnits(), first.decodeTime(), first.presentationTime(), first.capturedAt()));
        assertThat(sink.counts().sealed()).isEqualTo(1);
        assertThat(sink.counts().dropped()).isZero();
    }
}
