package org.camseal.media.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.camseal.media.Bits;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.PictureOrder;
import org.junit.jupiter.api.Test;

/** First slices of pictures (ITU-T H.264 section 7.4.1.2.4) and picture order (8.2.1). */
class PictureStartTest {
    private final H264Headers headers = new H264Headers();
    private final Sets.SpsBits sps = new Sets.SpsBits();
    private final Sets.PpsBits pps = new Sets.PpsBits();

    private void sets() throws MediaException {
        headers.accept(sps.nal());
        headers.accept(pps.nal());
    }

    private static NalUnit slice(int firstMb, int frameNum, int lsb, int nalHeader) {
        Bits bits = new Bits().ue(firstMb).ue(2).ue(0).u(4, frameNum);
        if ((nalHeader & 0x1f) == 5) {
            bits.ue(lsb);
        }
        bits.u(4, lsb);
        bits.flags((nalHeader & 0x1f) == 5 ? "00" : (nalHeader & 0x60) != 0 ? "0" : "");
        return bits.se(0).nal(Codec.H264, nalHeader);
    }

    @Test
    void eachComparedElementStartsAPicture() throws Exception {
        sets();
        assertThat(headers.startsPicture(slice(0, 0, 0, 0x65)))
                .as("the first of all")
                .isTrue();
        assertThat(headers.startsPicture(slice(50, 0, 0, 0x65)))
                .as("the same picture")
                .isFalse();
        assertThat(headers.startsPicture(slice(70, 0, 0, 0x45)))
                .as("another nal_ref_idc, not 0")
                .isFalse();
        assertThat(headers.startsPicture(slice(0, 0, 1, 0x65))).as("idr_pic_id").isTrue();
        assertThat(headers.startsPicture(slice(0, 0, 1, 0x41))).as("no IDR").isTrue();
        assertThat(headers.startsPicture(slice(0, 1, 1, 0x41))).as("frame_num").isTrue();
        assertThat(headers.startsPicture(slice(0, 1, 2, 0x41))).as("order").isTrue();
        assertThat(headers.startsPicture(slice(0, 1, 2, 0x01)))
                .as("no reference")
                .isTrue();
        assertThat(headers.startsPicture(slice(9, 1, 2, 0x01)))
                .as("the same picture")
                .isFalse();
        assertThat(headers.startsPicture(slice(0, 1, 2, 0x01)))
                .as("slices may come in any order")
                .isFalse();
    }

    @Test
    void aRedundantSliceStartsNoPicture() throws Exception {
        pps.redundantPicCnt = true;
        sets();
        Bits start = new Bits().ue(0).ue(2).ue(0).u(4, 1).u(4, 2);
        assertThat(headers.startsPicture(new Bits().add(start).ue(0).se(0).nal(Codec.H264, 1)))
                .isTrue();
        assertThat(headers.startsPicture(new Bits().add(start).ue(1).se(0).nal(Codec.H264, 1)))
                .isFalse();
    }

    @Test
    void orderByLowBitsWraps() throws Exception {
        sets();
        List<Integer> counts = new ArrayList<>();
        int[] lsbs = {0, 4, 2, 8, 6, 12, 10, 0, 14, 4};
        boolean[] referenced = {true, true, false, true, false, true, false, true, false, true};
        for (int i = 0; i < lsbs.length; i++) {
            int header = i == 0 ? 0x65 : referenced[i] ? 0x41 : 0x01;
            PictureOrder order = headers.pictureOrder(slice(0, i, lsbs[i], header));
            counts.add(order.count());
            assertThat(order.restarts()).isEqualTo(i == 0);
            assertThat(order.maxReorder()).isEqualTo(PictureOrder.UNKNOWN_REORDER);
        }
        assertThat(counts).containsExactly(0, 4, 2, 8, 6, 12, 10, 16, 14, 20);
    }

    @Test
    void operationFiveRestarts() throws Exception {
        sets();
        headers.pictureOrder(slice(0, 0, 0, 0x65));
        headers.pictureOrder(slice(0, 1, 6, 0x41));
        NalUnit reset = new Bits()
                .ue(0)
                .ue(2)
                .ue(0)
                .u(4, 2)
                .u(4, 10)
                .flags("1")
                .ue(5)
                .ue(0)
                .se(0)
                .nal(Codec.H264, 0x41);
        PictureOrder order = headers.pictureOrder(reset);
        assertThat(order.restarts()).isTrue();
        assertThat(order.count()).isZero();
        assertThat(headers.pictureOrder(slice(0, 1, 2, 0x41)).count()).isEqualTo(2);
    }

    @Test
    void orderInCyclesAndInOrderOfDecoding() throws Exception {
        // Expected differences 2 and 4; non-reference pictures are 3 earlier.
        sps.order = new Bits().ue(1).flags("1").se(-3).se(1).ue(2).se(2).se(4);
        sets();
        assertThat(countsOfFrames(0x65, 0x41, 0x41, 0x01, 0x41)).containsExactly(0, 2, 6, 6 - 3, 6 + 6);
        sps.order = new Bits().ue(2);
        sets();
        assertThat(countsOfFrames(0x65, 0x41, 0x01, 0x41)).containsExactly(0, 2, 3, 6);
    }

    /** Frame numbers count up, and wrap at 16, as each slice is handed in. */
    private List<Integer> countsOfFrames(int... nalHeaders) throws MediaException {
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < nalHeaders.length; i++) {
            Bits bits = new Bits().ue(0).ue(2).ue(0).u(4, i % 16);
            boolean idr = (nalHeaders[i] & 0x1f) == 5;
            bits.flags(idr ? "1" : "").flags(idr ? "00" : (nalHeaders[i] & 0x60) != 0 ? "0" : "");
            counts.add(headers.pictureOrder(bits.se(0).nal(Codec.H264, nalHeaders[i]))
                    .count());
        }
        return counts;
    }
}
