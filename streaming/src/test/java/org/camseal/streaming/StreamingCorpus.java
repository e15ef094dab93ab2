package org.camseal.streaming;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.camseal.media.Codec;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.mikey.MikeyMessage;
import org.camseal.streaming.rtp.NtpTime;
import org.camseal.streaming.rtp.Packetizer;
import org.camseal.streaming.rtp.Rtcp;
import org.camseal.streaming.rtp.RtcpCodec;
import org.camseal.streaming.rtp.RtpPacket;
import org.camseal.streaming.rtp.RtpPayload;
import org.camseal.streaming.sdp.Description;
import org.camseal.streaming.srtp.Mki;
import org.camseal.streaming.srtp.SrtpKey;
import org.camseal.streaming.srtp.SrtpProfile;
import org.camseal.streaming.srtp.SrtpSender;

/** Good input for each entry point of {@link StreamingFuzz}, to be damaged. */
public final class StreamingCorpus {
    private StreamingCorpus() {}

    /** All of it. */
    public static List<byte[]> all() throws ProtocolException {
        return Stream.of(rtsp(), sdp(), headers(), rtcp(), rtp(), mikey(), srtp(), tunnels())
                .flatMap(List::stream)
                .toList();
    }

    /** Requests and answers, with interleaved data. */
    public static List<byte[]> rtsp() {
        return List.of(text(
                "SETUP rtsp://h/live/track1 RTSP/1.0\r\nCSeq: 3\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n"
                        + "Authorization: Digest username=\"u\", realm=\"r\"\r\nContent-Length: 3\r\n\r\nabc$\u0000\u0000\u0004abcd"
                        + "RTSP/1.0 200 OK\r\nCSeq: 3\r\n\r\n"));
    }

    /** Session descriptions. */
    public static List<byte[]> sdp() {
        return List.of(
                text(Description.write(List.of(Synthetic.video(Codec.H264), Synthetic.audio()), 1, "127.0.0.1")),
                text("""
                v=0
                m=audio 0 RTP/AVP 97
                a=rtpmap:97 mpeg4-generic/48000/2
                a=fmtp:97 config=1190;sizelength=13;indexlength=3;indexdeltalength=3
                m=video 0 RTP/AVP 98
                a=rtpmap:98 H265/90000
                a=fmtp:98 sprop-sps=QgEBAWAAAAMAkAAAAwAAAwBdoAUCAWllZmk=;sprop-max-don-diff=0
                """));
    }

    /** Values of the headers that have a syntax of their own. */
    public static List<byte[]> headers() {
        return List.of(
                text(
                        "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"/\", response=\"e\", qop=auth, nc=00000001, cnonce=\"c\""),
                text("RTP/AVP;unicast;client_port=5000-5001;ssrc=0A0B0C0D,RTP/AVP/TCP;interleaved=0-1"),
                text("RTP/SAVP;multicast;destination=239.0.0.1;port=5000-5001;ttl=16"),
                text("url=rtsp://h/live/track1;seq=1;rtptime=4294967295,url=x"));
    }

    /** A compound packet of reports. */
    public static List<byte[]> rtcp() throws ProtocolException {
        Rtcp.ReportBlock block = new Rtcp.ReportBlock(1, 2, 3, 4, 5, 6, 7);
        return List.of(RtcpCodec.write(List.of(
                new Rtcp.SenderReport(1, new NtpTime(5), 2, 3, 4, List.of(block)),
                new Rtcp.SourceName(1, "name"),
                new Rtcp.PictureLoss(1, 2),
                new Rtcp.FullIntraRequest(1, List.of(new Rtcp.FullIntraRequest.Entry(2, 3))),
                new Rtcp.Bye(List.of(1, 2)))));
    }

    /** Packets with their length in front: pictures of both codecs, and a packet of sound. */
    public static List<byte[]> rtp() throws ProtocolException {
        List<byte[]> corpus = new ArrayList<>();
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            corpus.add(packets(codec));
        }
        corpus.add(HexFormat.of().parseHex("001780610001000000010000000100200010001800aabbccddeeff"));
        return corpus;
    }

    /** Messages with and without MKI. */
    public static List<byte[]> mikey() {
        List<byte[]> corpus = new ArrayList<>();
        for (SrtpProfile profile : SrtpProfile.values()) {
            Random random = new Random(1);
            MikeyMessage message = MikeyMessage.of(
                    new MikeyMessage.CryptoSession(1, 0),
                    new NtpTime(5),
                    SrtpKey.random(profile, random),
                    profile.isAead() ? null : Mki.of(1),
                    random);
            corpus.add(message.toBytes());
        }
        return corpus;
    }

    /** Packets with their length in front, under a key that nobody has. */
    public static List<byte[]> srtp() {
        List<byte[]> corpus = new ArrayList<>();
        for (SrtpProfile profile : SrtpProfile.values()) {
            SrtpSender sender = new SrtpSender(SrtpKey.random(profile, new Random(2)), null, 1);
            byte[] header = new byte[RtpPacket.HEADER_LENGTH];
            RtpPacket.writeHeader(header, 0, 96, RtpPacket.Mark.MARKED, 1, 0, 1);
            byte[] packet = new byte[header.length + 50 + sender.overhead()];
            int length = sender.protect(header, new byte[50], packet);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(length >> 8);
            out.write(length);
            out.write(packet, 0, length);
            corpus.add(out.toByteArray());
        }
        return corpus;
    }

    /** The opening of a WebSocket, frames of one, and what a POST carries. */
    public static List<byte[]> tunnels() {
        return List.of(
                text(String.join(
                        "\r\n",
                        "GET /live HTTP/1.1",
                        "Host: c",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Protocol: rtsp.onvif.org",
                        "Origin: https://c",
                        "",
                        "")),
                HexFormat.of()
                        .parseHex("028301020304434241008401020304414243448980010203048282010203044142888001020304"),
                text("T1BUSU9OUyAqIFJUU1AvMS4wDQo=Q1NlcTogMQ0KDQo=\r\nJAAABA=="));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packets(Codec codec) throws ProtocolException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int sequence = 1;
        for (VideoUnit unit : new Synthetic(codec, 1).pictures("IP", 3_000)) {
            for (RtpPayload payload : Packetizer.of(Synthetic.video(codec)).packetize(unit)) {
                byte[] header = new byte[14];
                int length = 12 + payload.length();
                header[0] = (byte) (length >> 8);
                header[1] = (byte) length;
                RtpPacket.writeHeader(header, 2, 96, payload.mark(), sequence++, 0, 1);
                out.writeBytes(header);
                out.writeBytes(payload.bytes());
            }
        }
        return out.toByteArray();
    }
}
