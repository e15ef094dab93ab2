package org.camseal.streaming.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtsp.HttpHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The handshake and the frames of RFC 6455, right and wrong. */
class WebSocketTest {
    private static final byte[] MASK = {1, 2, 3, 4};
    private static final int LAST = 0x80;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    static byte[] frame(int first, String text) {
        byte[] payload = text.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i % 4]);
        }
        return frame.toByteArray();
    }

    private String read(byte[]... frames) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.writeBytes(frame);
        }
        WebSocketInput in = new WebSocketInput(new ByteArrayInputStream(all.toByteArray()), new WebSocketOutput(told));
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void messagesAndTheirFragmentsAreOneStream() throws Exception {
        String whole = "x".repeat(3_000);
        assertThat(read(
                        frame(LAST | 2, "OPT"),
                        frame(2, "IO"),
                        frame(LAST | 9, "are you there"),
                        frame(0, ""),
                        frame(LAST, "NS"),
                        frame(LAST | 10, "unasked"),
                        frame(LAST | 2, whole),
                        frame(LAST | 8, ""),
                        frame(LAST | 2, "too late")))
                .isEqualTo("OPTIONS" + whole);
        byte[] answered = told.toByteArray();
        assertThat(answered[0] & 0xff).as("a pong").isEqualTo(0x8a);
        assertThat(new String(answered, 2, answered[1], StandardCharsets.ISO_8859_1))
                .isEqualTo("are you there");
        assertThat(Arrays.copyOfRange(answered, answered.length - 4, answered.length))
                .as("a goodbye, status 1000")
                .isEqualTo(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
    }

    private void refused(int status, String why, byte[]... frames) {
        told.reset();
        assertThatThrownBy(() -> read(frames))
                .hasCauseInstanceOf(ProtocolException.class)
                .hasMessageContaining(why);
        assertThat(told.toByteArray()).isEqualTo(new byte[] {(byte) 0x88, 2, (byte) (status >> 8), (byte) status});
    }

    @Test
    void whatBreaksTheProtocolIsToldAndEnds() {
        refused(1002, "not masked", new byte[] {(byte) 0x82, 1, 'a'});
        refused(1002, "reserved", frame(LAST | 3, "a"));
        refused(1002, "reserved", frame(LAST | 0x40 | 2, "compressed"));
        refused(1002, "in parts", frame(9, "half a ping"));
        refused(1003, "text", frame(LAST | 1, "OPTIONS"));
        refused(1002, "before one began", frame(LAST, "a"));
        refused(1002, "inside another", frame(2, "a"), frame(2, "b"));
        refused(1009, "at most 262144", new byte[] {(byte) 0x82, (byte) 0xff, 0, 0, 0, 0, 0, 4, 0, 1, 1, 2, 3, 4});
        refused(1009, "at most 262144", new byte[] {(byte) 0x82, (byte) 0xff, -1, 0, 0, 0, 0, 4, 0, 1, 1, 2, 3, 4});
        refused(1009, "control frame 125", frame(LAST | 9, "p".repeat(126)));
    }

    @Test
    void aStreamThatEndsInsideAFrameIsAFault() {
        byte[] frame = frame(LAST | 2, "OPTIONS");
        for (int length = 1; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertThatThrownBy(() -> read(cut)).hasCauseInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void longMessagesHaveTheLengthsOfTheStandard() throws Exception {
        for (int length : new int[] {1, 125, 126, 65_535, 65_536}) {
            told.reset();
            try (WebSocketOutput out = new WebSocketOutput(told)) {
                out.write(new byte[length]);
            }
            byte[] frame = told.toByteArray();
            int head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
            assertThat(frame).hasSize(head + length);
            assertThat(frame[1] & 0xff).isEqualTo(length < 126 ? length : length < 65_536 ? 126 : 127);
            assertThat(frame[head - 1]).isEqualTo((byte) length);
        }
    }

    /** The key and its answer are those of RFC 6455 section 1.3. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Upgrade: websocket~Connection: keep-alive, Upgrade~Sec-WebSocket-Version: 13           |                               | 101
            Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Version: 13                       | Origin: https://camera:322    | 101
            Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Version: 13                       | Origin: https://wall.example  | 101
            Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Version: 13                       | Origin: https://other.example | 403
            Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Version: 13                       | Origin: null                  | 403
            Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Version: 8                        |                               | 426
            Upgrade: websocket~Sec-WebSocket-Version: 13                                           |                               | 400
            """)
    void theHandshakeIsTheStandards(String fields, String origin, int status) throws Exception {
        String more = origin == null ? "" : origin.strip() + "~";
        String head = answer(fields.strip() + "~" + more + "Sec-WebSocket-Protocol: other, rtsp.onvif.org~");
        assertThat(head).startsWith("HTTP/1.1 " + status);
        if (status == 101) {
            assertThat(head)
                    .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                    .contains("Sec-WebSocket-Protocol: rtsp.onvif.org");
        }
    }

    @Test
    void anotherSubprotocolOrKeyIsRefused() throws Exception {
        String fields = "Upgrade: websocket~Connection: Upgrade~Sec-WebSocket-Version: 13~";
        assertThat(answer(fields + "Sec-WebSocket-Protocol: chat~")).startsWith("HTTP/1.1 400");
        assertThat(answer(fields)).startsWith("HTTP/1.1 400");
        assertThat(answer(fields, "c2hvcnQ=")).startsWith("HTTP/1.1 400");
    }

    private static String answer(String fields) throws Exception {
        return answer(fields, "dGhlIHNhbXBsZSBub25jZQ==");
    }

    private static String answer(String fields, String key) throws Exception {
        String text = "GET /live HTTP/1.1~Host: camera:322~Sec-WebSocket-Key: " + key + "~" + fields + "~";
        HttpHead head =
                HttpHead.read(new ByteArrayInputStream(text.replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII)));
        assertThat(WebSocketHandshake.isAskedFor(head)).isTrue();
        return WebSocketHandshake.answer(head, Set.of("https://wall.example")).head();
    }
}
