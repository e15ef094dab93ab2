package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioFormat;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AudioTest {
    private static final int RATE = 8_000;
    private static final int SAMPLES = 160;

    private final Journey journey = new Journey();
    private final Clips clip;

    AudioTest() throws Exception {
        clip = Clips.letters("IPPPIPPPIPPP", Duration.ofMillis(500));
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"AAC", "PCMA", "PCMU", "OPUS"})
    void soundComesBackToTheBit(Codec codec) throws Exception {
        List<AccessUnit> units = interleaved(codec);
        List<Track> tracks = tracks(codec);
        SealerSettings settings = journey.settings().withEpochLength(Duration.ofSeconds(2));
        List<AccessUnit> sealed = Journey.seal(journey.sealer(tracks, settings), units);
        assertThat(sealed).doesNotContainAnyElementsOf(units);
        assertThat(Journey.open(journey.opener(tracks), sealed)).isEqualTo(units);
        Journey.assertAuthentic(tracks, sealed);
    }

    /** What a muxer or decoder without the key reads of a frame, and nothing more. */
    @ParameterizedTest
    @CsvSource({"AAC, 2117, e0, 56", "PCMA, d5d5d5, '', 56", "OPUS, 784142, 78, 56", "OPUS, 7b024142, 7b02, 57"})
    void keepsOnlyWhatCarriersRead(Codec codec, String frame, String clear, int length) throws Exception {
        List<Track> tracks = tracks(codec);
        Sealer sealer = journey.sealer(tracks);
        sealer.seal(clip.units().getFirst());
        AudioUnit unit = audio(Hex.bytes(frame), 0);
        byte[] sealed = ((AudioUnit) sealer.seal(unit).unit()).frame();
        assertThat(sealed).hasSize(length);
        assertThat(Hex.text(sealed)).startsWith(clear);
    }

    /** Containers interleave loosely: sound of the old epoch behind the new one's key picture, and of the new one before it. */
    @Test
    void opensSoundAroundAnEpochsEnd() throws Exception {
        List<Track> tracks = tracks(Codec.PCMA);
        SealerSettings settings = journey.settings().withEpochLength(Duration.ofSeconds(2));
        List<AccessUnit> units = interleaved(Codec.PCMA);
        List<AccessUnit> sealed = new ArrayList<>(Journey.seal(journey.sealer(tracks, settings), units));
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            if (units.get(i) instanceof VideoUnit video && video.isKey()) {
                keys.add(i);
            }
        }
        int second = keys.get(1);
        AccessUnit key = sealed.remove(second);
        sealed.add(second - 2, key);
        int third = keys.get(2);
        AccessUnit later = sealed.remove(third);
        sealed.add(third + 2, later);
        Opener opener = journey.opener(tracks);
        sealed.forEach(opener::learn);
        assertThat(Journey.obstacles(opener, sealed)).containsOnlyNulls();
    }

    @Test
    void refusesAlteredSound() throws Exception {
        List<Track> tracks = tracks(Codec.OPUS);
        Sealer sealer = journey.sealer(tracks);
        AccessUnit picture = sealer.seal(clip.units().getFirst()).unit();
        AudioUnit unit = audio(Hex.bytes("7b02414243"), 0);
        AudioUnit sealed = (AudioUnit) sealer.seal(unit).unit();
        Opener opener = journey.opener(tracks);
        opener.open(picture);
        for (int bit = 0; bit < 8 * sealed.frame().length; bit++) {
            byte[] bad = sealed.frame().clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(opener.open(sealed.withFrame(bad))).as("bit %d", bit).isInstanceOf(Opening.NotOpened.class);
        }
        assertThat(opener.open(sealed)).isEqualTo(new Opening.Opened(unit));
        assertThat(opener.open(unit)).isInstanceOf(Opening.NotOpened.class);
    }

    @Test
    void waitsForTheFirstKeyPicture() throws Exception {
        List<Track> tracks = tracks(Codec.PCMU);
        Sealer sealer = journey.sealer(tracks);
        AudioUnit early = audio(Hex.bytes("ffff"), 0);
        assertThatThrownBy(() -> sealer.seal(early)).isInstanceOf(SealException.NotStarted.class);
        sealer.seal(clip.units().getFirst());
        AudioUnit sealed = (AudioUnit) sealer.seal(early).unit();
        assertThat(((Opening.NotOpened) journey.opener(tracks).open(sealed)).obstacle())
                .isEqualTo(Opening.Obstacle.NO_MANIFEST_YET);
    }

    @Test
    void refusesAnOpusPacketWithoutItsFirstByte() throws Exception {
        List<Track> tracks = tracks(Codec.OPUS);
        Sealer sealer = journey.sealer(tracks);
        sealer.seal(clip.units().getFirst());
        AudioUnit empty = audio(new byte[0], 0);
        assertThatThrownBy(() -> sealer.seal(empty)).isInstanceOf(SealException.Refused.class);
        sealer.seal(audio(Hex.bytes("78"), 0));
    }

    private List<Track> tracks(Codec codec) {
        return List.of(clip.tracks().getFirst(), new Track(7, new AudioFormat(codec, RATE, 1, new byte[0])));
    }

    private static AudioUnit audio(byte[] frame, long ticks) {
        return new AudioUnit(
                7,
                frame,
                new MediaTime(ticks, RATE),
                SAMPLES,
                TestCamera.START.plusNanos(ticks * 1_000_000_000 / RATE));
    }

    /** Pictures every half second and 25 frames of sound behind each. */
    private List<AccessUnit> interleaved(Codec codec) {
        List<AccessUnit> units = new ArrayList<>();
        long ticks = 0;
        for (AccessUnit picture : clip.units()) {
            units.add(picture);
            for (int i = 0; i < 25; i++) {
                byte[] frame = new byte[1 + (int) (ticks / SAMPLES % 50)];
                journey.random.nextBytes(frame);
                if (codec == Codec.OPUS) {
                    frame[0] = 0x78;
                }
                units.add(audio(frame, ticks));
                ticks += SAMPLES;
            }
        }
        return units;
    }
}
