package org.camseal.streaming.rtsp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.camseal.streaming.ProtocolException;

/** Reads heads of messages, which RTSP and HTTP/1 have in common: a first line, header fields, an empty line. Takes no byte behind it. */
final class HeadReader {
    private static final int MAX_LINE = 8192;
    private static final int MAX_FIELDS = 100;
    private static final int MAX_HEAD = 32_768;

    private final InputStream in;
    private final String protocol;

    /** @param protocol for messages of faults */
    HeadReader(InputStream in, String protocol) {
        this.in = in;
        this.protocol = protocol;
    }

    /** The rest of a first line whose first byte is read. */
    String line(int first) throws IOException, ProtocolException {
        return line(first, MAX_LINE);
    }

    /** The header fields, up to the empty line behind them. */
    RtspHeaders headers() throws IOException, ProtocolException {
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
                    throw new ProtocolException(protocol + ": the first header line begins with a blank");
                }
                RtspHeaders.Field last = fields.removeLast();
                fields.add(new RtspHeaders.Field(last.name(), last.value() + " " + line.strip()));
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1 || !isToken(line.substring(0, colon).stripTrailing())) {
                throw new ProtocolException(
                        protocol + " header line without a name and a colon (RFC 2326 section 4.2)");
            }
            if (fields.size() == MAX_FIELDS) {
                throw new ProtocolException(protocol + " message of more than " + MAX_FIELDS + " header fields");
            }
            fields.add(new RtspHeaders.Field(
                    line.substring(0, colon).stripTrailing(),
                    line.substring(colon + 1).strip()));
        }
    }

    /** The rest of a line whose first byte is read; ends with LF, or CR LF. */
    private String line(int first, int most) throws IOException, ProtocolException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(80);
        for (int b = first; b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new ProtocolException(protocol + ": the connection ends inside a message head");
            }
            if (bytes.size() >= most) {
                throw new ProtocolException(protocol + " message head of more than " + MAX_LINE
                        + " bytes in a line, or " + MAX_HEAD + " in all");
            }
            bytes.write(b);
        }
        String line = bytes.toString(StandardCharsets.UTF_8);
        String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        if (bare.chars().anyMatch(c -> (c < 0x20 && c != '\t') || c == 0x7f)) {
            throw new ProtocolException(protocol + ": control character in a message head");
        }
        return bare;
    }

    static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c > 0x20 && c < 0x7f && "()<>@,;:\\\"/[]?={}".indexOf(c) < 0);
    }

    /** The beginning of a text, without a login that a URI may hold. */
    static String shown(String text) {
        String bare = text.replaceAll("//[^/ ]*@", "//…@");
        return bare.length() <= 80 ? bare : bare.substring(0, 80) + "…";
    }
}
