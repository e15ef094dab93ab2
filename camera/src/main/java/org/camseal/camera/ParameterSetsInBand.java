package org.camseal.camera;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camseal.media.BitReader;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.h264.Sps;

/**
 * Puts the parameter sets in force in front of every key picture that comes without its own, so that a stream can be entered, cut and
 * checked at every key picture, wherever its source keeps them.
 */
final class ParameterSetsInBand {
    private static final int H264_SPS = 7;
    private static final int H264_PPS = 8;
    private static final int H264_SPS_EXTENSION = 13;
    private static final int H265_VPS = 32;
    private static final int H265_SPS = 33;

    /** Of each type and id the latest; types in rising order are the order in which a decoder wants them. */
    private final Map<Key, NalUnit> inForce = new TreeMap<>();

    private record Key(int type, int id) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return type != other.type ? Integer.compare(type, other.type) : Integer.compare(id, other.id);
        }
    }

    /** @param format whose out of band parameter sets count until the stream brings others */
    ParameterSetsInBand(VideoFormat format) throws MediaException {
        for (NalUnit nal : format.parameterSets()) {
            learn(nal);
        }
    }

    /**
     * The unit, with those parameter sets in force that a key picture lacks.
     *
     * @throws MediaException if a parameter set breaks its format
     */
    VideoUnit complete(VideoUnit unit) throws MediaException {
        List<Key> present = new ArrayList<>();
        for (NalUnit nal : unit.nalUnits()) {
            if (nal.isParameterSet()) {
                present.add(learn(nal));
            }
        }
        if (!unit.isKey() || inForce.keySet().stream().allMatch(present::contains)) {
            return unit;
        }
        List<NalUnit> nals = new ArrayList<>(unit.nalUnits());
        // All of them, in order, in front: a PPS that came alone may need the SPS that did not come.
        nals.removeIf(NalUnit::isParameterSet);
        int at = !nals.isEmpty() && nals.getFirst().isDelimiter() ? 1 : 0;
        nals.addAll(at, inForce.values());
        return unit.withNalUnits(nals);
    }

    private Key learn(NalUnit nal) throws MediaException {
        Key key = new Key(nal.type(), id(nal));
        inForce.put(key, nal);
        return key;
    }

    private static int id(NalUnit nal) throws MediaException {
        BitReader bits = new BitReader(nal, "parameter set");
        if (nal.codec() == Codec.H265) {
            return switch (nal.type()) {
                case H265_VPS -> bits.u(4);
                case H265_SPS -> org.camseal.media.h265.Sps.parse(nal).id();
                default -> bits.ue("pps_pic_parameter_set_id", 63);
            };
        }
        return switch (nal.type()) {
            case H264_SPS -> Sps.parse(nal).id();
            case H264_PPS -> bits.ue("pic_parameter_set_id", 255);
            case H264_SPS_EXTENSION -> bits.ue("seq_parameter_set_id", 31);
            default -> {
                bits.skip(24); // a subset SPS begins as an SPS does: profile, constraints, level
                yield bits.ue("seq_parameter_set_id", 31);
            }
        };
    }
}
