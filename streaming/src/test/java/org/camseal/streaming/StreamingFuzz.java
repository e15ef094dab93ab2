package org.camseal.streaming;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.camseal.media.AudioFormat;
import org.camseal.media.Codec;
import org.camseal.media.TrackFormat;
import org.camseal.media.VideoFormat;
import org.camseal.streaming.mikey.KeyManagement;
import org.camseal.streaming.mikey.MikeyMessage;
import org.camseal.streaming.rtp.AacLayout;
import org.camseal.streaming.rtp.Depacketizer;
import org.camseal.streaming.rtp.ReplayExtension;
import org.camseal.streaming.rtp.RtcpCodec;
import org.camseal.streaming.rtp.RtpPacket;
import org.camseal.streaming.rtsp.AuthScheme;
import org.camseal.streaming.rtsp.ControlUri;
import org.camseal.streaming.rtsp.DigestReply;
import org.camseal.streaming.rtsp.HttpHead;
import org.camseal.streaming.rtsp.PlayRange;
import org.camseal.streaming.rtsp.RtpInfo;
import org.camseal.streaming.rtsp.RtspMessage;
import org.camseal.streaming.rtsp.RtspReader;
import org.camseal.streaming.rtsp.TransportSpec;
import org.camseal.streaming.sdp.Offer;
import org.camseal.streaming.srtp.SrtpKey;
import org.camseal.streaming.srtp.SrtpProfile;
import org.camseal.streaming.srtp.SrtpReceiver;
import org.camseal.streaming.srtp.Unprotected;
import org.camseal.streaming.tunnel.Base64Input;
import org.camseal.streaming.tunnel.WebSocketHandshake;
import org.camseal.streaming.tunnel.WebSocketInput;
import org.camseal.streaming.tunnel.WebSocketOutput;

/**
 * Entry points for a fuzzer: each takes any bytes, and returns, or fails with something else than the module's own exception, which is a
 * finding.
 */
public final class StreamingFuzz {
    private static final List<TrackFormat> FORMATS = List.of(
            new VideoFormat(Codec.H264, 0, 0, List.of()),
            new VideoFormat(Codec.H265, 0, 0, List.of()),
            new AudioFormat(Codec.AAC, 48_000, 2, HexFormat.of().parseHex("1190")),
            new AudioFormat(Codec.OPUS, 48_000, 2, new byte[0]),
            new AudioFormat(Codec.PCMA, 8_000, 1, new byte[0]));

    private static final List<SrtpReceiver> RECEIVERS = Stream.of(
                    SrtpProfile.AES_CM_128_HMAC_SHA1_80, SrtpProfile.AEAD_AES_128_GCM)
            .map(profile -> new SrtpReceiver(SrtpKey.random(profile, new Random(1)), null))
            .toList();

    /** Bytes in which a WebSocket's server says why it closes. */
    private static final int GOODBYE = 4;

    private StreamingFuzz() {}

    /** All of them. */
    public static void fuzz(byte[] bytes) {
        rtsp(bytes);
        sdp(bytes);
        headers(bytes);
        rtcp(bytes);
        rtp(bytes);
        mikey(bytes);
        srtp(bytes);
        tunnels(bytes);
    }

    /** What a tunnel begins with, and what is sent in it: base64, and frames of a WebSocket. */
    public static void tunnels(byte[] bytes) {
        try {
            HttpHead head = HttpHead.read(new ByteArrayInputStream(bytes));
            if (WebSocketHandshake.isAskedFor(head)) {
                WebSocketHandshake.answer(head, Set.of());
            }
        } catch (ProtocolException e) {
            // as it should be
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        drain(new Base64Input(new ByteArrayInputStream(bytes)), bytes.length);
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        drain(new WebSocketInput(new ByteArrayInputStream(bytes), new WebSocketOutput(answers)), bytes.length);
        if (answers.size() > bytes.length + GOODBYE) {
            throw new AssertionError("answers of more bytes than were asked with");
        }
    }

    private static void drain(InputStream in, int most) {
        try {
            if (in.readAllBytes().length > most) {
                throw new AssertionError("more bytes than were sent");
            }
        } catch (IOException e) {
            if (!(e.getCause() instanceof ProtocolException)) {
                throw new AssertionError(e);
            }
        }
    }

    /** A connection's bytes. */
    public static void rtsp(byte[] bytes) {
        RtspReader reader = new RtspReader(new ByteArrayInputStream(bytes), 65_536);
        try {
            for (RtspMessage message = reader.next(); message != null; message = reader.next()) {
                if (message instanceof RtspMessage.Request request) {
                    ControlUri.path(request.uri());
                }
            }
        } catch (ProtocolException e) {
            // as it should be
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A session description. */
    public static void sdp(byte[] bytes) {
        try {
            Offer.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (ProtocolException e) {
            // as it should be
        }
    }

    /** Header values. */
    public static void headers(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        RtpInfo.parse(text);
        try {
            PlayRange.parse(PlayRange.parse(text).toString());
        } catch (ProtocolException e) {
            // as it should be
        }
        try {
            TransportSpec.parse(text);
        } catch (ProtocolException e) {
            // as it should be
        }
        try {
            for (AuthScheme scheme : AuthScheme.parse(text)) {
                DigestReply.parse(scheme);
            }
        } catch (ProtocolException e) {
            // as it should be
        }
    }

    /** A compound RTCP packet. */
    public static void rtcp(byte[] bytes) {
        try {
            RtcpCodec.write(RtcpCodec.parse(bytes));
        } catch (ProtocolException e) {
            // as it should be
        }
    }

    /** RTP packets of 16-bit length each, for every payload format. */
    public static void rtp(byte[] bytes) {
        for (TrackFormat format : FORMATS) {
            try {
                Depacketizer depacketizer = Depacketizer.of(format, AacLayout.HIGH_BIT_RATE);
                for (int at = 0; at + 2 <= bytes.length; ) {
                    int length = Math.min((bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff), bytes.length - at - 2);
                    accept(depacketizer, bytes, at + 2, length);
                    at += 2 + length;
                }
                depacketizer.end(received -> {});
            } catch (ProtocolException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** A MIKEY message, which is written as it was read. */
    public static void mikey(byte[] bytes) {
        KeyManagement.dataOfHeader(new String(bytes, StandardCharsets.ISO_8859_1));
        KeyManagement.dataOfAttribute(new String(bytes, StandardCharsets.ISO_8859_1));
        try {
            MikeyMessage message = MikeyMessage.parse(bytes);
            if (!MikeyMessage.parse(message.toBytes()).equals(message)) {
                throw new AssertionError("another message than was read");
            }
        } catch (ProtocolException e) {
            // as it should be
        }
    }

    /** Packets of 16-bit length each, to receivers of both ciphers; none of them can be authentic. */
    public static void srtp(byte[] bytes) {
        for (SrtpReceiver receiver : RECEIVERS) {
            for (int at = 0; at + 2 <= bytes.length; ) {
                int length = Math.min((bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff), bytes.length - at - 2);
                byte[] packet = Arrays.copyOfRange(bytes, at + 2, at + 2 + length);
                if (receiver.media(packet.clone(), length) instanceof Unprotected.Clear
                        || receiver.control(packet, length) instanceof Unprotected.Clear) {
                    throw new AssertionError("a packet that nobody sent is taken for authentic");
                }
                at += 2 + length;
            }
        }
    }

    private static void accept(Depacketizer depacketizer, byte[] bytes, int offset, int length) {
        try {
            RtpPacket packet = RtpPacket.parse(bytes, offset, length);
            var _ = ReplayExtension.of(packet);
            depacketizer.accept(packet, received -> {});
        } catch (ProtocolException e) {
            depacketizer.lost();
        }
    }
}
