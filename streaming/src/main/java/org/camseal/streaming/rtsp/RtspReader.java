package org.camseal.streaming.rtsp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.camseal.streaming.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into RTSP messages and binary frames. Bounded: 8 KiB a line, 100 header fields, 32 KiB of them, a body of at most
 * what the constructor says. Confined to one thread.
 */
public final class RtspReader {
    private static final int MAX_LINE = 8192;
    private static final int MAX_FIELDS = 100;
    private static final int MAX_HEAD = 32_768;

    private final InputStream in;
    private final int maxBody;

    /** @param maxBody bytes of the longest body that is taken */
    public RtspReader(InputStream in, int maxBody) {
        this.in = new BufferedInputStream(in, 65_536);
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
        String start = line(first, MAX_LINE);
        RtspHeaders headers = headers();
        String body = body(headers);
        String[] words = start.split(" ", 3);
        if (start.startsWith("RTSP/")) {
            OptionalInt status = words.length < 2 ? OptionalInt.empty() : RtspNumbers.parse(words[1], 599);
            if (status.isEmpty() || status.getAsInt() < 100) {
                throw new ProtocolException("RTSP status line \"" + shown(start)
                        + "\"; \"RTSP/1.0 <status> <reason>\" expected (RFC 2326 section 7.1)");
            }
            return new RtspMessage.Response(status.getAsInt(), words.length < 3 ? "" : words[2], headers, body);
        }
        if (words.length != 3 || !words[2].startsWith("RTSP/") || !isToken(words[0]) || words[1].isEmpty()) {
            throw new ProtocolException("RTSP request line \"" + shown(start)
                    + "\"; \"<METHOD> <URI> RTSP/1.0\" expected (RFC 2326 section 6.1)");
        }
        if (!words[2].equals("RTSP/1.0")) {
            throw new ProtocolException("version \"" + shown(words[2]) + "\"; RTSP/1.0 expected");
        }
        return new RtspMessage.Request(words[0], words[1], headers, body);
    }

    private RtspHeaders headers() throws IOException, ProtocolException {
        List<RtspHeaders.Field> fields = new ArrayList<>();
        int room = MAX_HEAD;
        while (true) {
            String line = line(in.read(), Math.min(room, MAX_LINE));
            if (line.isEmpty()) {
                return new RtspHeaders(fields);
            }
            room -= line.length() + 2;
            if (line.charAt(0) == ' ' || line.charAt(0) == '\t') { // a folded line goes on with the one before
                if (fields.isEmpty()) {
                    throw new ProtocolException("RTSP: the first header line begins with a blank");
                }
                RtspHeaders.Field last = fields.removeLast();
                fields.add(new RtspHeaders.Field(last.name(), last.value() + " " + line.strip()));
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1 || !isToken(line.substring(0, colon).stripTrailing())) {
                throw new ProtocolException("RTSP header line without a name and a colon (RFC 2326 section 4.2)");
            }
            if (fields.size() == MAX_FIELDS) {
                throw new ProtocolException("RTSP message of more than " + MAX_FIELDS + " header fields");
            }
            fields.add(new RtspHeaders.Field(
                    line.substring(0, colon).stripTrailing(),
                    line.substring(colon + 1).strip()));
        }
    }

    private String body(RtspHeaders headers) throws IOException, ProtocolException {
        List<String> lengths = headers.all("Content-Length").stream().distinct().toList();
        if (lengths.isEmpty()) {
            return "";
        }
        OptionalInt length = RtspNumbers.parse(lengths.getFirst(), Integer.MAX_VALUE);
        if (lengths.size() > 1 || length.isEmpty() || length.getAsInt() > maxBody) {
            throw new ProtocolException(
                    "RTSP Content-Length " + shown(lengths.toString()) + "; one number up to " + maxBody + " expected");
        }
        return new String(exactly(length.getAsInt(), "body"), StandardCharsets.UTF_8);
    }

    /** The rest of a line whose first byte is read; ends with LF, or CR LF. */
    private String line(int first, int most) throws IOException, ProtocolException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(80);
        for (int b = first; b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new ProtocolException("RTSP: the connection ends inside a message head");
            }
            if (bytes.size() >= most) {
                throw new ProtocolException(
                        "RTSP message head of more than " + MAX_LINE + " bytes in a line, or " + MAX_HEAD + " in all");
            }
            bytes.write(b);
        }
        String line = bytes.toString(StandardCharsets.UTF_8);
        String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        if (bare.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
            throw new ProtocolException("RTSP: control character in a message head");
        }
        return bare;
    }

    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c > 0x20 && c < 0x7f && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0);
    }

    /** The beginning of a text, without a login that a URI may hold. */
    private static String shown(String text) {
        String bare = text.replaceAll("//[^/ ]*@", "//…@");
        return bare.length() <= 80 ? bare : bare.substring(0, 80) + "…";
    }
}
