package org.camseal.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FragmentedMp4WriterTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("recording.mp4");
    }

    @Test
    void videoAndAacComeBackExactly() throws Exception {
        roundTrip(List.of(Recordings.VIDEO, Recordings.AAC), "IPPPPPPPPPPPPIPPPPPPPPPPIPPP", 1024);
    }

    @Test
    void reorderedPicturesComeBackWithBothTimesAlsoBeforeZero() throws Exception {
        List<AccessUnit> units = roundTrip(List.of(Recordings.VIDEO, Recordings.AAC), "IPBPBPBIPBPBPBIPB", 1024);
        assertThat(units.getFirst().decodeTime()).isLessThan(MediaTime.video(0));
    }

    @Test
    void h265WithOpusComesBackExactly() throws Exception {
        roundTrip(List.of(Recordings.VIDEO_H265, Recordings.OPUS), "IPPPIPBPB", 960);
    }

    @Test
    void g711ComesBackPacketByPacket() throws Exception {
        roundTrip(List.of(Recordings.VIDEO, Recordings.PCMA), "IPPPIPP", 160);
        file = directory.resolve("mu.mp4");
        roundTrip(List.of(Recordings.VIDEO, Recordings.PCMU), "IPPPIPP", 320);
    }

    @Test
    void soundAloneComesBack() throws Exception {
        List<AccessUnit> units = new ArrayList<>(
                Recordings.units("IPPPIPP".repeat(20), Recordings.VIDEO, List.of(Recordings.PCMA), 160));
        units.removeIf(VideoUnit.class::isInstance);
        write(List.of(Recordings.PCMA), units);
        assertThat(Recordings.read(Mp4Reader.open(file))).isEqualTo(units);
    }

    @Test
    void timesThatNoClockExplainComeBackExactly() throws Exception {
        Random random = new Random(7);
        List<AccessUnit> units = new ArrayList<>();
        long video = 900_000;
        long audio = 480_000;
        for (int i = 0; i < 400; i++) {
            Instant captured = Recordings.START.plusNanos(random.nextLong(1_000_000_000_000L) - 500_000_000_000L);
            if (random.nextInt(3) == 0) {
                MediaTime decode = MediaTime.video(video);
                units.add(new VideoUnit(
                        1,
                        Recordings.nalUnits(random.nextInt(20) == 0 ? 'I' : 'P', Recordings.VIDEO, random),
                        decode,
                        decode.plusTicks(random.nextInt(20_000) - 5_000),
                        captured));
                video += random.nextInt(10_000);
            } else {
                units.add(new AudioUnit(
                        2,
                        new byte[random.nextInt(9)],
                        new MediaTime(audio, 48_000),
                        1 + random.nextInt(3000),
                        captured));
                audio += random.nextInt(4_000);
            }
        }
        write(List.of(Recordings.VIDEO, Recordings.AAC), units);
        assertThat(Recordings.read(Mp4Reader.open(file))).containsExactlyInAnyOrderElementsOf(units);
    }

    @Test
    void aFormatWithoutParameterSetsGetsThoseOfItsFirstKeyPicture() throws Exception {
        Track bare = new Track(1, new VideoFormat(Codec.H264, 0, 0, List.of()));
        List<AccessUnit> units = Recordings.units("PPIPPIP", Recordings.VIDEO, List.of(), 1);
        write(List.of(bare), units);
        try (Mp4Reader reader = Mp4Reader.open(file)) {
            assertThat(reader.tracks()).containsExactly(Recordings.VIDEO);
        }
        assertThat(Recordings.read(Mp4Reader.open(file))).isEqualTo(units);
    }

    @Test
    void aGroupWithoutEndIsCutAfterTenSeconds() throws Exception {
        try (FragmentedMp4Writer writer = FragmentedMp4Writer.create(file, List.of(Recordings.VIDEO))) {
            for (AccessUnit unit : Recordings.units("I" + "P".repeat(250), Recordings.VIDEO, List.of(), 1)) {
                assertThat(writer.lengthBytes()).isZero();
                writer.write(unit);
            }
            assertThat(writer.lengthBytes()).isPositive().isEqualTo(Files.size(file));
        }
    }

    @Test
    void theFileGrowsByWholeGroupsOfPictures() throws Exception {
        List<AccessUnit> units = Recordings.units("IPPIPPIPP", Recordings.VIDEO, List.of(Recordings.AAC), 1024);
        long before = -1;
        try (FragmentedMp4Writer writer = FragmentedMp4Writer.create(file, List.of(Recordings.VIDEO, Recordings.AAC))) {
            for (AccessUnit unit : units) {
                writer.write(unit);
                boolean grew = Files.size(file) != before;
                before = Files.size(file);
                assertThat(writer.lengthBytes()).isEqualTo(before);
                assertThat(grew).isEqualTo(unit instanceof VideoUnit video && video.isKey());
            }
        }
        assertThat(Recordings.read(Mp4Reader.open(file))).isEqualTo(units);
    }

    @Test
    void aRefusedUnitLeavesNoTrace() throws Exception {
        List<AccessUnit> units = Recordings.units("IPPIPP", Recordings.VIDEO, List.of(), 1);
        try (FragmentedMp4Writer writer = FragmentedMp4Writer.create(file, List.of(Recordings.VIDEO))) {
            for (AccessUnit unit : units) {
                writer.write(unit);
                VideoUnit video = (VideoUnit) unit;
                assertThatThrownBy(() -> writer.write(later(video, -1, video.capturedAt())))
                        .isInstanceOf(MalformedException.class)
                        .hasMessageContaining("goes back");
                assertThatThrownBy(() -> writer.write(later(video, 1, Instant.parse("1960-01-01T00:00:00Z"))))
                        .isInstanceOf(MalformedException.class)
                        .hasMessageContaining("1960");
                assertThatThrownBy(() -> writer.write(new VideoUnit(
                                2, video.nalUnits(), video.decodeTime(), video.presentationTime(), video.capturedAt())))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(Recordings.read(Mp4Reader.open(file))).isEqualTo(units);
    }

    @Test
    void anExistingFileIsNeverOverwritten() throws Exception {
        Files.writeString(file, "evidence");
        assertThatThrownBy(() -> FragmentedMp4Writer.create(file, List.of(Recordings.VIDEO)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("evidence");
    }

    @Test
    void aRecordingWithoutUnitsIsAFileWithTracks() throws Exception {
        write(List.of(Recordings.VIDEO), List.of());
        try (Mp4Reader reader = Mp4Reader.open(file)) {
            assertThat(reader.tracks()).containsExactly(Recordings.VIDEO);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void aFullDiskCostsNoFragmentThatWasWhole() throws Exception {
        List<AccessUnit> units = Recordings.units("IPP".repeat(9), Recordings.VIDEO, List.of(), 1);
        long whole = 0;
        boolean failed = false;
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FragmentedMp4Writer writer =
                new FragmentedMp4Writer(file, new SmallDisk(channel, 4_500), List.of(Recordings.VIDEO))) {
            for (AccessUnit unit : units) {
                whole = writer.lengthBytes();
                try {
                    writer.write(unit);
                } catch (IOException e) {
                    failed = true;
                    assertThatThrownBy(() -> writer.write(unit)).hasMessageContaining("failed before");
                    break;
                }
            }
        }
        assertThat(failed).isTrue();
        assertThat(whole).isPositive();
        assertThat(file).hasSize(whole);
        assertThat(units).startsWith(Recordings.read(Mp4Reader.open(file)).toArray(AccessUnit[]::new));
    }

    @Test
    void everyFragmentIsForcedToTheDisk() throws Exception {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        SmallDisk disk = new SmallDisk(channel, Long.MAX_VALUE);
        try (FragmentedMp4Writer writer = new FragmentedMp4Writer(file, disk, List.of(Recordings.VIDEO))) {
            int keys = 0;
            for (AccessUnit unit : Recordings.units("IPPIPPIPP", Recordings.VIDEO, List.of(), 1)) {
                keys += ((VideoUnit) unit).isKey() ? 1 : 0;
                writer.write(unit);
                assertThat(disk.forced).isEqualTo(keys - 1);
            }
        }
        assertThat(disk.forced).isEqualTo(3);
    }

    private static VideoUnit later(VideoUnit unit, long ticks, Instant capturedAt) {
        MediaTime time = unit.decodeTime().plusTicks(ticks);
        return new VideoUnit(unit.track(), unit.nalUnits(), time, time, capturedAt);
    }

    private List<AccessUnit> roundTrip(List<Track> tracks, String pictures, int samples) throws Exception {
        List<AccessUnit> units =
                Recordings.units(pictures, tracks.getFirst(), tracks.subList(1, tracks.size()), samples);
        write(tracks, units);
        try (Mp4Reader reader = Mp4Reader.open(file)) {
            assertThat(reader.tracks()).isEqualTo(tracks);
            assertThat(reader.remarks()).isEmpty();
        }
        assertThat(Recordings.read(Mp4Reader.open(file))).isEqualTo(units);
        return units;
    }

    private void write(List<Track> tracks, List<AccessUnit> units) throws MediaException, IOException {
        try (FragmentedMp4Writer writer = FragmentedMp4Writer.create(file, tracks)) {
            for (AccessUnit unit : units) {
                writer.write(unit);
            }
        }
    }
}
