package org.camseal.media.mp4;

import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;

/**
 * What avcC and hvcC have in common.
 *
 * @param lengthSize bytes of the length in front of each NAL unit of a sample: 1, 2 or 4
 * @param parameterSets VPS, SPS, PPS in this order
 */
record NalConfig(int lengthSize, List<NalUnit> parameterSets) {
    NalConfig {
        parameterSets = List.copyOf(parameterSets);
    }

    static int checkedLengthSize(BoxBytes box, int size) throws MalformedException {
        if (size == 3) {
            throw box.malformed("NAL unit lengths of 3 bytes; 1, 2 or 4 expected");
        }
        return size;
    }

    static NalUnit nalUnit(BoxBytes box, Codec codec, int length) throws MalformedException {
        if (length < NalUnit.headerLength(codec)) {
            throw box.malformed("a parameter set of " + length + " bytes");
        }
        return NalUnit.of(codec, box.bytes(length));
    }

    static List<NalUnit> ofType(List<NalUnit> sets, int type) {
        return sets.stream().filter(nal -> nal.type() == type).toList();
    }

    static int checkedCount(List<NalUnit> sets, int max) throws MalformedException {
        if (sets.size() > max) {
            throw new MalformedException(sets.size() + " parameter sets of type "
                    + sets.getFirst().type() + "; an MP4 sample entry holds " + max + " at most");
        }
        return sets.size();
    }

    static void writeSets(BoxBuilder out, List<NalUnit> sets) throws MediaException {
        for (NalUnit nal : sets) {
            if (nal.length() > 0xffff) {
                throw new MalformedException("a parameter set of " + nal.length() + " bytes; 65535 at most expected");
            }
            out.u16(nal.length()).bytes(nal.bytes());
        }
    }
}
