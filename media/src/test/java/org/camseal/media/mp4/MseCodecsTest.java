package org.camseal.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.camseal.media.AudioFormat;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.Track;
import org.camseal.media.UnsupportedException;
import org.camseal.media.VideoFormat;
import org.junit.jupiter.api.Test;

class MseCodecsTest {
    @Test
    void stringsOfRfc6381() throws Exception {
        assertThat(MseCodecs.mimeType(List.of(Recordings.VIDEO, Recordings.AAC)))
                .isEqualTo("video/mp4; codecs=\"avc3.42c00d,mp4a.40.2\"");
        assertThat(MseCodecs.mimeType(List.of(Recordings.OPUS))).isEqualTo("audio/mp4; codecs=\"opus\"");
        // Main profile, level 2 (60 / 30), constraint byte 90 as x265 sets it.
        assertThat(MseCodecs.codec(Recordings.VIDEO_H265)).contains("hev1.1.6.L60.90");
    }

    @Test
    void highEfficiencyAacIsTypeFive() throws Exception {
        Track sbr = new Track(
                2, new AudioFormat(Codec.AAC, 48_000, 2, HexFormat.of().parseHex("2b118800")));
        assertThat(MseCodecs.codec(sbr)).contains("mp4a.40.5");
    }

    @Test
    void g711HasNone() throws Exception {
        assertThat(MseCodecs.codec(Recordings.PCMA)).isEmpty();
        assertThatThrownBy(() -> MseCodecs.mimeType(List.of(Recordings.VIDEO, Recordings.PCMU)))
                .isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("PCMU");
    }

    @Test
    void withoutAnSpsThereIsNoProfile() {
        Track bare = new Track(1, new VideoFormat(Codec.H264, 0, 0, List.of()));
        assertThatThrownBy(() -> MseCodecs.codec(bare)).isInstanceOf(MalformedException.class);
    }
}
