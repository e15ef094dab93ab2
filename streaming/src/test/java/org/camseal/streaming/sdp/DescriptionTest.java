package org.camseal.streaming.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.camseal.media.AudioFormat;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.streaming.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionTest {
    private static final NalUnit SPS = NalUnit.of(Codec.H264, HexFormat.of().parseHex("6742c01ed90280bfe5"));
    private static final NalUnit PPS = NalUnit.of(Codec.H264, HexFormat.of().parseHex("68ce3c80"));

    private static final List<Track> TRACKS = List.of(
            new Track(1, new VideoFormat(Codec.H264, 0, 0, List.of(SPS, PPS))),
            new Track(2, new AudioFormat(Codec.AAC, 48_000, 2, HexFormat.of().parseHex("1190"))),
            new Track(3, new AudioFormat(Codec.PCMA, 8_000, 1, new byte[0])),
            new Track(4, new AudioFormat(Codec.OPUS, 48_000, 2, OpusHead.of(2))),
            new Track(5, new AudioFormat(Codec.PCMU, 16_000, 2, new byte[0])));

    @Test
    void aDescriptionIsWhatPlayersExpect() {
        assertThat(Description.write(TRACKS, 7, "127.0.0.1").lines())
                .startsWith("v=0", "o=- 7 1 IN IP4 127.0.0.1", "s=live", "c=IN IP4 0.0.0.0", "t=0 0", "a=control:*")
                .contains(
                        "m=video 0 RTP/AVP 96",
                        "a=rtpmap:96 H264/90000",
                        "a=fmtp:96 packetization-mode=1;profile-level-id=42C01E;sprop-parameter-sets=Z0LAHtkCgL/l,aM48gA==",
                        "a=control:track1",
                        "a=rtpmap:97 mpeg4-generic/48000/2",
                        "m=audio 0 RTP/AVP 8",
                        "a=rtpmap:8 PCMA/8000",
                        "a=rtpmap:99 opus/48000/2",
                        "a=fmtp:99 sprop-stereo=1",
                        "a=rtpmap:100 PCMU/16000/2");
    }

    @Test
    void tracksSurviveTheirDescription() throws Exception {
        Offer offer = Offer.parse(Description.write(TRACKS, 7, "::1"));
        assertThat(offer.passedOver()).isEmpty();
        assertThat(offer.trackList()).hasSize(5);
        for (int i = 0; i < TRACKS.size(); i++) {
            Track read = offer.trackList().get(i);
            assertThat(read.format().codec()).isEqualTo(TRACKS.get(i).format().codec());
            assertThat(offer.tracks().get(i).control()).isEqualTo("track" + (i + 1));
            if (read.format() instanceof AudioFormat) {
                assertThat(read).isEqualTo(TRACKS.get(i));
            }
        }
        assertThat(((VideoFormat) offer.trackList().getFirst().format()).parameterSets())
                .containsExactly(SPS, PPS);
    }

    @Test
    void unknownMediaAndBrokenParameterSetsDoNoHarm() throws Exception {
        Offer offer = Offer.parse("""
                v=0
                m=application 0 RTP/AVP 107
                a=rtpmap:107 vnd.onvif.metadata/90000
                m=video 0 RTP/AVP 96
                a=rtpmap:96 H264/90000
                a=fmtp:96 sprop-parameter-sets=%%%,;packetization-mode=1
                a=control:rtsp://10.0.0.1/track1""");
        assertThat(offer.passedOver()).hasSize(1);
        assertThat(((VideoFormat) offer.trackList().getFirst().format()).parameterSets())
                .isEmpty();
        assertThat(offer.control()).isEqualTo("*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no description",
                "v=0",
                "v=0\nm=video",
                "v=0\nm=video 0 UDP/TLS/RTP/SAVP 96\na=rtpmap:96 H264/90000",
                "v=0\nm=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=fmtp:96 packetization-mode=2",
                "v=0\nm=video 0 RTP/AVP 26",
                "v=0\nm=audio 0 RTP/AVP 97\na=rtpmap:97 mpeg4-generic/48000/2\na=fmtp:97 config=zz"
            })
    void whatCannotBePlayedIsAnErrorThatNamesIt(String text) {
        assertThatThrownBy(() -> Offer.parse(text))
                .isInstanceOf(ProtocolException.class)
                .hasMessageMatching(".{20,}");
    }
}
