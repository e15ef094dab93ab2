package org.camseal.media.unitstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioFormat;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.TruncatedException;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Test;

class UnitStreamTest {
    private static final Instant START = Instant.parse("2026-11-14T10:15:00.123456Z");
    private static final NalUnit SPS = NalUnit.of(Codec.H264, new byte[] {0x67, 1, 2});
    private static final NalUnit SLICE = NalUnit.of(Codec.H264, new byte[] {0x65, 3, 4, 5});
    private static final List<Track> TRACKS = List.of(
            new Track(1, new VideoFormat(Codec.H264, 640, 360, List.of(SPS))),
            new Track(2, new AudioFormat(Codec.AAC, 48_000, 2, new byte[] {0x11, (byte) 0x90})));
    private static final List<AccessUnit> UNITS = List.of(
            new VideoUnit(1, List.of(SPS, SLICE), MediaTime.video(-5), MediaTime.video(3600), START),
            new AudioUnit(2, new byte[] {(byte) 0xe0, 9}, new MediaTime(1024, 48_000), 1024, START.plusMillis(20)),
            new VideoUnit(1, List.of(SLICE), MediaTime.video(3595), MediaTime.video(7200), START.plusMillis(40)));

    @Test
    void unitsComeBackAsTheyWere() throws Exception {
        try (UnitStreamReader reader = new UnitStreamReader(new ByteArrayInputStream(stream()))) {
            assertThat(reader.tracks()).isEqualTo(TRACKS);
            assertThat(units(reader)).isEqualTo(UNITS);
            assertThat(reader.continuesAt()).isEmpty();
        }
    }

    @Test
    void anEndMayNameWhereOtherTracksGoOn() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (UnitStreamWriter writer = new UnitStreamWriter(bytes, TRACKS)) {
            writer.alive();
            writer.endBefore(START);
        }
        UnitStreamReader reader = new UnitStreamReader(new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(units(reader)).isEmpty();
        assertThat(reader.continuesAt()).contains(START);
    }

    @Test
    void everyCutIsSeen() throws Exception {
        byte[] whole = stream();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> units(new UnitStreamReader(new ByteArrayInputStream(cut))))
                    .as("first %d of %d bytes", length, whole.length)
                    .isInstanceOfAny(TruncatedException.class, MalformedException.class);
        }
    }

    @Test
    void aLengthBeyondTheBoundIsRefusedBeforeItIsAllocated() throws Exception {
        byte[] bomb = stream();
        bomb[9] = 0x7f;
        assertThatThrownBy(() -> new UnitStreamReader(new ByteArrayInputStream(bomb)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("at most");
    }

    @Test
    void alteredBytesEndInAValueOrAClearError() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            byte[] altered = stream();
            for (int i = random.nextInt(4); i >= 0; i--) {
                altered[random.nextInt(altered.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(units(new UnitStreamReader(new ByteArrayInputStream(altered)))
                                .size())
                        .isLessThan(10);
            } catch (MediaException clear) {
                assertThat(clear).hasMessageContaining("unit stream");
            }
        }
    }

    private static byte[] stream() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (UnitStreamWriter writer = new UnitStreamWriter(bytes, TRACKS)) {
            for (AccessUnit unit : UNITS) {
                writer.write(unit);
            }
        }
        return bytes.toByteArray();
    }

    private static List<AccessUnit> units(UnitStreamReader reader) throws MediaException, IOException {
        List<AccessUnit> units = new ArrayList<>();
        for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
            units.add(unit);
        }
        return units;
    }
}
