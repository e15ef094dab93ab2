package org.camseal.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camseal.media.annexb.AnnexB;
import org.camseal.media.h264.H264Headers;
import org.camseal.media.h265.H265Headers;
import org.camseal.media.headers.SliceHeaderReaders;
import org.camseal.peers.Peer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Headers of random bits, read by us and by ffmpeg: syntax that no encoder at hand makes (long-term references, list modification,
 * marking, switching slices, slice groups, reference picture sets and entry points in the slice).
 */
class RandomHeadersPeerTest {
    private static final int SEEDS = 40;
    private static final int SLICES = 80;

    /** No header depends on it, but ffmpeg wants one. */
    private static final NalUnit VPS = new Bits()
            .u(16, 0x0c01)
            .u(16, 0xffff)
            .u(8, 1)
            .u(32, 0x60000000L)
            .u(48, 0x900000000000L)
            .u(8, 93)
            .flags("1")
            .ue(15)
            .ue(2)
            .ue(0)
            .u(6, 0)
            .ue(0)
            .flags("00")
            .stop()
            .nal(Codec.H265, 0x40, 1);

    private static final Pattern ALIGNMENT = Pattern.compile("before bit (\\d+): byte_alignment");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = {"H264", "H265"})
    void endWhereFfmpegFindsTheirEnd(Codec codec) throws Exception {
        Peer.FFMPEG.require();
        List<NalUnit> stream = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomSets random = new RandomSets(seed);
            List<NalUnit> sets = sets(codec, random);
            SliceHeaders headers = SliceHeaderReaders.of(codec);
            for (NalUnit set : sets) {
                headers.accept(set);
            }
            for (int i = 0; i < SLICES; i++) {
                NalUnit slice = readable(headers, codec == Codec.H264 ? random.h264Slice() : random.h265Slice());
                if (slice != null) {
                    // Parameter sets make each slice a packet of its own; an SEI message says which one it is.
                    stream.addAll(sets);
                    stream.add(Sei.userDataUnregistered(codec, new UUID(-1, ends.size()), new byte[1]));
                    ends.add(end(headers, slice));
                    stream.add(slice);
                }
            }
        }
        Path file = directory.resolve("random.bin");
        Files.write(file, AnnexB.join(stream));
        Map<Integer, TraceHeaders> peer = TraceHeaders.slicesByMark(codec, file);
        int compared = 0;
        for (int i = 0; i < ends.size(); i++) {
            TraceHeaders theirs = peer.get(i);
            if (theirs != null) {
                assertThat(ends.get(i)).as("slice %s: %s", i, theirs).isEqualTo(theirs.endBit());
                compared++;
            }
        }
        assertThat(compared).as("of %s headers that we read", ends.size()).isGreaterThan(ends.size() / 2);
    }

    private static List<NalUnit> sets(Codec codec, RandomSets random) {
        if (codec == Codec.H265) {
            return List.of(VPS, random.h265Sps().nal(), random.h265Pps().nal());
        }
        var sps = random.h264Sps();
        return List.of(
                sps.nal(), random.h264Pps(sps.widthInMbs * sps.heightInMapUnits).nal());
    }

    /**
     * The slice with ones behind its header, which is right for both codecs' alignment; for H.265 with the last byte of the header
     * made an alignment. Null where nothing makes the header readable.
     */
    private static @Nullable NalUnit readable(SliceHeaders headers, NalUnit slice) {
        byte[] rbsp = EmulationPrevention.unescape(slice.bytes());
        for (int attempt = 0; attempt < 9; attempt++) {
            NalUnit nal = NalUnit.of(slice.codec(), EmulationPrevention.escape(rbsp));
            try {
                int end = Math.toIntExact(end(headers, nal));
                rbsp[end / 8] |= (byte) (0xff >> (end % 8));
                Arrays.fill(rbsp, end / 8 + 1, rbsp.length, (byte) 0xff);
                return NalUnit.of(slice.codec(), EmulationPrevention.escape(rbsp));
            } catch (MalformedException e) {
                Matcher alignment = ALIGNMENT.matcher(String.valueOf(e.getMessage()));
                if (!alignment.find()) {
                    return null;
                }
                int last = Integer.parseInt(alignment.group(1)) / 8 - 1;
                rbsp[last] = (byte) (0x80 >> (attempt % 8));
            } catch (MediaException e) {
                return null;
            }
        }
        return null;
    }

    private static long end(SliceHeaders headers, NalUnit slice) throws MediaException {
        return switch (headers) {
            case H264Headers h264 -> h264.parse(slice).endBit();
            case H265Headers h265 -> h265.parse(slice).endBit();
            default -> throw new AssertionError(headers);
        };
    }
}
