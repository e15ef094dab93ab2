package org.camseal.media.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.camseal.media.Bits;
import org.camseal.media.Codec;
import org.camseal.media.FrameRate;
import org.camseal.media.NalUnit;
import org.camseal.media.headers.PictureFormat;
import org.junit.jupiter.api.Test;

class SpsTest {
    /** Of a camera: 1920x1080, main profile, 25 pictures per second. */
    private static final String FULL_HD = "674d0029965200f0044fcb3701010140000003004000000c83c60ca880";

    @Test
    void sizeCroppedByTheWindow() throws Exception {
        Sets.SpsBits sps = new Sets.SpsBits();
        sps.widthInMbs = 120;
        sps.heightInMapUnits = 68;
        sps.cropping = new Bits().flags("1").ue(1).ue(2).ue(0).ue(4);
        assertThat(Sps.parse(sps.nal())).extracting(Sps::width, Sps::height).containsExactly(1914, 1080);
        sps.frameMbsOnly = false;
        sps.heightInMapUnits = 34;
        sps.cropping = new Bits().flags("1").ue(0).ue(0).ue(0).ue(2);
        assertThat(Sps.parse(sps.nal())).extracting(Sps::width, Sps::height).containsExactly(1920, 1080);
    }

    @Test
    void scalingListsOfEitherKindAreReadOver() throws Exception {
        Sets.SpsBits sps = new Sets.SpsBits();
        sps.profile = 244;
        sps.chromaFormat = 3;
        Bits full16 = new Bits().flags("1");
        for (int i = 0; i < 16; i++) {
            full16.se(i % 2 == 0 ? 8 : -8);
        }
        Bits full64 = new Bits().flags("1");
        for (int i = 0; i < 64; i++) {
            full64.se(1);
        }
        // A next scale of 0 ends a list early: at once, or later.
        Bits atOnce = new Bits().flags("1").se(-8);
        Bits later = new Bits().flags("1").se(0).se(2).se(-10);
        sps.scaling = new Bits()
                .flags("1")
                .add(full16)
                .add(atOnce)
                .add(later)
                .flags("000")
                .add(full64)
                .add(atOnce)
                .add(later)
                .flags("0")
                .add(full64)
                .flags("0");
        assertThat(Sps.parse(sps.nal())).extracting(Sps::width, Sps::height).containsExactly(176, 144);
    }

    @Test
    void frameRateAndReorderingFromTheVui() throws Exception {
        Bits hrd = new Bits()
                .ue(1)
                .u(8, 0x12)
                .ue(1000)
                .ue(2000)
                .flags("0")
                .ue(70_000)
                .ue(4_000_000_000L)
                .flags("1")
                .u(20, 0);
        Bits vui = new Bits().flags("1"); // vui_parameters_present_flag
        vui.flags("1").u(8, 255).u(16, 4).u(16, 3); // extended sample aspect ratio
        vui.flags("1").flags("0"); // overscan
        vui.flags("1").u(3, 5).flags("1").flags("1").u(24, 0x010101);
        vui.flags("1").ue(2).ue(3);
        vui.flags("1").u(32, 1001).u(32, 60_000).flags("1");
        vui.flags("1").add(hrd).flags("1").add(hrd).flags("0").flags("1");
        vui.flags("1").flags("1").ue(2).ue(1).ue(16).ue(16).ue(3).ue(4);
        Sets.SpsBits sps = new Sets.SpsBits();
        sps.vui = vui;
        Sps parsed = Sps.parse(sps.nal());
        assertThat(parsed.vui()).isEqualTo(new Sps.Vui(new FrameRate(60_000, 2_002), 3));
        sps.vui = new Bits().flags("1 0000 1").u(32, 0).u(32, 0).flags("0 0 0 0 0");
        assertThat(Sps.parse(sps.nal()).vui()).as("zeros say nothing").isEqualTo(new Sps.Vui(null, -1));
    }

    @Test
    void aVuiThatBreaksOffSaysNothing() throws Exception {
        Sets.SpsBits sps = new Sets.SpsBits();
        sps.vui = new Bits().flags("1 0000 1").u(32, 1).u(20, 0);
        assertThat(Sps.parse(sps.nal()).vui()).isEqualTo(new Sps.Vui(null, -1));
        sps.vui = new Bits()
                .flags("1 0000 0 0 0 0 1 1")
                .ue(0)
                .ue(0)
                .ue(16)
                .ue(16)
                .ue(17)
                .ue(17);
        assertThat(Sps.parse(sps.nal())).extracting(Sps::width, Sps::vui).containsExactly(176, new Sps.Vui(null, -1));
    }

    @Test
    void theFormatOfACameraStream() throws Exception {
        NalUnit sps = NalUnit.of(Codec.H264, HexFormat.of().parseHex(FULL_HD));
        PictureFormat format = PictureFormat.of(List.of(sps));
        assertThat(format.width()).isEqualTo(1920);
        assertThat(format.height()).isEqualTo(1080);
    }
}
