package org.camseal.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Test;

/** What is kept is bounded, what waits is reported in time, and certificates are not believed beyond what they say. */
class CheckerLimitsTest {
    private final FakeCamera camera = FakeCamera.h264();

    private static List<AccessUnit> without(List<AccessUnit> units, SealedSei.Kind kind) {
        List<AccessUnit> result = new ArrayList<>();
        for (AccessUnit unit : units) {
            if (unit instanceof VideoUnit video) {
                List<NalUnit> nals = new ArrayList<>(video.nalUnits());
                nals.removeIf(nal -> Films.isOwn(nal, kind));
                result.add(video.withNalUnits(nals));
            } else {
                result.add(unit);
            }
        }
        return result;
    }

    private static List<AccessUnit> withFirst(List<AccessUnit> units, NalUnit extra) {
        List<AccessUnit> result = new ArrayList<>(units);
        VideoUnit video = (VideoUnit) units.getFirst();
        List<NalUnit> nals = new ArrayList<>(video.nalUnits());
        nals.addFirst(extra);
        result.set(0, video.withNalUnits(nals));
        return result;
    }

    @Test
    void tooManyWaiting() {
        ManifestChecker.Limits limits = new ManifestChecker.Limits(16);
        List<AccessUnit> film = camera.film("KPPP KPPPPPPPPPPPPPPPPPPPPPP KPPP KP");
        Judgement judgement = Judgement.of(new ManifestChecker(camera.tracks(), limits), film);
        assertThat(judgement.line()).isEqualTo("r . TOO_MANY_WAITING TOO_MANY_WAITING . +2");
        assertThat(judgement.overall()).isEqualTo("Incomplete");
        assertThat(Judgement.line(camera.tracks(), film)).isEqualTo("r . . . +2");
    }

    @Test
    void manifestsThatStopAreReportedWhileTheStreamGoesOn() {
        List<AccessUnit> film = new ArrayList<>(camera.film("KPPP"));
        film.addAll(without(camera.film("KPPPPPPP".repeat(150)), SealedSei.Kind.MANIFEST));
        ManifestChecker checker = new ManifestChecker(camera.tracks());
        List<GroupReport> reports = new ArrayList<>();
        film.forEach(unit -> reports.addAll(checker.accept(unit)));
        assertThat(reports)
                .extracting(report -> report.verdict().reason())
                .containsExactly(Reason.RUN_BEGINS, Reason.MANIFEST_LOST, Reason.MANIFEST_LOST, Reason.MANIFEST_LOST);
        assertThat(reports.get(1).tracks().getFirst().unvouched()).isGreaterThan(350);
    }

    @Test
    void manifestWithoutCertificateIsGivenUpInTime() {
        List<AccessUnit> film = without(camera.film("KPPPPPPP".repeat(100)), SealedSei.Kind.SESSION_CERTIFICATE);
        ManifestChecker checker = new ManifestChecker(camera.tracks());
        List<GroupReport> reports = new ArrayList<>();
        film.forEach(unit -> reports.addAll(checker.accept(unit)));
        assertThat(reports).hasSizeGreaterThan(40);
        assertThat(reports).extracting(report -> report.verdict().reason()).containsOnly(Reason.SIGNER_UNKNOWN);
    }

    @Test
    void certificateThatComesTooLateStillCountsForWhatFollows() {
        List<AccessUnit> film =
                new ArrayList<>(without(camera.film("KPPPPPPP".repeat(60)), SealedSei.Kind.SESSION_CERTIFICATE));
        film.addAll(camera.film("KPPP KP"));
        Judgement judgement = Judgement.of(camera.tracks(), film);
        assertThat(judgement.reports().getFirst().verdict().reason()).isEqualTo(Reason.SIGNER_UNKNOWN);
        assertThat(judgement.reports().getLast().verdict().reason()).isEqualTo(Reason.COMPLETE);
        assertThat(judgement.overall()).isEqualTo("Incomplete");
    }

    @Test
    void longTailLacksAManifest() {
        List<AccessUnit> film = new ArrayList<>(camera.film("KPPP KPPP"));
        film.addAll(without(camera.film("KPPPPPPP".repeat(20)), SealedSei.Kind.MANIFEST));
        assertThat(Judgement.line(camera.tracks(), film)).isEqualTo("r . MANIFEST_LOST +164");
    }

    @Test
    void onePictureMayLastLong() {
        List<AccessUnit> film = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            VideoUnit unit = (VideoUnit) camera.film("K").getFirst();
            MediaTime time = MediaTime.video(90_000L * 60 * i);
            film.add(new VideoUnit(1, unit.nalUnits(), time, time, unit.capturedAt()));
        }
        assertThat(Judgement.line(camera.tracks(), film)).isEqualTo("r . . . +1");
    }

    @Test
    void certificateOutOfTime() {
        List<AccessUnit> film = new ArrayList<>(camera.film("KPPP KPPP"));
        camera.at(FakeCamera.START.plus(Duration.ofDays(1)).plusSeconds(2));
        film.addAll(camera.film("KPPP KP"));
        assertThat(Judgement.line(camera.tracks(), film)).isEqualTo("r . SIGNER_OUT_OF_TIME SIGNER_OUT_OF_TIME +2");
    }

    @Test
    void strangersCertificateForTheSameSessionKey() throws Exception {
        List<AccessUnit> film = camera.film("KPPP KPPP KP");
        RunId run = SignedManifest.parse(manifestOf(film)).manifest().run();
        // The stranger needs no private key for this: the session key's public point is in the stream.
        SessionKey point = new SessionKey(keyOf(camera.certificate()), message -> new byte[64]);
        SessionCertificate strangers = SessionCertificate.issue(
                "CS-0001",
                run,
                point,
                TestKeys.mediaKeyP384("CS-0001"),
                new SessionCertificate.Validity(FakeCamera.START, FakeCamera.START.plusSeconds(60)));
        Judgement judgement = Judgement.of(camera.tracks(), withFirst(film, strangers.toNalUnit(Codec.H264)));
        assertThat(judgement.line()).isEqualTo("SIGNER_CONFLICT r SIGNER_CONFLICT SIGNER_CONFLICT +2");
        SessionCertificate forOther = SessionCertificate.issue(
                "CS-0002",
                run,
                point,
                TestKeys.mediaKey("CS-0002"),
                new SessionCertificate.Validity(FakeCamera.START, FakeCamera.START.plusSeconds(60)));
        assertThat(Judgement.of(camera.tracks(), withFirst(film, forOther.toNalUnit(Codec.H264)))
                        .overall())
                .isEqualTo("Forged");
    }

    @Test
    void renewedCertificateOfTheSameKey() throws Exception {
        List<AccessUnit> film = camera.film("KPPP KPPP KP");
        RunId run = SignedManifest.parse(manifestOf(film)).manifest().run();
        SessionKey point = new SessionKey(keyOf(camera.certificate()), message -> new byte[64]);
        SessionCertificate renewed = SessionCertificate.issue(
                "CS-0001",
                run,
                point,
                TestKeys.mediaKey("CS-0001"),
                new SessionCertificate.Validity(FakeCamera.START, FakeCamera.START.plusSeconds(60)));
        assertThat(Judgement.line(camera.tracks(), withFirst(film, renewed.toNalUnit(Codec.H264))))
                .isEqualTo("r . . +2");
    }

    private static java.security.interfaces.ECPublicKey keyOf(SessionCertificate certificate) {
        return certificate.key();
    }

    private static byte[] manifestOf(List<AccessUnit> film) throws ManifestException {
        for (NalUnit nal : ((VideoUnit) film.getFirst()).nalUnits()) {
            if (Films.isOwn(nal, SealedSei.Kind.MANIFEST)) {
                return SealedSei.find(nal).orElseThrow().body();
            }
        }
        throw new AssertionError("no manifest");
    }

    @Test
    void findingsOfAGroupAreBounded() {
        List<AccessUnit> film = new ArrayList<>(camera.film("KPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP KP"));
        for (int i = 1; i < 30; i++) {
            film.set(i, film.get(0));
        }
        Judgement judgement = Judgement.of(camera.tracks(), film);
        assertThat(judgement.overall()).isEqualTo("Forged");
        assertThat(judgement.reports())
                .allSatisfy(report -> assertThat(report.findings()).hasSizeLessThanOrEqualTo(16));
    }

    @Test
    void hostileTimesDoNotThrow() {
        for (long ticks : new long[] {Long.MIN_VALUE, Long.MIN_VALUE / 2, 0, Long.MAX_VALUE}) {
            for (Instant capturedAt : List.of(Instant.MIN, Instant.MAX)) {
                List<AccessUnit> film = camera.film("KP KP").stream()
                        .map(unit -> (AccessUnit) new VideoUnit(
                                1,
                                ((VideoUnit) unit).nalUnits(),
                                new MediaTime(ticks, 1),
                                MediaTime.video(-ticks),
                                capturedAt))
                        .toList();
                assertThat(Judgement.of(camera.tracks(), film).reports()).isNotEmpty();
            }
        }
    }

    @Test
    void videoTrackIsNeeded() {
        assertThatThrownBy(() -> new ManifestChecker(camera.tracks().subList(1, 2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new ManifestChecker(camera.tracks()).finish()).isEmpty();
        assertThat(new ManifestChecker(camera.tracks()).verdict().overall()).isEmpty();
    }
}
