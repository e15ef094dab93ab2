package org.camseal.streaming.tunnel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.camseal.streaming.rtsp.HttpHead;

/** The server's side of a WebSocket's opening handshake (RFC 6455 section 4.2). */
public final class WebSocketHandshake {
    /** The subprotocol whose frames carry RTSP (ONVIF Streaming Specification, RTP/RTSP/TCP/WebSocket). */
    public static final String SUBPROTOCOL = "rtsp.onvif.org";

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 section 1.3
    private static final int KEY_BYTES = 16;

    /** What is answered. */
    public sealed interface Answer {
        /** The whole head of the response, for the wire. */
        String head();

        /** Frames follow. */
        record Accepted(String head) implements Answer {}

        /** The connection is to be closed. */
        record Refused(String head) implements Answer {}
    }

    private WebSocketHandshake() {}

    /** Whether a request asks for a WebSocket at all, rightly or wrongly. */
    public static boolean isAskedFor(HttpHead head) {
        return head.method().equals("GET") && head.has("Upgrade", "websocket");
    }

    /**
     * Judges a request. A browser sends along whose page asks: that must be the server's own host, or one that is allowed, because with
     * client certificates a browser would log in for whatever page it shows.
     *
     * @param origins allowed besides the server's own, such as {@code https://wall.example}
     */
    public static Answer answer(HttpHead head, Set<String> origins) {
        String version = head.headers().first("Sec-WebSocket-Version").orElse("");
        if (!version.strip().equals("13")) {
            return refused("426 Upgrade Required", "Sec-WebSocket-Version: 13\r\n");
        }
        Optional<String> key = head.headers().first("Sec-WebSocket-Key").map(String::strip);
        if (!head.has("Connection", "upgrade") || key.isEmpty() || !isKey(key.get())) {
            return refused("400 Bad Request", "");
        }
        if (!head.has("Sec-WebSocket-Protocol", SUBPROTOCOL)) {
            return refused("400 Bad Request", "Sec-WebSocket-Protocol: " + SUBPROTOCOL + "\r\n");
        }
        if (!isAllowed(head, origins)) {
            return refused("403 Forbidden", "");
        }
        return new Answer.Accepted("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key.get()) + "\r\nSec-WebSocket-Protocol: " + SUBPROTOCOL
                + "\r\n\r\n");
    }

    private static Answer.Refused refused(String status, String fields) {
        return new Answer.Refused(
                "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: 0\r\n" + fields + "\r\n");
    }

    private static boolean isKey(String text) {
        try {
            return text.length() <= 2 * KEY_BYTES && Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isAllowed(HttpHead head, Set<String> origins) {
        Optional<String> origin = head.headers().first("Origin").map(value -> value.toLowerCase(Locale.ROOT));
        if (origin.isEmpty()) {
            return true; // no browser
        }
        String host = head.headers().first("Host").orElse("").strip().toLowerCase(Locale.ROOT);
        return (!host.isEmpty()
                        && Arrays.asList("https://" + host, "http://" + host).contains(origin.get()))
                || origins.contains(origin.get());
    }

    private static String accept(String key) {
        try {
            // SHA-1 because the protocol says so; it protects nothing, it only shows that the server knows it.
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(digest.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
