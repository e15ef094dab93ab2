package org.camseal.streaming.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.media.mp4.Mp4Reader;
import org.camseal.peers.Peer;

/** A short clip that ffmpeg encodes: a moving pattern, key frames every second, and a tone. */
record Clip(Path file, List<Track> tracks, List<AccessUnit> units) {
    /** @param encoding arguments for ffmpeg that choose and tune the encoders */
    static Clip make(Path directory, String name, int seconds, String... encoding) throws Exception {
        Path file = directory.resolve(name);
        List<String> command = new ArrayList<>(List.of(
                Peer.FFMPEG.path(),
                "-loglevel",
                "error",
                "-y",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=640x360:rate=25",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:sample_rate=48000",
                "-t",
                Integer.toString(seconds),
                "-pix_fmt",
                "yuv420p"));
        command.addAll(List.of(encoding));
        command.add(file.toString());
        Peer.runIn(directory, command);
        return read(file);
    }

    static Clip read(Path file) throws IOException, MediaException {
        try (Mp4Reader reader = Mp4Reader.open(file)) {
            List<AccessUnit> units = new ArrayList<>();
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                units.add(unit);
            }
            return new Clip(file, reader.tracks(), units);
        }
    }

    /** The NAL units that are no parameter sets and no delimiters, in order: peers add, repeat or drop those as they like. */
    static List<NalUnit> coded(List<NalUnit> nals) {
        return nals.stream()
                .filter(nal -> !nal.isParameterSet() && !nal.isDelimiter())
                .toList();
    }

    /** What a reader gets: sound in front of the first key picture belongs to no group of pictures. */
    List<AccessUnit> fromFirstKey() {
        return units.stream()
                .dropWhile(unit -> !(unit instanceof VideoUnit picture && picture.isKey()))
                .toList();
    }

    static List<NalUnit> nals(List<? extends AccessUnit> units) {
        return units.stream()
                .filter(VideoUnit.class::isInstance)
                .flatMap(unit -> ((VideoUnit) unit).nalUnits().stream())
                .toList();
    }

    static List<byte[]> frames(List<? extends AccessUnit> units) {
        return units.stream()
                .filter(AudioUnit.class::isInstance)
                .map(unit -> ((AudioUnit) unit).frame())
                .toList();
    }

    /** All frames of sound in a row. */
    static byte[] sound(List<? extends AccessUnit> units) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        frames(units).forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    /** As an assertion whose message does not print both. */
    static void assertSame(byte[] received, byte[] sent) {
        assertThat(received.length).as("bytes").isEqualTo(sent.length);
        assertThat(Arrays.mismatch(received, sent))
                .as("first byte that differs")
                .isEqualTo(-1);
    }

    /** As an assertion whose message does not print both. */
    static void assertSame(List<NalUnit> received, List<NalUnit> sent) {
        assertThat(received.stream().map(NalUnit::length).toList())
                .isEqualTo(sent.stream().map(NalUnit::length).toList());
        assertThat(received.equals(sent)).as("NAL units are the same").isTrue();
    }
}
