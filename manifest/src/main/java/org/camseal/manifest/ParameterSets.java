package org.camseal.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camseal.media.BitReader;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;

/**
 * The parameter sets in force at a place of a stream: the latest of each type and id, whether they came in band or beside the stream.
 * A manifest lists the digest of each.
 */
final class ParameterSets {
    /** More than a stream can have in force: 32 SPS, 256 PPS and their extensions. */
    static final int MAX = 352;

    /** An id no parameter set has: for those whose own cannot be read. */
    private static final int UNREADABLE = -1;

    private record Key(int type, int id) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return type != other.type ? Integer.compare(type, other.type) : Integer.compare(id, other.id);
        }
    }

    private final Map<Key, ShortDigest> inForce = new TreeMap<>();

    /** Takes a parameter set in; it replaces the one of the same type and id. Returns its digest. */
    ShortDigest accept(NalUnit parameterSet) {
        ShortDigest digest = ShortDigest.of(Digest.sha256(withoutTrailingZeros(parameterSet.bytes())));
        inForce.put(new Key(parameterSet.type(), id(parameterSet)), digest);
        return digest;
    }

    /** The digests, each once, ascending. */
    List<ShortDigest> digests() {
        return inForce.values().stream().distinct().sorted().toList();
    }

    /** Bytes 0 behind a NAL unit belong to Annex B, not to the unit (ITU-T H.264 annex B); some muxers leave them in avcC. */
    private static byte[] withoutTrailingZeros(byte[] bytes) {
        int end = bytes.length;
        while (end > 1 && bytes[end - 1] == 0) {
            end--;
        }
        return end == bytes.length ? bytes : Arrays.copyOf(bytes, end);
    }

    private static int id(NalUnit parameterSet) {
        BitReader bits = new BitReader(parameterSet, "parameter set id");
        try {
            return parameterSet.codec() == Codec.H265
                    ? h265(parameterSet.type(), bits)
                    : h264(parameterSet.type(), bits);
        } catch (MediaException e) {
            return UNREADABLE;
        }
    }

    /** ITU-T H.264 sections 7.3.2.1.1, 7.3.2.1.2, 7.3.2.1.3 and 7.3.2.2. */
    private static int h264(int type, BitReader bits) throws MediaException {
        if (type == 7 || type == 15) {
            bits.skip(24); // profile_idc, constraint flags, level_idc
            return bits.ue("seq_parameter_set_id", 31);
        }
        return bits.ue("parameter set id", 255);
    }

    /** ITU-T H.265 sections 7.3.2.1, 7.3.2.2.1 and 7.3.2.3.1. */
    private static int h265(int type, BitReader bits) throws MediaException {
        if (type == 32) {
            return bits.u(4);
        }
        if (type == 33) {
            bits.skip(4); // sps_video_parameter_set_id
            int subLayers = bits.u(3);
            bits.skip(1); // sps_temporal_id_nesting_flag
            skipProfileTierLevel(subLayers, bits);
            return bits.ue("sps_seq_parameter_set_id", 15);
        }
        return bits.ue("pps_pic_parameter_set_id", 63);
    }

    /** profile_tier_level (ITU-T H.265 section 7.3.3). */
    private static void skipProfileTierLevel(int subLayers, BitReader bits) throws MediaException {
        bits.skip(96); // general profile, compatibility, constraints and level
        int wanted = 0;
        for (int i = 0; i < subLayers; i++) {
            wanted += bits.flag() ? 88 : 0;
            wanted += bits.flag() ? 8 : 0;
        }
        bits.skip(subLayers > 0 ? 2 * (8 - subLayers) : 0);
        bits.skip(wanted);
    }
}
