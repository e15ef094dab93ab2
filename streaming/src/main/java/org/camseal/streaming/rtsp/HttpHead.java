package org.camseal.streaming.rtsp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import org.camseal.streaming.ProtocolException;

/**
 * The head of an HTTP/1 request (RFC 9112 section 3), as a tunnel of RTSP begins with one.
 *
 * @param method as it stands, such as GET
 * @param target as it stands; not used for more than messages
 * @param headers names without regard to case
 */
public record HttpHead(String method, String target, RtspHeaders headers) {
    /**
     * Reads a head, and nothing behind it. Bounded as a head of RTSP: 8 KiB a line, 100 header fields, 32 KiB of them.
     *
     * @throws ProtocolException where it is no request of HTTP/1.0 or HTTP/1.1, passes a bound, or ends inside
     */
    public static HttpHead read(InputStream in) throws IOException, ProtocolException {
        HeadReader reader = new HeadReader(in, "HTTP");
        String start = reader.line(in.read());
        RtspHeaders headers = reader.headers();
        String[] words = start.split(" ", 3);
        boolean version = words.length == 3 && (words[2].equals("HTTP/1.1") || words[2].equals("HTTP/1.0"));
        if (!version || !HeadReader.isToken(words[0]) || words[1].isEmpty()) {
            throw new ProtocolException("HTTP request line \"" + HeadReader.shown(start)
                    + "\"; \"<METHOD> <target> HTTP/1.1\" expected (RFC 9112 section 3)");
        }
        return new HttpHead(words[0], words[1], headers);
    }

    /** Whether a header that is a list of words has that word, whatever its case. */
    public boolean has(String name, String word) {
        return headers.all(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", 64)))
                .anyMatch(one -> one.strip().toLowerCase(Locale.ROOT).equals(word));
    }

    /** Without the target's query, which may hold a login. */
    @Override
    public String toString() {
        return method + " " + target.split("\\?", 2)[0];
    }
}
