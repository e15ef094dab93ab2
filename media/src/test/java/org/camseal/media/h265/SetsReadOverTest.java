package org.camseal.media.h265;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.camseal.media.Bits;
import org.junit.jupiter.api.Test;

/** Parameter sets that hold all there is, most of which no slice header needs. */
class SetsReadOverTest extends HandMadeSlice {
    @Test
    void parameterSetsWithAllThatCanBeReadOver() throws Exception {
        sps.subLayers = 3;
        sps.subLayerLevels = new Bits()
                .flags("11 01")
                .flags("00".repeat(6))
                .u(48, 1)
                .u(48, 2)
                .u(8, 3);
        sps.ordering = new Bits()
                .flags("1")
                .ue(1)
                .ue(0)
                .ue(0)
                .ue(2)
                .ue(1)
                .ue(5)
                .ue(4)
                .ue(2)
                .ue(0);
        sps.window = new Bits().flags("1").ue(1).ue(2).ue(3).ue(4);
        sps.scaling = new Bits().flags("1").flags("1").add(Sets.scalingListData());
        sps.pcm = new Bits().flags("1").u(8, 0x77).ue(0).ue(1).flags("1");
        pps.scaling = new Bits().flags("1").add(Sets.scalingListData());
        check(IDR, new Bits().flags("1").flags("0").ue(0).ue(I).se(3));
        sps.scaling = new Bits().flags("1").flags("0");
        sps.vui = vui();
        check(IDR, new Bits().flags("1").flags("0").ue(0).ue(I).se(3));
        Sps parsed = Sps.parse(sps.nal());
        assertThat(parsed.width()).isEqualTo(416 - 2 * 3);
        assertThat(parsed.height()).isEqualTo(240 - 2 * 7);
        assertThat(parsed.maxReorderPics()).isEqualTo(2);
        assertThat(parsed.profile().profileIdc()).isEqualTo(1);
        assertThat(parsed.profile().compatibilityFlags()).isEqualTo(0x60000000);
        assertThat(parsed.profile().constraintFlags()).isEqualTo(0x900000000000L);
        assertThat(parsed.profile().levelIdc()).isEqualTo(93);
        assertThat(parsed.vui().minSpatialSegmentationIdc()).isEqualTo(4095);
        assertThat(Objects.requireNonNull(parsed.vui().frameRate()).perSecond()).isEqualTo(25.0);
    }

    /** Everything present, of three sub-layers. */
    private static Bits vui() {
        Bits subLayer = new Bits().ue(100).ue(200).ue(300).ue(400).flags("1");
        Bits hrd = new Bits()
                .flags("11")
                .flags("1")
                .u(8, 1)
                .u(5, 2)
                .flags("1")
                .u(5, 3)
                .u(8, 4)
                .u(4, 5)
                .u(15, 6);
        hrd.flags("1").ue(7).ue(1).add(subLayer).add(subLayer).add(subLayer).add(subLayer);
        hrd.flags("0").flags("1").ue(8).ue(0).add(subLayer).add(subLayer);
        hrd.flags("0").flags("0").flags("1").add(subLayer).add(subLayer);
        return new Bits()
                .flags("1")
                .flags("1")
                .u(8, 255)
                .u(32, 0x00010001)
                .flags("1")
                .flags("1")
                .flags("1")
                .u(4, 11)
                .flags("1")
                .u(24, 0x010101)
                .flags("1")
                .ue(0)
                .ue(5)
                .flags("000")
                .flags("1")
                .ue(1)
                .ue(2)
                .ue(3)
                .ue(4)
                .flags("1")
                .u(32, 1)
                .u(32, 25)
                .flags("1")
                .ue(0)
                .flags("1")
                .add(hrd)
                .flags("1")
                .flags("101")
                .ue(4095)
                .ue(2)
                .ue(1)
                .ue(15)
                .ue(15);
    }
}
