package org.camseal.streaming.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.camseal.streaming.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtspReaderTest {
    private static RtspReader reader(String text) {
        return new RtspReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), 100);
    }

    private static RtspMessage next(RtspReader reader) throws Exception {
        return Objects.requireNonNull(reader.next());
    }

    @Test
    void requestsResponsesAndFramesFollowEachOther() throws Exception {
        RtspReader reader =
                reader("OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n$\u0001\u0000\u0003abc\r\nRTSP/1.0 200 OK\r\ncseq:2\r\n"
                        + "Content-Length: 4\r\n\r\nbody$\u0000\u0000\u0000");
        RtspMessage.Request request = (RtspMessage.Request) next(reader);
        assertThat(request.method()).isEqualTo("OPTIONS");
        assertThat(request.cseq()).hasValue(1);
        RtspMessage.Frame frame = (RtspMessage.Frame) next(reader);
        assertThat(frame.channel()).isEqualTo(1);
        assertThat(frame.bytes()).isEqualTo("abc".getBytes(StandardCharsets.US_ASCII));
        RtspMessage.Response response = (RtspMessage.Response) next(reader);
        assertThat(response.body()).isEqualTo("body");
        assertThat(response.cseq()).hasValue(2);
        assertThat(((RtspMessage.Frame) next(reader)).bytes()).isEmpty();
        assertThat(reader.next()).isNull();
    }

    @Test
    void aMessageSurvivesItsBytes() throws Exception {
        RtspMessage.Request request = new RtspMessage.Request(
                "SET_PARAMETER",
                "rtsp://h/ü",
                RtspHeaders.NONE.with("CSeq", "9").with("Session", "x"),
                "grüße");
        RtspReader reader = new RtspReader(new ByteArrayInputStream(request.toBytes()), 100);
        RtspMessage.Request read = (RtspMessage.Request) next(reader);
        assertThat(read.uri()).isEqualTo(request.uri());
        assertThat(read.body()).isEqualTo("grüße");
        assertThatThrownBy(() -> RtspHeaders.NONE.with("Session", "x\r\nEvil: 1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "OPTIONS * RTSP/2.0\r\n\r\n",
                "OPTIONS * RTSP/1.0\r\nno colon\r\n\r\n",
                "OPTIONS * RTSP/1.0\r\n folded first\r\n\r\n",
                "OPTIONS * RTSP/1.0\r\nContent-Length: 101\r\n\r\n",
                "OPTIONS * RTSP/1.0\r\nContent-Length: -1\r\n\r\n",
                "OPTIONS * RTSP/1.0\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "OPTIONS * RTSP/1.0\r\nContent-Length: 9\r\n\r\nab",
                "OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n",
                "RTSP/1.0 99 Low\r\n\r\n",
                "RTSP/1.0 abc\r\n\r\n",
                "OPTIONS \u0001 RTSP/1.0\r\n\r\n",
                "$\u0000\u0001"
            })
    void whatIsNoRtspIsAnError(String text) {
        assertThatThrownBy(() -> reader(text).next())
                .isInstanceOf(ProtocolException.class)
                .hasMessageNotContaining("null");
    }

    @Test
    void headsAreBounded() {
        for (String text : List.of(
                "A".repeat(9000) + " * RTSP/1.0\r\n\r\n",
                "OPTIONS * RTSP/1.0\r\n" + "A: b\r\n".repeat(101) + "\r\n",
                "OPTIONS * RTSP/1.0\r\n" + ("A: " + "b".repeat(8000) + "\r\n").repeat(6) + "\r\n")) {
            assertThatThrownBy(() -> reader(text).next()).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void messagesAboutAUriDoNotShowItsLogin() {
        assertThatThrownBy(() ->
                        reader("PLAY rtsp://guard:secret@host/ RTSP\r\n\r\n").next())
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "rtsp://h/live, trackID=0, rtsp://h/live/trackID=0",
        "rtsp://h/live/, trackID=0, rtsp://h/live/trackID=0",
        "rtsp://h/live, *, rtsp://h/live",
        "rtsp://h/live, '', rtsp://h/live",
        "rtsp://h/live, rtsp://10.0.0.1/x/1, rtsp://10.0.0.1/x/1",
        "rtsp://h/live?a=b, track1, rtsp://h/live?a=b/track1"
    })
    void controlAttributesBecomeUris(String base, String control, String uri) {
        assertThat(ControlUri.resolve(base, control)).isEqualTo(uri);
    }

    @ParameterizedTest
    @CsvSource({"rtsp://h:1/live//track1/?x=/y, /live/track1", "rtsps://h, /", "*, /", "rtsp://h/, /", "RTSP://h/a, /a"
    })
    void uriPathsAreTakenOut(String uri, String path) {
        assertThat(ControlUri.path(uri)).isEqualTo(path.equals("/") && uri.equals("*") ? "*" : path);
    }

    @Test
    void transportsAreReadInTheirOrder() throws Exception {
        List<TransportSpec> specs = TransportSpec.parse(
                "RTP/SAVP;unicast;client_port=5000-5001,UDP/TLS/RTP/SAVP;unicast;client_port=5000-5001,RTP/AVP/TCP;unicast;interleaved=2-3;ssrc=0A0B0C0D,rtp/avp;multicast");
        assertThat(specs).hasSize(4);
        assertThat(specs.stream().map(TransportSpec::isUdpUnicast)).containsExactly(true, false, false, false);
        assertThat(specs.stream().map(TransportSpec::isSecure)).containsExactly(true, false, false, false);
        assertThat(specs.get(2).isInterleaved()).isTrue();
        assertThat(specs.get(2).secured().toString()).isEqualTo("RTP/SAVP/TCP;unicast;interleaved=2-3;ssrc=0A0B0C0D");
        assertThat(specs.get(2).toString()).isEqualTo("RTP/AVP/TCP;unicast;interleaved=2-3;ssrc=0A0B0C0D");
        for (String nothing : new String[] {";", "\t;", ";;,;", "=;"}) {
            assertThat(TransportSpec.parse(nothing)).noneMatch(TransportSpec::isUdpUnicast);
        }
        assertThatThrownBy(() -> TransportSpec.parse("RTP/AVP;client_port=70000-70001"))
                .isInstanceOf(ProtocolException.class);
    }
}
