package org.camseal.streaming.sdp;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camseal.media.AudioFormat;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.jspecify.annotations.Nullable;

/**
 * The session description of a live stream (RFC 8866), as a server answers DESCRIBE. A track is controlled as {@code track<number>}, and
 * its payload type is fixed by RFC 3551 or is 95 plus its number.
 */
public final class Description {
    /** The range of what is live (RFC 2326 section 3.6). */
    public static final String LIVE = "npt=now-";

    private static final int MAX_OUT_OF_BAND = 4096;

    private Description() {}

    /**
     * The text, with CR LF.
     *
     * @param id of the session, the same for the same description
     * @param address of the server, as in an URI but without brackets
     */
    public static String write(List<Track> tracks, long id, String address) {
        return write(tracks, id, address, Map.of());
    }

    /** As {@link #write(List, long, String, Map, String)}, of what is live. */
    public static String write(List<Track> tracks, long id, String address, Map<Integer, Protection> protection) {
        return write(tracks, id, address, protection, LIVE);
    }

    /**
     * What carries the key of a track's packets.
     *
     * @param name of an attribute, such as {@code key-mgmt}
     * @param value of it; secret
     */
    public record Protection(String name, String value) {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * As {@link #write(List, long, String)}, with SRTP for some tracks.
     *
     * @param protection by the number of a track; only for a description that travels inside TLS
     * @param range what can be played, as in a Range header
     */
    public static String write(
            List<Track> tracks, long id, String address, Map<Integer, Protection> protection, String range) {
        return write(tracks, id, address, protection, null, range);
    }

    /**
     * The group that a description is for.
     *
     * @param address of the group, without brackets
     * @param ttl how many routers a packet may pass; IPv6 does not say it
     * @param port of the first track's RTP; each further track has the one two above
     */
    public record Group(String address, int ttl, int port) {}

    /** As {@link #write(List, long, String, Map)}, for a group where there is one. */
    public static String write(
            List<Track> tracks, long id, String address, Map<Integer, Protection> protection, @Nullable Group group) {
        return write(tracks, id, address, protection, group, LIVE);
    }

    private static String write(
            List<Track> tracks,
            long id,
            String address,
            Map<Integer, Protection> protection,
            @Nullable Group group,
            String range) {
        String net = address.contains(":") ? "IP6" : "IP4";
        StringBuilder text = new StringBuilder()
                .append("v=0\r\n")
                .append("o=- ")
                .append(id)
                .append(" 1 IN ")
                .append(net)
                .append(' ')
                .append(address)
                .append("\r\n")
                .append(range.equals(LIVE) ? "s=live\r\n" : "s=recording\r\n")
                .append("c=IN ")
                .append(connection(net, group))
                .append("\r\n")
                .append("t=0 0\r\n")
                .append("a=control:*\r\n")
                .append("a=range:")
                .append(range)
                .append("\r\n");
        int port = group == null ? 0 : group.port();
        for (Track track : tracks) {
            int type = payloadType(track);
            text.append("m=").append(track.format().codec().isVideo() ? "video" : "audio");
            Protection key = protection.get(track.number());
            text.append(" ")
                    .append(port)
                    .append(key == null ? " RTP/AVP " : " RTP/SAVP ")
                    .append(type)
                    .append("\r\n");
            port += group == null ? 0 : 2;
            text.append("a=rtpmap:")
                    .append(type)
                    .append(' ')
                    .append(encoding(track))
                    .append("\r\n");
            String parameters = parameters(track);
            if (!parameters.isEmpty()) {
                text.append("a=fmtp:")
                        .append(type)
                        .append(' ')
                        .append(parameters)
                        .append("\r\n");
            }
            if (key != null) {
                text.append("a=")
                        .append(key.name())
                        .append(':')
                        .append(key.value())
                        .append("\r\n");
            }
            text.append("a=control:").append(control(track)).append("\r\n");
        }
        return text.toString();
    }

    private static String connection(String net, @Nullable Group group) {
        if (group == null) {
            return net + (net.equals("IP6") ? " ::" : " 0.0.0.0");
        }
        return group.address().contains(":") ? "IP6 " + group.address() : "IP4 " + group.address() + "/" + group.ttl();
    }

    /** The relative control URI of a track. */
    public static String control(Track track) {
        return "track" + track.number();
    }

    /** The payload type of a track's packets: 0 and 8 for G.711 at 8 kHz, else 96 to 127. */
    public static int payloadType(Track track) {
        boolean telephone =
                track.format() instanceof AudioFormat audio && audio.sampleRateHz() == 8_000 && audio.channels() == 1;
        return switch (track.format().codec()) {
            case PCMU -> telephone ? 0 : dynamic(track);
            case PCMA -> telephone ? 8 : dynamic(track);
            case H264, H265, AAC, OPUS -> dynamic(track);
        };
    }

    private static int dynamic(Track track) {
        return 96 + (track.number() - 1) % 32;
    }

    private static String encoding(Track track) {
        return switch (track.format()) {
            case VideoFormat video -> video.codec() + "/90000";
            case AudioFormat audio ->
                switch (audio.codec()) {
                    case AAC -> "mpeg4-generic/" + audio.sampleRateHz() + "/" + audio.channels();
                    case OPUS -> "opus/48000/2"; // whatever is inside, RFC 7587 section 7
                    case PCMA, PCMU ->
                        audio.codec() + "/" + audio.sampleRateHz()
                                + (audio.channels() == 1 ? "" : "/" + audio.channels());
                    case H264, H265 -> throw new IllegalStateException(audio.codec() + " as audio");
                };
        };
    }

    private static String parameters(Track track) {
        return switch (track.format()) {
            case VideoFormat video ->
                switch (video.codec()) {
                    case H264 -> h264(video.parameterSets());
                    case H265 -> h265(video.parameterSets());
                    case AAC, PCMA, PCMU, OPUS -> throw new IllegalStateException(video.codec() + " as video");
                };
            case AudioFormat audio ->
                switch (audio.codec()) {
                    case AAC ->
                        "streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3;config="
                                + HexFormat.of().formatHex(audio.decoderConfig());
                    case OPUS -> "sprop-stereo=" + (audio.channels() == 2 ? 1 : 0);
                    case PCMA, PCMU -> "";
                    case H264, H265 -> throw new IllegalStateException(audio.codec() + " as audio");
                };
        };
    }

    private static String h264(List<NalUnit> sets) {
        String text = "packetization-mode=1";
        for (NalUnit set : sets) {
            if (set.type() == 7 && set.length() > 3) {
                text += ";profile-level-id=" + HexFormat.of().withUpperCase().formatHex(set.bytes(), 1, 4);
                break;
            }
        }
        return fits(sets) ? text + ";sprop-parameter-sets=" + base64(sets, 7, 8) : text;
    }

    private static String h265(List<NalUnit> sets) {
        return fits(sets)
                ? "sprop-vps=" + base64(sets, 32) + ";sprop-sps=" + base64(sets, 33) + ";sprop-pps=" + base64(sets, 34)
                : "";
    }

    private static boolean fits(List<NalUnit> sets) {
        return !sets.isEmpty() && sets.stream().mapToInt(NalUnit::length).sum() <= MAX_OUT_OF_BAND;
    }

    private static String base64(List<NalUnit> sets, int... types) {
        return sets.stream()
                .filter(set -> Arrays.stream(types).anyMatch(type -> type == set.type()))
                .map(set -> Base64.getEncoder().encodeToString(set.bytes()))
                .collect(Collectors.joining(","));
    }
}
