package org.camseal.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.camseal.media.annexb.AnnexB;
import org.camseal.media.h264.H264Headers;
import org.camseal.media.h265.H265Headers;
import org.camseal.media.headers.SliceHeaderReaders;
import org.camseal.peers.Peer;
import org.camseal.peers.SharedVectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The end of every slice header, of streams that x264 and x265 made, is where ffmpeg's own parser finds it, to the bit.
 */
class SliceHeadersPeerTest {
    // Movement, noise and a fade, so that encoders use many references and weights.
    private static final String SOURCE = "testsrc2=size=192x160:rate=25,noise=alls=8:allf=t,fade=t=in:d=1.2";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            baseline, CAVLC          | 40  | yuv420p     | cabac=0:bframes=0:8x8dct=0:weightp=0
            CAVLC with B             | 40  | yuv420p     | cabac=0:bframes=3:b-adapt=0
            CABAC, B pyramid         | 60  | yuv420p     | bframes=5:b-adapt=0:b-pyramid=normal:ref=6
            strict B pyramid         | 40  | yuv420p     | bframes=3:b-pyramid=strict:ref=4:direct=temporal
            weights                  | 40  | yuv420p     | weightp=2:weightb=1:bframes=2:ref=4
            simple weights           | 40  | yuv420p     | weightp=1:bframes=0
            no weights               | 40  | yuv420p     | weightp=0:weightb=0:bframes=2
            several slices           | 30  | yuv420p     | slices=4:bframes=2
            many slices              | 20  | yuv420p     | slice-max-size=300:bframes=1
            top field first          | 40  | yuv420p     | tff=1:bframes=2:ref=3:slices=2
            bottom field first CAVLC | 40  | yuv420p     | bff=1:bframes=2:ref=3:cabac=0
            fake interlaced          | 30  | yuv420p     | fake-interlaced=1
            16 references            | 60  | yuv420p     | ref=16:bframes=3:mixed-refs=1
            intra refresh            | 60  | yuv420p     | intra-refresh=1:keyint=20:bframes=0
            open groups              | 60  | yuv420p     | open-gop=1:keyint=15:bframes=3
            frame number wraps       | 320 | yuv420p     | keyint=infinite:bframes=0:scenecut=0
            HRD                      | 30  | yuv420p     | nal-hrd=vbr:vbv-maxrate=500:vbv-bufsize=500:aud=1:pic-struct=1
            scaling lists            | 30  | yuv420p     | cqm=jvt
            deblocking               | 30  | yuv420p     | deblock=-3,2
            no deblocking            | 30  | yuv420p     | no-deblock=1
            lossless                 | 20  | yuv420p     | qp=0
            10 bits                  | 20  | yuv420p10le | bframes=2
            4:2:2                    | 20  | yuv422p     | bframes=2:weightp=2
            4:4:4                    | 20  | yuv444p     | bframes=2:weightp=2
            monochrome               | 20  | gray        | bframes=2:weightp=2
            """)
    void x264(String name, int frames, String pixels, String parameters) throws Exception {
        Path file = encode("libx264", frames, pixels, "-x264-params", parameters, "h264");
        assertThat(compare(Codec.H264, file)).as(name).isGreaterThanOrEqualTo(frames);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain                    | 40 | yuv420p     | bframes=0:wpp=0
            wavefronts               | 30 | yuv420p     | wpp=1:ctu=16
            wavefronts and slices    | 30 | yuv420p     | wpp=1:slices=3:ctu=16
            B pyramid                | 60 | yuv420p     | bframes=8:b-adapt=0:b-pyramid=1:ref=5
            weights                  | 40 | yuv420p     | weightp=1:weightb=1:bframes=3:ref=4
            open groups              | 60 | yuv420p     | open-gop=1:keyint=15:bframes=4
            RADL                     | 60 | yuv420p     | open-gop=0:keyint=15:radl=2:bframes=3
            intra refresh            | 40 | yuv420p     | intra-refresh=1:keyint=20:bframes=0
            field pictures           | 30 | yuv420p     | interlace=tff
            temporal layers          | 40 | yuv420p     | temporal-layers=2:bframes=3:b-adapt=0
            HRD and delimiters       | 30 | yuv420p     | hrd=1:vbv-maxrate=500:vbv-bufsize=500:aud=1:repeat-headers=1
            scaling lists            | 20 | yuv420p     | scaling-list=default
            deblocking               | 20 | yuv420p     | deblock=-2,3
            no deblocking            | 20 | yuv420p     | deblock=0:no-deblock=1
            no SAO                   | 20 | yuv420p     | sao=0
            no temporal vectors      | 20 | yuv420p     | temporal-mvp=0:bframes=2
            sets in the header       | 40 | yuv420p     | multi-pass-opt-rps=0:bframes=4:ref=6
            lossless                 | 20 | yuv420p     | lossless=1
            lossless blocks          | 20 | yuv420p     | cu-lossless=1:tskip=1
            10 bits                  | 20 | yuv420p10le | bframes=2
            12 bits, 4:2:2           | 20 | yuv422p12le | bframes=2:weightb=1
            4:4:4                    | 20 | yuv444p     | bframes=2:weightp=1:cbqpoffs=3
            monochrome               | 20 | gray        | bframes=2:weightb=1
            """)
    void x265(String name, int frames, String pixels, String parameters) throws Exception {
        Path file = encode("libx265", frames, pixels, "-x265-params", "log-level=none:" + parameters, "hevc");
        assertThat(compare(Codec.H265, file)).as(name).isGreaterThanOrEqualTo(frames);
    }

    @ParameterizedTest
    @ValueSource(strings = {"generated", "reference-repo"})
    void sharedVectors(String folder) throws Exception {
        Peer.FFMPEG.require();
        Path vectors = SharedVectors.require("vectors/media-signing/" + folder);
        List<Path> files;
        // Not test_signed_*.mp4: their SEI have no emulation prevention, so that a byte stream tears them apart.
        try (Stream<Path> list = Files.list(vectors)) {
            files = list.filter(path -> path.toString().matches(".*\\.(264|265)|.*/test_h26.\\.mp4"))
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        for (Path vector : files) {
            Codec codec = vector.toString().matches(".*265.*") ? Codec.H265 : Codec.H264;
            assertThat(compare(codec, byteStream(codec, vector.toAbsolutePath())))
                    .as(vector.toString())
                    .isPositive();
        }
    }

    private Path byteStream(Codec codec, Path vector) throws IOException, InterruptedException {
        if (!vector.toString().endsWith(".mp4")) {
            return Files.copy(vector, directory.resolve(vector.getFileName()));
        }
        Path file = directory.resolve(vector.getFileName() + ".bin");
        List<String> command =
                new ArrayList<>(List.of("ffmpeg", "-v", "error", "-i", vector.toString(), "-map", "0:v:0"));
        command.addAll(List.of("-c", "copy", "-f", format(codec), file.toString()));
        Peer.runIn(directory, command);
        return file;
    }

    private Path encode(String encoder, int frames, String pixels, String option, String parameters, String format)
            throws IOException, InterruptedException {
        Peer.FFMPEG.require();
        Path file = directory.resolve("stream." + format);
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-f", "lavfi", "-i", SOURCE));
        command.addAll(List.of("-frames:v", Integer.toString(frames), "-pix_fmt", pixels, "-c:v", encoder));
        command.addAll(List.of("-preset", "veryfast", "-threads", "1", option, parameters));
        command.addAll(List.of("-f", format, file.toString()));
        Peer.runIn(directory, command);
        return file;
    }

    private static String format(Codec codec) {
        return codec == Codec.H264 ? "h264" : "hevc";
    }

    /** Compares every slice; returns how many. */
    private static int compare(Codec codec, Path file) throws Exception {
        List<TraceHeaders> expected = TraceHeaders.slices(codec, file);
        SliceHeaders headers = SliceHeaderReaders.of(codec);
        int slices = 0;
        for (NalUnit nal : AnnexB.split(codec, Files.readAllBytes(file))) {
            headers.accept(nal);
            // One of the recordings has SEI without emulation prevention, which a byte stream tears to NAL units of any
            // type.
            if (!nal.isSlice() || (codec == Codec.H264 && nal.type() > 5)) {
                continue;
            }
            TraceHeaders peer = expected.get(slices);
            String where = "slice " + slices + " of " + file.getFileName() + ", " + nal;
            assertThat(nal.type()).as(where).isEqualTo(peer.nalType());
            compareElements(headers, nal, peer, where);
            int clear = headers.clearLength(nal);
            byte[] rbsp = EmulationPrevention.unescape(Arrays.copyOf(nal.bytes(), clear));
            assertThat(rbsp).as(where).hasSize(Math.toIntExact((peer.endBit() + 7) / 8));
            // What follows the header is ciphertext in a sealed stream: it must not matter.
            byte[] sealed = nal.bytes().clone();
            Arrays.fill(sealed, clear, sealed.length, (byte) 0xa5);
            assertThat(headers.clearLength(NalUnit.of(codec, sealed))).as(where).isEqualTo(clear);
            NalUnit cut = NalUnit.of(codec, Arrays.copyOf(nal.bytes(), clear));
            assertThat(headers.clearLength(cut)).as(where).isEqualTo(clear);
            slices++;
        }
        assertThat(expected).hasSize(slices);
        return slices;
    }

    private static void compareElements(SliceHeaders headers, NalUnit nal, TraceHeaders peer, String where)
            throws MediaException {
        switch (headers) {
            case H264Headers h264 -> {
                var header = h264.parse(nal);
                assertThat(header.endBit()).as(where).isEqualTo(peer.endBit());
                assertThat((long) header.firstMb())
                        .as(where)
                        .isEqualTo(peer.elements().get("first_mb_in_slice"));
                assertThat((long) header.picture().frameNum())
                        .as(where)
                        .isEqualTo(peer.elements().get("frame_num"));
            }
            case H265Headers h265 -> {
                var header = h265.parse(nal);
                assertThat(header.endBit()).as(where).isEqualTo(peer.endBit());
                assertThat((long) header.address())
                        .as(where)
                        .isEqualTo(peer.elements().getOrDefault("slice_segment_address", 0L));
            }
            default -> throw new AssertionError(headers);
        }
    }
}
