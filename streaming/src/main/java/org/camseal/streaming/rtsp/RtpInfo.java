package org.camseal.streaming.rtsp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a track starts after PLAY (RFC 2326 section 12.33).
 *
 * @param uri of the track
 * @param sequence of its first packet, 0 to 65535; null where not said
 * @param timestamp the RTP timestamp of the instant that Range names; null where not said
 */
public record RtpInfo(
        String uri, @Nullable Integer sequence, @Nullable Integer timestamp) {
    /** The entries of a header; an entry that cannot be read says nothing, because players can do without. */
    public static List<RtpInfo> parse(String header) {
        List<RtpInfo> entries = new ArrayList<>();
        for (String part : header.split(",", 65)) {
            String uri = "";
            Integer sequence = null;
            Integer timestamp = null;
            for (String field : part.split(";")) {
                String text = field.strip();
                if (text.startsWith("url=")) {
                    uri = text.substring(4);
                } else if (text.startsWith("seq=")) {
                    sequence = number(text.substring(4));
                } else if (text.startsWith("rtptime=")) {
                    timestamp = number(text.substring(8));
                }
            }
            if (!uri.isEmpty()) {
                entries.add(new RtpInfo(uri, sequence, timestamp));
            }
        }
        return entries;
    }

    private static @Nullable Integer number(String text) {
        try {
            return text.length() > 10 ? null : Integer.valueOf(Integer.parseUnsignedInt(text));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** As it stands in a header. */
    @Override
    public String toString() {
        return "url=" + uri
                + (sequence == null ? "" : ";seq=" + sequence)
                + (timestamp == null ? "" : ";rtptime=" + Integer.toUnsignedString(timestamp));
    }
}
