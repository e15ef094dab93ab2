package org.camseal.media.mp4;

import java.util.ArrayList;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.h265.Sps;
import org.camseal.media.h265.Sps.ProfileTierLevel;

/** The hvcC box: HEVCDecoderConfigurationRecord (ISO/IEC 14496-15 section 8.3.3.1). */
final class HevcConfig {
    private static final int VPS = 32;
    static final int SPS = 33;
    private static final int PPS = 34;

    private HevcConfig() {}

    static NalConfig read(BoxBytes box) throws MalformedException {
        int version = box.u8();
        // Version 0 was written by early muxers and is laid out alike.
        if (version > 1) {
            throw box.malformed("configurationVersion " + version + "; 1 expected");
        }
        box.skip(20);
        int lengthSize = NalConfig.checkedLengthSize(box, (box.u8() & 3) + 1);
        List<NalUnit> all = new ArrayList<>();
        int arrays = box.u8();
        for (int i = 0; i < arrays; i++) {
            box.skip(1);
            int count = box.u16();
            for (int k = 0; k < count; k++) {
                all.add(NalConfig.nalUnit(box, Codec.H265, box.u16()));
            }
        }
        List<NalUnit> sets = new ArrayList<>();
        for (int type = VPS; type <= PPS; type++) {
            sets.addAll(NalConfig.ofType(all, type));
        }
        return new NalConfig(lengthSize, sets);
    }

    /** Profile, tier and level are those of the first SPS; without one (all parameter sets in band) they are zero. */
    static void write(BoxBuilder out, List<NalUnit> sets) throws MediaException {
        List<NalUnit> sps = NalConfig.ofType(sets, SPS);
        out.open("hvcC").u8(1);
        if (sps.isEmpty()) {
            out.zeros(12).u16(0xf000).u8(0xfc).u8(0xfc).u8(0xf8).u8(0xf8).u16(0).u8(3);
        } else {
            writeSps(out, Sps.parse(sps.getFirst()));
        }
        List<Integer> types = List.of(VPS, SPS, PPS).stream()
                .filter(type -> !NalConfig.ofType(sets, type).isEmpty())
                .toList();
        out.u8(types.size());
        for (int type : types) {
            List<NalUnit> ofType = NalConfig.ofType(sets, type);
            // array_completeness 0: more may come in band.
            out.u8(type).u16(NalConfig.checkedCount(ofType, 0xffff));
            NalConfig.writeSets(out, ofType);
        }
        out.close();
    }

    private static void writeSps(BoxBuilder out, Sps sps) {
        ProfileTierLevel profile = sps.profile();
        out.u8(profile.profileSpace() << 6 | (profile.highTier() ? 0x20 : 0) | profile.profileIdc());
        out.u32(profile.compatibilityFlags());
        out.u16((int) (profile.constraintFlags() >> 32)).u32(profile.constraintFlags());
        out.u8(profile.levelIdc());
        // parallelismType 0 (unknown)
        out.u16(0xf000 | sps.vui().minSpatialSegmentationIdc()).u8(0xfc);
        out.u8(0xfc | sps.samples().chromaFormatIdc());
        out.u8(0xf8 | (sps.samples().bitDepthLuma() - 8));
        out.u8(0xf8 | (sps.samples().bitDepthChroma() - 8));
        // avgFrameRate 0 (not said); lengths of four bytes
        out.u16(0).u8(sps.maxSubLayers() << 3 | (sps.temporalIdNested() ? 4 : 0) | 3);
    }
}
