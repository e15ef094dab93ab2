package org.camseal.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.camseal.media.MalformedException;
import org.camseal.media.UnsupportedException;
import org.junit.jupiter.api.Test;

class AacConfigTest {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void knownConfigurationsAreRead() throws Exception {
        AacConfig stereo = AacConfig.parse(hex("1210"));
        assertThat(stereo.sampleRateHz()).isEqualTo(44_100);
        assertThat(stereo.channels()).isEqualTo(2);
        assertThat(stereo.frameSamples()).isEqualTo(1024);
        // HE-AAC: core coder at 22 050 Hz, with spectral band replication 44 100 Hz
        AacConfig replicated = AacConfig.parse(hex("2b920800"));
        assertThat(replicated.sampleRateHz()).isEqualTo(22_050);
        assertThat(replicated.channels()).isEqualTo(2);
    }

    @Test
    void anAdtsHeaderSaysTheSameAsTheConfiguration() throws Exception {
        // AAC-LC, 48 kHz, 1 channel, 9 bytes in all, no checksum
        byte[] frame = hex("fff14c40013ffc" + "2110");
        AacConfig config = AacConfig.ofAdts(frame);
        assertThat(config.sampleRateHz()).isEqualTo(48_000);
        assertThat(config.channels()).isEqualTo(1);
        assertThat(config.bytes()).isEqualTo(hex("1188"));
        assertThat(AacConfig.withoutAdts(frame)).isEqualTo(hex("2110"));
    }

    @Test
    void brokenHeadersAreRefused() {
        byte[] frame = hex("fff14c40013ffc" + "2110");
        assertThatThrownBy(() -> AacConfig.withoutAdts(Arrays.copyOf(frame, 8))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> AacConfig.withoutAdts(hex("e0"))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> AacConfig.withoutAdts(hex("fff14c40013ffd2110")))
                .isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("2 data blocks");
        assertThatThrownBy(() -> AacConfig.parse(new byte[0])).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> AacConfig.parse(hex("1680"))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> AacConfig.parse(hex("1180"))).isInstanceOf(UnsupportedException.class);
    }
}
