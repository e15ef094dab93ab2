package org.camseal.streaming.sdp;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.camseal.media.AudioFormat;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.TrackFormat;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtp.AacConfig;
import org.camseal.streaming.rtp.AacLayout;
import org.camseal.streaming.rtsp.RtspNumbers;
import org.camseal.streaming.sdp.SessionDescription.Media;
import org.jspecify.annotations.Nullable;

/** Reads rtpmap and fmtp of one medium: RFC 6184 section 8.2, RFC 7798 section 7, RFC 3640 section 4.1, RFC 7587 section 7. */
final class FormatReader {
    private final Media media;
    private final int payloadType;
    private final Map<String, String> parameters;

    private FormatReader(Media media, int payloadType) {
        this.media = media;
        this.payloadType = payloadType;
        this.parameters = parameters(media.of("fmtp", payloadType).orElse(""));
    }

    static OfferedTrack read(SessionDescription session, Media media, int number) throws ProtocolException {
        String protocol = media.protocol().toUpperCase(Locale.ROOT);
        boolean secure = protocol.equals("RTP/SAVP") || protocol.equals("RTP/SAVPF");
        if (!secure && !protocol.equals("RTP/AVP") && !protocol.equals("RTP/AVPF")) {
            throw new ProtocolException("transport " + shown(protocol) + " is neither RTP/AVP nor RTP/SAVP");
        }
        Optional<String> keyManagement = media.attribute("key-mgmt").or(() -> session.attribute("key-mgmt"));
        Keying keying = new Keying(secure, keyManagement, media.attribute("crypto"));
        int payloadType = RtspNumbers.parse(media.formats().getFirst(), 127)
                .orElseThrow(() -> new ProtocolException("payload type is no number up to 127"));
        return new FormatReader(media, payloadType).read(number, keying);
    }

    private OfferedTrack read(int number, Keying keying) throws ProtocolException {
        String[] map =
                media.of("rtpmap", payloadType).orElse(fixed(payloadType)).split("/");
        int clock = map.length < 2 ? 0 : RtspNumbers.parse(map[1], 10_000_000).orElse(0);
        int channels = map.length < 3 ? 1 : RtspNumbers.parse(map[2], 255).orElse(0);
        if (clock < 1 || channels < 1) {
            throw new ProtocolException("payload type " + payloadType + " has no rtpmap with a clock and channels");
        }
        TrackFormat format = switch (map[0].toUpperCase(Locale.ROOT)) {
            case "H264" -> h264(clock);
            case "H265", "HEVC" -> h265(clock);
            case "MPEG4-GENERIC" -> aac(clock, channels);
            case "PCMA" -> new AudioFormat(Codec.PCMA, clock, channels, new byte[0]);
            case "PCMU" -> new AudioFormat(Codec.PCMU, clock, channels, new byte[0]);
            case "OPUS" -> opus(clock);
            default -> throw new ProtocolException("format " + shown(map[0]) + " is not known here");
        };
        AacLayout layout = format.codec() == Codec.AAC ? layout() : AacLayout.HIGH_BIT_RATE;
        String control = media.attribute("control").orElse("");
        return new OfferedTrack(new Track(number, format), payloadType, control, keying, layout);
    }

    /** Payload types that need no rtpmap (RFC 3551 section 6). */
    private static String fixed(int payloadType) {
        return switch (payloadType) {
            case 0 -> "PCMU/8000";
            case 8 -> "PCMA/8000";
            default -> "";
        };
    }

    private TrackFormat h264(int clock) throws ProtocolException {
        need(clock == 90_000, "H264 with a clock of " + clock + " Hz; 90000 expected");
        need(!parameter("packetization-mode").equals("2"), "H264 in interleaved mode");
        return video(Codec.H264, List.of("sprop-parameter-sets"));
    }

    private TrackFormat h265(int clock) throws ProtocolException {
        need(clock == 90_000, "H265 with a clock of " + clock + " Hz; 90000 expected");
        String distance = parameter("sprop-max-don-diff");
        need(distance.isEmpty() || distance.equals("0"), "H265 with decoding order numbers");
        return video(Codec.H265, List.of("sprop-vps", "sprop-sps", "sprop-pps"));
    }

    /** Parameter sets that cannot be read count as missing: they come in the stream again, in front of key frames. */
    private TrackFormat video(Codec codec, List<String> names) {
        List<NalUnit> sets = new ArrayList<>();
        for (String name : names) {
            for (String text : parameter(name).split(",", 65)) {
                NalUnit set = parameterSet(codec, text.strip());
                if (set != null && set.isParameterSet()) {
                    sets.add(set);
                }
            }
        }
        return PictureSize.of(codec, sets);
    }

    private static @Nullable NalUnit parameterSet(Codec codec, String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return bytes.length < NalUnit.headerLength(codec) ? null : NalUnit.of(codec, bytes);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private TrackFormat aac(int clock, int channels) throws ProtocolException {
        byte[] config;
        try {
            config = HexFormat.of().parseHex(parameter("config"));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("AAC whose config is not hexadecimal", e);
        }
        need(config.length > 0 && config.length <= 256, "AAC with a config of " + config.length + " bytes");
        int configured = AacConfig.parse(config).channelConfiguration();
        return new AudioFormat(Codec.AAC, clock, configured == 7 ? 8 : configured == 0 ? channels : configured, config);
    }

    private AacLayout layout() throws ProtocolException {
        need(
                parameter("auxiliarydatasizelength").isEmpty() || number("auxiliarydatasizelength") == 0,
                "AAC with an auxiliary section");
        return AacLayout.of(number("sizelength"), number("indexlength"), number("indexdeltalength"));
    }

    private TrackFormat opus(int clock) throws ProtocolException {
        need(clock == 48_000, "Opus with a clock of " + clock + " Hz; 48000 expected");
        int channels = parameter("sprop-stereo").equals("1") ? 2 : 1;
        return new AudioFormat(Codec.OPUS, 48_000, channels, OpusHead.of(channels));
    }

    private int number(String name) {
        return RtspNumbers.parse(parameter(name), 1_000_000).orElse(0);
    }

    private String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    private static void need(boolean met, String otherwise) throws ProtocolException {
        if (!met) {
            throw new ProtocolException(otherwise);
        }
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        for (String part : text.split(";", 65)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.putIfAbsent(
                        part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        part.substring(equals + 1).strip());
            }
        }
        return parameters;
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
