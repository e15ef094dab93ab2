package org.camseal.media.h265;

import static org.assertj.core.api.Assertions.assertThat;

import org.camseal.media.Bits;
import org.camseal.media.Codec;
import org.camseal.media.HeaderEnd;

/** A slice header by hand, of parameter sets by hand, whose end must be found exactly. */
abstract class HandMadeSlice {
    static final int B = 0;
    static final int P = 1;
    static final int I = 2;
    static final int TRAIL_R = 1;
    static final int IDR = 19;
    static final int CRA = 21;

    final Sets.SpsBits sps = new Sets.SpsBits();
    final Sets.PpsBits pps = new Sets.PpsBits();

    /** First segment of a picture, PPS 0. */
    static Bits first(int sliceType) {
        return new Bits().flags("1").ue(0).ue(sliceType);
    }

    /** The same with order 200 and the SPS's only reference picture set. */
    static Bits ordered(int sliceType) {
        return first(sliceType).u(8, 200).flags("1");
    }

    SliceHeader check(int nalType, Bits header) throws Exception {
        H265Headers headers = new H265Headers();
        headers.accept(sps.nal());
        headers.accept(pps.nal());
        header.stop();
        HeaderEnd.check(headers, header, Codec.H265, nalType << 1, 1);
        SliceHeader parsed = headers.parse(header.nal(Codec.H265, nalType << 1, 1));
        assertThat(parsed.endBit()).isEqualTo(16 + header.length());
        return parsed;
    }

    /** One set: one picture before, used. */
    void oneReference() {
        sps.shortTermSets = new Bits().ue(1).ue(1).ue(0).ue(0).flags("1");
    }
}
