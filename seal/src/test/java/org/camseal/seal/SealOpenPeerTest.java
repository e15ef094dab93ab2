package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.camseal.peers.SharedVectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What x264 and x265 encoded is, sealed and opened, the same to the bit; and nothing of it shows in between. */
class SealOpenPeerTest {
    @TempDir
    Path directory;

    private final Journey journey = new Journey();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CAVLC, no B             | 60  | keyint=25:cabac=0:bframes=0:8x8dct=0
            CABAC, B pyramid        | 60  | keyint=25:bframes=5:b-adapt=0:b-pyramid=normal
            four slices             | 60  | keyint=25:slices=4:bframes=2
            many slices             | 30  | keyint=25:slice-max-size=400
            top field first         | 60  | keyint=24:tff=1:bframes=2
            bottom field first      | 60  | keyint=24:bff=1:cabac=0:slices=2
            delimiters, HRD, filler | 60  | keyint=25:aud=1:nal-hrd=cbr:filler=1:vbv-maxrate=400:vbv-bufsize=400:bitrate=400
            every picture a key     | 60  | keyint=1
            long group              | 130 | keyint=infinite:scenecut=0
            lossless                | 20  | qp=0:keyint=10
            """)
    void h264(String name, int frames, String parameters) throws Exception {
        check(Clips.x264(directory, frames, parameters));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain                   | 60 | keyint=25:bframes=0
            B pyramid               | 60 | keyint=25:bframes=4
            several slices          | 60 | keyint=25:slices=3:wpp=1:ctu=16
            open groups             | 60 | keyint=15:open-gop=1:bframes=4
            delimiters and HRD      | 60 | keyint=25:aud=1:hrd=1:vbv-maxrate=400:vbv-bufsize=400
            temporal layers         | 60 | keyint=25:temporal-layers=2:bframes=3:b-adapt=0
            picture hashes (suffix) | 30 | keyint=25:hash=1
            """)
    void h265(String name, int frames, String parameters) throws Exception {
        check(Clips.x265(directory, frames, parameters));
    }

    private void check(Clips clip) throws Exception {
        for (SuiteChoice suite : List.of(SuiteChoice.AES_256_GCM, SuiteChoice.CHACHA20_POLY1305)) {
            List<AccessUnit> sealed;
            try (Sealer sealer =
                    journey.sealer(clip.tracks(), journey.settings().withSuite(suite))) {
                sealed = Journey.seal(sealer, clip.units());
            }
            assertNothingShows(clip.units(), sealed);
            Journey.assertAuthentic(clip.tracks(), sealed);
            try (Opener opener = journey.opener(clip.tracks())) {
                assertThat(Journey.open(opener, sealed)).isEqualTo(clip.units());
            }
        }
    }

    /** Of each slice the header alone is the same; nothing else of the source but parameter sets and delimiters is there. */
    private static void assertNothingShows(List<VideoUnit> clear, List<AccessUnit> sealed) {
        for (int i = 0; i < clear.size(); i++) {
            List<NalUnit> before = clear.get(i).nalUnits();
            List<NalUnit> after = ((VideoUnit) sealed.get(i)).nalUnits();
            assertThat(after).noneMatch(nal -> (nal.isSlice() || nal.isSei()) && before.contains(nal));
            assertThat(after.stream().filter(NalUnit::isSlice).count())
                    .isEqualTo(before.stream().filter(NalUnit::isSlice).count());
        }
    }

    /** Signed streams of the ONVIF reference: their SEI come back to the bit, so the signature inside still verifies. */
    @Test
    void sharedVectors() throws Exception {
        Path vectors = SharedVectors.require("vectors/media-signing/generated");
        List<Path> files;
        try (Stream<Path> list = Files.list(vectors)) {
            files = list.filter(path -> path.toString().matches(".*\\.26[45]"))
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            Codec codec = file.toString().endsWith("265") ? Codec.H265 : Codec.H264;
            Clips clip = Clips.read(codec, Files.readAllBytes(file));
            try (Sealer sealer = journey.sealer(clip.tracks());
                    Opener opener = journey.opener(clip.tracks())) {
                List<AccessUnit> opened = Journey.open(opener, Journey.seal(sealer, clip.units()));
                assertThat(opened).as(file.getFileName().toString()).isEqualTo(clip.units());
            }
        }
    }
}
