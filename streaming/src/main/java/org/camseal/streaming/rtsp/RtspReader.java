package org.camseal.streaming.rtsp;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.camseal.streaming.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into RTSP messages and binary frames. Bounded: 8 KiB a line, 100 header fields, 32 KiB of them, a body of at most
 * what the constructor says. Confined to one thread.
 */
public final class RtspReader {
    private final InputStream in;
    private final HeadReader head;
    private final int maxBody;

    /** @param maxBody bytes of the longest body that is taken */
    public RtspReader(InputStream in, int maxBody) {
        this.in = new BufferedInputStream(in, 65_536);
        this.head = new HeadReader(this.in, "RTSP");
        this.maxBody = maxBody;
    }

    /**
     * Waits for the next message or frame.
     *
     * @return null where the stream ends between messages
     * @throws ProtocolException where it is no RTSP, or passes a bound, or ends inside a message; nothing can be read behind that
     */
    public @Nullable RtspMessage next() throws IOException, ProtocolException {
        int first = in.read();
        while (first == '\r' || first == '\n') { // RFC 2326 section 4.1 lets empty lines stand in front of a message
            first = in.read();
        }
        if (first < 0) {
            return null;
        }
        return first == '$' ? frame() : message(first);
    }

    private RtspMessage.Frame frame() throws IOException, ProtocolException {
        byte[] head = exactly(3, "frame header");
        int length = (head[1] & 0xff) << 8 | (head[2] & 0xff);
        return new RtspMessage.Frame(head[0] & 0xff, exactly(length, "frame of channel " + (head[0] & 0xff)));
    }

    private byte[] exactly(int length, String what) throws IOException, ProtocolException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new ProtocolException(
                    "RTSP: the connection ends after " + bytes.length + " of " + length + " bytes of a " + what);
        }
        return bytes;
    }

    private RtspMessage message(int first) throws IOException, ProtocolException {
        String start = head.line(first);
        RtspHeaders headers = head.headers();
        String body = body(headers);
        String[] words = start.split(" ", 3);
        if (start.startsWith("RTSP/")) {
            OptionalInt status = words.length < 2 ? OptionalInt.empty() : RtspNumbers.parse(words[1], 599);
            if (status.isEmpty() || status.getAsInt() < 100) {
                throw new ProtocolException("RTSP status line \"" + HeadReader.shown(start)
                        + "\"; \"RTSP/1.0 <status> <reason>\" expected (RFC 2326 section 7.1)");
            }
            return new RtspMessage.Response(status.getAsInt(), words.length < 3 ? "" : words[2], headers, body);
        }
        if (words.length != 3 || !words[2].startsWith("RTSP/") || !HeadReader.isToken(words[0]) || words[1].isEmpty()) {
            throw new ProtocolException("RTSP request line \"" + HeadReader.shown(start)
                    + "\"; \"<METHOD> <URI> RTSP/1.0\" expected (RFC 2326 section 6.1)");
        }
        if (!words[2].equals("RTSP/1.0")) {
            throw new ProtocolException("version \"" + HeadReader.shown(words[2]) + "\"; RTSP/1.0 expected");
        }
        return new RtspMessage.Request(words[0], words[1], headers, body);
    }

    private String body(RtspHeaders headers) throws IOException, ProtocolException {
        List<String> lengths = headers.all("Content-Length").stream().distinct().toList();
        if (lengths.isEmpty()) {
            return "";
        }
        OptionalInt length = RtspNumbers.parse(lengths.getFirst(), Integer.MAX_VALUE);
        if (lengths.size() > 1 || length.isEmpty() || length.getAsInt() > maxBody) {
            throw new ProtocolException("RTSP Content-Length " + HeadReader.shown(lengths.toString())
                    + "; one number up to " + maxBody + " expected");
        }
        return new String(exactly(length.getAsInt(), "body"), StandardCharsets.UTF_8);
    }
}
