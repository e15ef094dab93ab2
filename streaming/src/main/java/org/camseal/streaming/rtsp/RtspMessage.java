package org.camseal.streaming.rtsp;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * What travels in an RTSP connection in one direction: requests, responses, and binary frames between them. Bodies are text in UTF-8:
 * session descriptions and parameters.
 */
public sealed interface RtspMessage {
    /**
     * A request (RFC 2326 section 6).
     *
     * @param method as it stands, such as DESCRIBE; methods are told apart by case
     * @param uri as it stands: absolute, or {@code *}
     */
    record Request(String method, String uri, RtspHeaders headers, String body) implements RtspMessage {
        /** A request without a body. */
        public Request(String method, String uri, RtspHeaders headers) {
            this(method, uri, headers, "");
        }

        /** The request's number; empty where it is missing or no number. */
        public OptionalInt cseq() {
            return RtspMessage.cseq(headers);
        }

        /** For the wire; states the length of a body. */
        public byte[] toBytes() {
            return RtspMessage.bytes(method + " " + uri + " RTSP/1.0", headers, body);
        }

        /** Method and URI alone: headers may hold logins. */
        @Override
        public String toString() {
            return method + " " + uri;
        }
    }

    /**
     * A response (RFC 2326 section 7).
     *
     * @param status 100 to 599
     */
    record Response(int status, String reason, RtspHeaders headers, String body) implements RtspMessage {
        /** A response with the usual reason phrase and no body. */
        public static Response of(RtspStatus status) {
            return new Response(status.code(), status.reason(), RtspHeaders.NONE, "");
        }

        /** A response whose reason phrase says more than the usual one: {@code because} behind it, without line breaks. */
        public static Response of(RtspStatus status, String because) {
            return new Response(status.code(), status.reason() + ": " + because, RtspHeaders.NONE, "");
        }

        public Response with(String name, String value) {
            return new Response(status, reason, headers.with(name, value), body);
        }

        public Response withBody(String type, String text) {
            return new Response(status, reason, headers.with("Content-Type", type), text);
        }

        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** The number of the request it answers; empty where it is missing or no number. */
        public OptionalInt cseq() {
            return RtspMessage.cseq(headers);
        }

        /** For the wire; states the length of a body. */
        public byte[] toBytes() {
            return RtspMessage.bytes("RTSP/1.0 " + status + " " + reason, headers, body);
        }

        @Override
        public String toString() {
            return status + " " + reason;
        }
    }

    /** A binary frame (RFC 2326 section 10.12): an RTP or RTCP packet of one channel. */
    final class Frame implements RtspMessage {
        private final int channel;
        private final byte[] bytes;

        Frame(int channel, byte[] bytes) {
            this.channel = channel;
            this.bytes = bytes;
        }

        /** 0 to 255. */
        public int channel() {
            return channel;
        }

        /** At most 65535 bytes; shared, never to be written to. */
        public byte[] bytes() {
            return bytes;
        }
    }

    private static OptionalInt cseq(RtspHeaders headers) {
        return RtspNumbers.parse(headers.first("CSeq").orElse(""), Integer.MAX_VALUE);
    }

    private static byte[] bytes(String firstLine, RtspHeaders headers, String body) {
        byte[] bodyBytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(firstLine).append("\r\n");
        for (RtspHeaders.Field field : headers.fields()) {
            head.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        if (bodyBytes.length > 0) {
            head.append("Content-Length: ").append(bodyBytes.length).append("\r\n");
        }
        byte[] headBytes = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[headBytes.length + bodyBytes.length];
        System.arraycopy(headBytes, 0, all, 0, headBytes.length);
        System.arraycopy(bodyBytes, 0, all, headBytes.length, bodyBytes.length);
        return all;
    }
}
