package org.camseal.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.annexb.LengthPrefixed;
import org.camseal.peers.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a file, reading it ends: with its units, or with a MediaException. Always the same damage, by seed. */
class Mp4FuzzTest {
    private static final int ROUNDS = 2_000;

    @TempDir
    private Path directory;

    @Test
    void ownFragmentedFiles() throws Exception {
        List<Track> tracks = List.of(Recordings.VIDEO, Recordings.AAC);
        BoxBuilder file = new BoxBuilder(1024);
        file.bytes(FragmentedMp4.initSegment(tracks));
        file.bytes(
                FragmentedMp4.fragment(1, Recordings.units("IPPIPP", Recordings.VIDEO, List.of(Recordings.AAC), 1024)));
        survives(file.toBytes(), 1);
    }

    @Test
    void h265AndOpus() throws Exception {
        List<Track> tracks = List.of(Recordings.VIDEO_H265, Recordings.OPUS);
        BoxBuilder file = new BoxBuilder(1024);
        file.bytes(FragmentedMp4.initSegment(tracks));
        file.bytes(FragmentedMp4.fragment(
                1, Recordings.units("IPPIPP", Recordings.VIDEO_H265, List.of(Recordings.OPUS), 960)));
        survives(file.toBytes(), 2);
    }

    @Test
    void plainFiles() throws Exception {
        for (int kind = 0; kind < 3; kind++) {
            PlainMovie movie = new PlainMovie();
            movie.dataInFront = kind == 1;
            movie.wideData = kind == 2;
            PlainMovie.Part video = movie.part();
            video.wideOffsets = kind == 1;
            video.compactSizeBits = kind == 2 ? 8 : 0;
            for (int i = 0; i < 12; i++) {
                byte[] nal = new byte[20 + i];
                nal[0] = 0x41;
                byte[] sample = LengthPrefixed.join(List.of(NalUnit.of(Codec.H264, nal)), 4);
                video.samples.add(new PlainMovie.Cut(sample, 3_600, 7_200 * (i % 2)));
            }
            PlainMovie.Part audio = movie.part();
            audio.handler = "soun";
            audio.timescale = 48_000;
            int version = kind;
            audio.entry = out -> PlainMovie.quickTimeAac(out, version);
            for (int i = 0; i < 20; i++) {
                audio.samples.add(new PlainMovie.Cut(new byte[9], 1_024, 0));
            }
            survives(movie.build(), 100 + kind);
        }
    }

    @Test
    void filesOfFfmpeg() throws Exception {
        Peer.FFMPEG.require();
        for (String way : List.of("-bf 2", "-movflags frag_keyframe", "-movflags frag_keyframe+empty_moov+dash")) {
            Path file = directory.resolve(way.hashCode() + ".mp4");
            String command =
                    "ffmpeg -v error -f lavfi -i testsrc2=s=64x64:r=25:d=1 -f lavfi -i sine=d=1 -c:v libx264 -g 10 -c:a aac "
                            + way + " " + file;
            Peer.runIn(directory, List.of(command.split(" ")));
            survives(Files.readAllBytes(file), 7);
        }
    }

    @Test
    void recoveryOfDamagedRecordings() throws Exception {
        Path file = directory.resolve("recording.mp4");
        try (FragmentedMp4Writer writer = FragmentedMp4Writer.create(file, List.of(Recordings.VIDEO))) {
            for (AccessUnit unit : Recordings.units("IPPIPPIP", Recordings.VIDEO, List.of(), 1)) {
                writer.write(unit);
            }
        }
        byte[] whole = Files.readAllBytes(file);
        List<Integer> boxes = boxPlaces(whole);
        Random random = new Random(11);
        for (int round = 0; round < 150; round++) {
            byte[] damaged = damaged(whole, boxes, random);
            Files.write(file, damaged);
            try (FragmentedMp4Writer writer = FragmentedMp4Writer.reopen(file)) {
                assertThat(writer.lengthBytes()).isBetween(1L, (long) whole.length);
            } catch (MediaException e) {
                assertThat(e).hasMessageStartingWith("MP4");
            }
            byte[] left = Files.readAllBytes(file);
            assertThat(damaged).startsWith(left);
        }
    }

    private static void survives(byte[] whole, int seed) throws IOException {
        Map<String, Integer> ends = new TreeMap<>();
        read(whole, whole, ends);
        assertThat(ends).as("undamaged").containsOnlyKeys("whole");
        for (int length = 0; length < whole.length; length += Math.max(1, whole.length / 700)) {
            read(Arrays.copyOf(whole, length), whole, ends);
        }
        List<Integer> boxes = boxPlaces(whole);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            read(damaged(whole, boxes, random), whole, ends);
        }
        // The damage does reach the parser, and not all of it matters.
        assertThat(ends).containsKeys("whole", "MalformedException", "TruncatedException");
    }

    /** A few flipped bits or set bytes, more often where the boxes are than in the data; or a piece cut out. */
    private static byte[] damaged(byte[] whole, List<Integer> boxes, Random random) {
        byte[] bytes = whole.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextBoolean()
                    ? random.nextInt(bytes.length)
                    : Math.min(bytes.length - 1, boxes.get(random.nextInt(boxes.size())) + random.nextInt(40) - 4);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) 0xff;
                case 2 -> bytes[at] = 0;
                default -> bytes[at] = (byte) random.nextInt(256);
            }
        }
        if (random.nextInt(8) == 0) {
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + random.nextInt(64));
            byte[] shorter = Arrays.copyOf(bytes, bytes.length - (to - from));
            System.arraycopy(bytes, to, shorter, from, bytes.length - to);
            return shorter;
        }
        return bytes;
    }

    private static List<Integer> boxPlaces(byte[] file) {
        List<Integer> places = new ArrayList<>();
        for (int i = 4; i + 4 < file.length; i++) {
            boolean letters = true;
            for (int k = 0; k < 4; k++) {
                letters &= Character.isLetterOrDigit(file[i + k]) && file[i + k] > 0;
            }
            if (letters) {
                places.add(i);
            }
        }
        return places;
    }

    private static void read(byte[] bytes, byte[] original, Map<String, Integer> ends) throws IOException {
        String end = "whole";
        long delivered = 0;
        try (Mp4Reader reader = Mp4Reader.of(bytes)) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                delivered += unit.sizeBytes();
            }
        } catch (MediaException e) {
            end = e.getClass().getSimpleName();
            assertThat(e.getMessage()).isNotBlank();
        }
        assertThat(delivered).isLessThanOrEqualTo(2L * original.length);
        ends.merge(end, 1, Integer::sum);
    }
}
