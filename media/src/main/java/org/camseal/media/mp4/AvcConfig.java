package org.camseal.media.mp4;

import java.util.ArrayList;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.h264.Sps;

/** The avcC box: AVCDecoderConfigurationRecord (ISO/IEC 14496-15 section 5.3.3.1). */
final class AvcConfig {
    static final int SPS = 7;
    static final int PPS = 8;

    private AvcConfig() {}

    static NalConfig read(BoxBytes box) throws MalformedException {
        int version = box.u8();
        if (version != 1) {
            throw box.malformed("configurationVersion " + version + "; 1 expected");
        }
        box.skip(3);
        int lengthSize = NalConfig.checkedLengthSize(box, (box.u8() & 3) + 1);
        List<NalUnit> sets = new ArrayList<>();
        readSets(box, box.u8() & 0x1f, sets);
        readSets(box, box.u8(), sets);
        // Of what may follow, chroma format and bit depths stand in the SPS too, and SPS extensions are for alpha
        // planes.
        return new NalConfig(lengthSize, sets);
    }

    private static void readSets(BoxBytes box, int count, List<NalUnit> sets) throws MalformedException {
        for (int i = 0; i < count; i++) {
            sets.add(NalConfig.nalUnit(box, Codec.H264, box.u16()));
        }
    }

    /**
     * Profile and level are those of the first SPS; without one (all parameter sets in band) they are zero. Subset SPS and SPS
     * extensions, for layers and planes that are not decoded here, have no place in the box and stay in band only.
     */
    static void write(BoxBuilder out, List<NalUnit> sets) throws MediaException {
        List<NalUnit> sps = NalConfig.ofType(sets, SPS);
        List<NalUnit> pps = NalConfig.ofType(sets, PPS);
        out.open("avcC").u8(1);
        for (int i = 1; i <= 3; i++) {
            out.u8(
                    sps.isEmpty() || sps.getFirst().length() <= i
                            ? 0
                            : sps.getFirst().bytes()[i]);
        }
        out.u8(0xfc | 3);
        out.u8(0xe0 | NalConfig.checkedCount(sps, 31));
        NalConfig.writeSets(out, sps);
        out.u8(NalConfig.checkedCount(pps, 255));
        NalConfig.writeSets(out, pps);
        if (!sps.isEmpty() && hasChromaFields(sps.getFirst().bytes()[1] & 0xff)) {
            Sps picture = Sps.parse(sps.getFirst());
            out.u8(0xfc | picture.chromaFormatIdc());
            out.u8(0xf8 | (picture.bitDepthLuma() - 8));
            out.u8(0xf8 | (picture.bitDepthChroma() - 8));
            out.u8(0);
        }
        out.close();
    }

    private static boolean hasChromaFields(int profile) {
        return profile != 66 && profile != 77 && profile != 88;
    }
}
