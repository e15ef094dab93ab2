package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.Track;
import org.junit.jupiter.api.Test;

/** The vectors of sound: made here, compared with the files, and opened from the files. */
class AudioVectorTest {
    private static final Path DIRECTORY = VectorFile.directory().resolve("seal");

    @Test
    void filesAreWhatTheCodeMakes() throws Exception {
        Map<String, VectorFile> made = AudioVectors.all();
        for (Map.Entry<String, VectorFile> entry : made.entrySet()) {
            Path file = DIRECTORY.resolve(entry.getKey() + ".txt");
            if ("write".equals(System.getProperty("camseal.vectors"))) {
                Files.writeString(file, entry.getValue().text());
            }
            assertThat(file).content().isEqualTo(entry.getValue().text());
        }
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("audio-")))
                    .hasSize(made.size());
        }
    }

    @Test
    void soundMeetsItsExpectation() throws Exception {
        for (String name : AudioVectors.all().keySet()) {
            VectorFile vector = VectorFile.read(DIRECTORY.resolve(name + ".txt"));
            List<AccessUnit> units = units(vector);
            List<Track> tracks = tracks(vector);
            List<AccessUnit> opened = open(vector, tracks, units);
            boolean good = vector.get("expect").equals("opens");
            assertThat(opened.size() == units.size()).as(name).isEqualTo(good);
            if (good) {
                assertThat(frames(opened)).as(name).isEqualTo(vector.get("audio clear"));
                assertThat(vector.get("audio listed")).as(name).isEqualTo("6");
                Journey.assertAuthentic(tracks, units);
            }
        }
    }

    private static List<Track> tracks(VectorFile vector) throws Exception {
        return List.of(
                Clips.read(Codec.H264, vector.body()).tracks().getFirst(),
                AudioVectors.track(Codec.valueOf(vector.get("audio codec"))));
    }

    /** Pictures, each with its frames behind it. */
    private static List<AccessUnit> units(VectorFile vector) throws Exception {
        List<AccessUnit> units = new ArrayList<>();
        int picture = 0;
        for (AccessUnit video : Clips.read(Codec.H264, vector.body()).units()) {
            units.add(video);
            picture++;
            String place = picture + ":";
            for (String frame : vector.get("audio").split(" ")) {
                if (frame.startsWith(place)) {
                    units.add(AudioVectors.unit(picture, Hex.bytes(frame.substring(place.length()))));
                }
            }
        }
        return units;
    }

    private static List<AccessUnit> open(VectorFile vector, List<Track> tracks, List<AccessUnit> units)
            throws Exception {
        KeyPair pair = KnownKeys.parse(vector.bytes("recipient key"));
        List<AccessUnit> opened = new ArrayList<>();
        try (Opener opener =
                new Opener(tracks, List.of(RecipientKey.of(pair.getPrivate(), pair.getPublic())), signer -> true)) {
            for (AccessUnit unit : units) {
                if (opener.open(unit) instanceof Opening.Opened(AccessUnit clear)) {
                    opened.add(clear);
                }
            }
        }
        return opened;
    }

    private static String frames(List<AccessUnit> units) {
        return String.join(
                " ",
                units.stream()
                        .filter(AudioUnit.class::isInstance)
                        .map(unit -> Hex.text(((AudioUnit) unit).frame()))
                        .toList());
    }
}
