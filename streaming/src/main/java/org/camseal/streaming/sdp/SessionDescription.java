package org.camseal.streaming.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtsp.RtspNumbers;

/**
 * A session description (RFC 8866), as far as playing needs it: attributes of the session and its media.
 *
 * @param attributes of the session
 * @param media in order
 */
public record SessionDescription(List<Attribute> attributes, List<Media> media) {
    private static final int MAX_LINES = 2000;
    private static final int MAX_MEDIA = 64;

    public SessionDescription {
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    /** {@code a=name} or {@code a=name:value}; the value is empty where there is none. */
    public record Attribute(String name, String value) {}

    /**
     * {@code m=kind port protocol formats} and what stands below it.
     *
     * @param kind such as {@code video}
     * @param formats payload types
     */
    public record Media(String kind, int port, String protocol, List<String> formats, List<Attribute> attributes) {
        public Media {
            formats = List.copyOf(formats);
            attributes = List.copyOf(attributes);
        }

        /** The first attribute of a name. */
        public Optional<String> attribute(String name) {
            return SessionDescription.first(attributes, name);
        }

        /** What an attribute such as rtpmap or fmtp says of one payload type. */
        public Optional<String> of(String name, int payloadType) {
            String start = payloadType + " ";
            return attributes.stream()
                    .filter(attribute -> attribute.name().equals(name)
                            && attribute.value().strip().startsWith(start))
                    .map(attribute ->
                            attribute.value().strip().substring(start.length()).strip())
                    .findFirst();
        }
    }

    /** The first attribute of the session of a name. */
    public Optional<String> attribute(String name) {
        return first(attributes, name);
    }

    private static Optional<String> first(List<Attribute> attributes, String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .map(Attribute::value)
                .findFirst();
    }

    /**
     * Reads a description. Lines of other types than a and m are passed over; an unknown line does no harm.
     *
     * @throws ProtocolException where it does not begin with {@code v=}, has a broken m line, or more than 2000 lines or 64 media
     */
    public static SessionDescription parse(String text) throws ProtocolException {
        String[] lines = text.strip().split("\r\n|\n|\r", MAX_LINES + 1);
        if (!lines[0].startsWith("v=") || lines.length > MAX_LINES) {
            throw new ProtocolException("session description of " + lines.length + " lines; \"v=0\" first and at most "
                    + MAX_LINES + " lines expected (RFC 8866 section 5)");
        }
        List<Attribute> session = new ArrayList<>();
        List<Media> media = new ArrayList<>();
        List<Attribute> current = session;
        for (String line : lines) {
            if (line.startsWith("a=")) {
                int colon = line.indexOf(':');
                current.add(
                        colon < 0
                                ? new Attribute(line.substring(2).strip(), "")
                                : new Attribute(
                                        line.substring(2, colon).strip(),
                                        line.substring(colon + 1).strip()));
            } else if (line.startsWith("m=")) {
                if (media.size() == MAX_MEDIA) {
                    throw new ProtocolException("session description of more than " + MAX_MEDIA + " media");
                }
                closeLast(media, current);
                media.add(parseMedia(line));
                current = new ArrayList<>();
            }
        }
        closeLast(media, current);
        return new SessionDescription(session, media);
    }

    private static void closeLast(List<Media> media, List<Attribute> attributes) {
        if (!media.isEmpty()) {
            Media open = media.removeLast();
            media.add(new Media(open.kind(), open.port(), open.protocol(), open.formats(), attributes));
        }
    }

    private static Media parseMedia(String line) throws ProtocolException {
        List<String> words = List.of(line.substring(2).strip().split("\\s+"));
        String port = words.size() < 4 ? "" : words.get(1).split("/", 2)[0];
        int number = RtspNumbers.parse(port, 65_535)
                .orElseThrow(() -> new ProtocolException("media line of " + words.size()
                        + " words; \"m=<media> <port> <proto> <fmt>\" expected" + " (RFC 8866 section 5.14)"));
        return new Media(words.get(0), number, words.get(2), words.subList(3, words.size()), List.of());
    }
}
