package org.camseal.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.peers.Peer;
import org.camseal.peers.SharedVectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Films of a real camera, where they are at hand. */
class RealFootageTest {
    @TempDir
    Path directory;

    private static Path footage(String name) {
        return SharedVectors.require("vectors/media-signing/reference-repo/" + name);
    }

    private static List<VideoUnit> pictures(UnitReader reader) throws Exception {
        List<VideoUnit> pictures = new ArrayList<>();
        try (reader) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                if (unit instanceof VideoUnit picture) {
                    pictures.add(picture);
                }
            }
        }
        return pictures;
    }

    @ParameterizedTest
    @ValueSource(strings = {"test_h264.mp4", "test_h265.mp4", "test_signed_h264.mp4", "test_signed_h265.mp4"})
    void bothReadersAgreeOnEveryNalUnitAlsoFromMatroska(String name) throws Exception {
        Path film = footage(name);
        List<VideoUnit> own = pictures(MediaFiles.open(film));
        assertThat(own).isNotEmpty();
        List<VideoUnit> foreign = pictures(ContainerReader.open(film));
        assertThat(foreign.stream().map(VideoUnit::nalUnits))
                .isEqualTo(own.stream().map(VideoUnit::nalUnits).toList());
        Path copied = directory.resolve("film.mkv");
        Peer.FFMPEG
                .run(List.of("-v", "error", "-i", film.toString(), "-map", "0:v", "-c", "copy", copied.toString()))
                .good();
        assertThat(pictures(ContainerReader.open(copied)).stream().map(VideoUnit::nalUnits))
                .isEqualTo(own.stream().map(VideoUnit::nalUnits).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"test_h264.mp4", "test_h265.mp4"})
    void everyPictureDecodes(String name) throws Exception {
        VideoFormat format;
        try (UnitReader reader = MediaFiles.open(footage(name))) {
            format = (VideoFormat) reader.tracks().getFirst().format();
        }
        List<VideoUnit> pictures = pictures(MediaFiles.open(footage(name)));
        List<DecodedPicture> decoded = new ArrayList<>();
        try (Decoder decoder = Decoder.open(format)) {
            for (VideoUnit picture : pictures) {
                decoded.addAll(decoder.decode(picture));
            }
            decoded.addAll(decoder.finish());
        }
        assertThat(decoded).hasSameSizeAs(pictures).noneMatch(DecodedPicture::damaged);
        assertThat(decoded.getFirst().picture().width()).isEqualTo(format.width());
    }
}
