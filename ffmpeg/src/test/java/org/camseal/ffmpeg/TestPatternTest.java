package org.camseal.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Test;

class TestPatternTest {
    private static final Instant START = Instant.parse("2026-11-21T23:20:05Z");
    private static final TestPatternSettings SMALL =
            new TestPatternSettings(VideoEncoderSettings.of(640, 360, 25, 1_000_000), true);

    private static List<AccessUnit> units(TestPattern pattern, int count) throws CoderException {
        List<AccessUnit> units = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            units.add(pattern.next());
        }
        return units;
    }

    @Test
    void theClockAndTheCounterInTheDecodedPictureSayTimeAndNumberOfTheFrame() throws Exception {
        try (TestPattern pattern = TestPattern.open(SMALL, START);
                Decoder decoder =
                        Decoder.open((VideoFormat) pattern.tracks().getFirst().format())) {
            PatternPainter painter = new PatternPainter(640, 360);
            int shown = 0;
            for (AccessUnit unit : units(pattern, 300)) {
                if (!(unit instanceof VideoUnit video)) {
                    continue;
                }
                for (DecodedPicture decoded : decoder.decode(video)) {
                    Picture picture = decoded.picture();
                    assertThat(decoded.damaged()).isFalse();
                    assertThat(painter.counterPlace().read(picture, PatternPainter.COUNTER_CHARACTERS))
                            .isEqualTo("%08d".formatted(shown));
                    Instant at = START.plusMillis(40L * shown);
                    String clock = painter.timePlace().read(picture, PatternPainter.TIME_CHARACTERS);
                    assertThat(clock.substring(0, 10)).isEqualTo("2026-11-21");
                    String expected = at.toString().substring(11, 19);
                    assertThat(clock.substring(11, 13) + ":" + clock.substring(14, 16) + ":" + clock.substring(17, 19))
                            .isEqualTo(expected);
                    assertThat(clock.substring(20)).isEqualTo("%03d".formatted(40 * shown % 1000));
                    shown++;
                }
            }
            assertThat(shown).isGreaterThan(100);
        }
    }

    @Test
    void everyKeyFrameHasItsParameterSetsAndComesEveryTwoSeconds() throws Exception {
        try (TestPattern pattern = TestPattern.open(SMALL, START)) {
            List<VideoUnit> pictures = units(pattern, 400).stream()
                    .filter(VideoUnit.class::isInstance)
                    .map(VideoUnit.class::cast)
                    .toList();
            List<Integer> keys = new ArrayList<>();
            for (int i = 0; i < pictures.size(); i++) {
                VideoUnit picture = pictures.get(i);
                assertThat(picture.decodeTime().ticks()).isEqualTo(3600L * i);
                assertThat(picture.presentationTime()).isEqualTo(picture.decodeTime());
                assertThat(picture.capturedAt()).isEqualTo(START.plusMillis(40L * i));
                if (picture.isKey()) {
                    keys.add(i);
                    assertThat(picture.nalUnits().stream().map(NalUnit::type)).startsWith(7, 8);
                } else {
                    assertThat(picture.nalUnits()).noneMatch(NalUnit::isParameterSet);
                }
            }
            assertThat(keys).startsWith(0, 50, 100);
        }
    }

    @Test
    void soundRunsWithoutGapsBesideThePicture() throws Exception {
        try (TestPattern pattern = TestPattern.open(SMALL, START)) {
            long expected = 0;
            AccessUnit before = null;
            for (AccessUnit unit : units(pattern, 300)) {
                if (unit instanceof AudioUnit audio) {
                    assertThat(audio.decodeTime().ticks()).isEqualTo(expected);
                    expected += audio.samples();
                }
                if (before != null) {
                    assertThat(unit.decodeTime()).isGreaterThanOrEqualTo(before.decodeTime());
                }
                before = unit;
            }
            assertThat(expected).isGreaterThan(48_000 * 3);
        }
    }

    @Test
    void whoFellBehindSkipsToTheInstant() throws Exception {
        try (TestPattern pattern = TestPattern.open(SMALL, START)) {
            units(pattern, 10);
            pattern.skipTo(START.plusMillis(10_010));
            List<AccessUnit> after = units(pattern, 10);
            assertThat(after).allMatch(unit -> !unit.capturedAt().isBefore(START.plusSeconds(10)));
            assertThat(after.getFirst().capturedAt()).isBefore(START.plusMillis(10_100));
        }
    }

    @Test
    void withoutSoundThereIsOneTrack() throws Exception {
        TestPatternSettings silent = new TestPatternSettings(SMALL.video(), false);
        try (TestPattern pattern = TestPattern.open(silent, START)) {
            assertThat(pattern.tracks()).hasSize(1);
            assertThat(units(pattern, 5)).allMatch(VideoUnit.class::isInstance);
        }
    }
}
