package org.camseal.streaming.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.peers.Peer;
import org.camseal.streaming.rtsp.ControlUri;
import org.camseal.streaming.rtsp.RtspHeaders;
import org.camseal.streaming.rtsp.RtspMessage;
import org.camseal.streaming.rtsp.RtspReader;
import org.camseal.streaming.rtsp.TransportSpec;
import org.camseal.streaming.sdp.SessionDescription;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.LiveStream;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerSettings;
import org.camseal.streaming.server.RtspServerSettings.ClientCertificates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wireshark's tshark reads a dialogue of our server and the media behind it, from a capture file that the test writes of what it has itself
 * seen: inside TLS that is the clear text, as whoever has the session's keys would see it.
 */
@Timeout(180)
class TsharkTest {
    private static final int RTSP = 554; // where tshark looks for it
    private static final int MIKEY = 2269; // the same
    private static final int MAX_BODY = 65_536;

    @TempDir
    private static Path directory;

    private static Clip clip;
    private static TestTls tls;

    private final PcapFile capture = new PcapFile();
    private String keyManagement = "";
    private int mediaPort;
    private int cseq;

    @BeforeAll
    static void prepare() throws Exception {
        Peer.TSHARK.require();
        clip = Clip.make(
                directory, "h264.mp4", 1, "-c:v", "libx264", "-preset", "veryfast", "-g", "25", "-bf", "0", "-an");
        tls = TestTls.make(directory);
    }

    private RtspMessage.Response ask(Socket socket, RtspReader reader, RtspMessage.Request bare) throws Exception {
        RtspMessage.Request request = new RtspMessage.Request(
                bare.method(), bare.uri(), bare.headers().with("CSeq", Integer.toString(++cseq)));
        socket.getOutputStream().write(request.toBytes());
        capture.tcp(PcapFile.From.CLIENT, RTSP, request.toBytes());
        RtspMessage.Response response = (RtspMessage.Response) Objects.requireNonNull(reader.next());
        assertThat(response.status()).isEqualTo(200);
        // As it came, but for the length, which the reader has taken off and puts on again.
        capture.tcp(PcapFile.From.SERVER, RTSP, withoutLength(response).toBytes());
        return response;
    }

    private static RtspMessage.Response withoutLength(RtspMessage.Response response) {
        RtspHeaders headers = RtspHeaders.NONE;
        for (RtspHeaders.Field field : response.headers().fields()) {
            if (!field.name().equalsIgnoreCase("Content-Length")) {
                headers = headers.with(field.name(), field.value());
            }
        }
        return new RtspMessage.Response(response.status(), response.reason(), headers, response.body());
    }

    /** So that there are none in the description either. */
    private static Track withoutParameterSets() {
        return new Track(1, new VideoFormat(Codec.H264, 640, 360, List.of()));
    }

    /** Plays a second of the clip by UDP; returns the media packets as they came. */
    private List<byte[]> play(RtspServer server, Socket socket, String uri, String transport) throws Exception {
        List<AccessUnit> units =
                clip.units().stream().filter(VideoUnit.class::isInstance).toList();
        RtspReader reader = new RtspReader(socket.getInputStream(), MAX_BODY);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket media = new DatagramSocket(new InetSocketAddress(loopback, 0));
                DatagramSocket reports = new DatagramSocket(new InetSocketAddress(loopback, 0));
                LiveStream stream = new LiveStream(List.of(withoutParameterSets()))) {
            media.setReceiveBufferSize(1 << 20);
            server.mount("/live", stream);
            ask(socket, reader, new RtspMessage.Request("OPTIONS", uri, RtspHeaders.NONE));
            RtspMessage.Response described =
                    ask(socket, reader, new RtspMessage.Request("DESCRIBE", uri, RtspHeaders.NONE));
            String base = described.headers().first("Content-Base").orElse(uri);
            SessionDescription.Media video =
                    SessionDescription.parse(described.body()).media().getFirst();
            keyManagement = video.attribute("key-mgmt").orElse("");
            String control = video.attribute("control").orElseThrow();
            RtspHeaders way = RtspHeaders.NONE.with(
                    "Transport",
                    transport + ";unicast;client_port=" + media.getLocalPort() + "-" + reports.getLocalPort());
            RtspMessage.Response ready =
                    ask(socket, reader, new RtspMessage.Request("SETUP", ControlUri.resolve(base, control), way));
            RtspHeaders session = RtspHeaders.NONE.with(
                    "Session", ready.headers().first("Session").orElseThrow().split(";")[0]);
            ask(socket, reader, new RtspMessage.Request("PLAY", base, session));
            while (stream.readers() == 0) {
                Thread.sleep(10);
            }
            for (AccessUnit unit : units) {
                stream.publish(unit);
            }
            TransportSpec.Pair ports = Objects.requireNonNull(
                    TransportSpec.parse(ready.headers().first("Transport").orElseThrow())
                            .getFirst()
                            .serverPorts());
            mediaPort = ports.rtp();
            receive(reports, ports.rtcp(), 1);
            int markers = units.size();
            List<byte[]> packets = new ArrayList<>();
            while (markers > 0) {
                byte[] packet = receive(media, ports.rtp(), 1).getFirst();
                packets.add(packet);
                markers -= (packet[1] & 0x80) == 0 ? 0 : 1;
            }
            return packets;
        }
    }

    private List<byte[]> receive(DatagramSocket socket, int serverPort, int count) throws Exception {
        socket.setSoTimeout(60_000);
        List<byte[]> all = new ArrayList<>();
        while (all.size() < count) {
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                throw new AssertionError("nothing within a minute", e);
            }
            byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
            capture.udp(PcapFile.From.SERVER, serverPort, socket.getLocalPort(), bytes);
            all.add(bytes);
        }
        return all;
    }

    /** Those fields of all packets that a filter lets through, a line each. */
    private static List<String> tshark(Path file, String filter, String... fields) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("-r", file.toString(), "-d", "rtp.pt==96,h264", "-Y", filter, "-T", "fields"));
        for (String field : fields) {
            arguments.add("-e");
            arguments.add(field);
        }
        return Peer.TSHARK.run(arguments).good().lines();
    }

    /** Parameter sets are left out: tshark reads them without taking emulation prevention out, and finds x264's too long. */
    private static void assertNothingIsMalformed(Path file) throws Exception {
        String filter = "(_ws.malformed || _ws.expert.severity == \"Error\") && !(h264.nal_unit_type == 7)";
        assertThat(tshark(file, filter, "frame.number", "_ws.expert.message")).isEmpty();
    }

    private List<String> rtpSequenceNumbers(Path file) throws Exception {
        String port = "udp.port==" + mediaPort + ",rtp";
        return Peer.TSHARK
                .run("-r", file.toString(), "-d", port, "-Y", "rtp", "-T", "fields", "-e", "rtp.seq")
                .good()
                .lines();
    }

    private static List<String> sequenceNumbers(List<byte[]> packets) {
        return packets.stream()
                .map(packet -> Integer.toString((packet[2] & 0xff) << 8 | (packet[3] & 0xff)))
                .toList();
    }

    @Test
    void readsTheDialogueAndTheRtpBehindIt() throws Exception {
        List<byte[]> packets;
        RtspServerSettings settings =
                RtspServerSettings.of(InetAddress.getLoopbackAddress(), 0, Authenticator.openToAll());
        try (RtspServer server = RtspServer.start(settings);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            packets = play(server, socket, "rtsp://localhost:" + server.port() + "/live", "RTP/AVP");
        }
        Path file = directory.resolve("plain.pcap");
        capture.write(file);
        assertNothingIsMalformed(file);
        assertThat(tshark(file, "rtsp.method", "rtsp.method")).containsExactly("OPTIONS", "DESCRIBE", "SETUP", "PLAY");
        assertThat(tshark(file, "sdp", "sdp.media", "sdp.mime.type", "sdp.sample_rate"))
                .singleElement()
                .asString()
                .contains("video 0 RTP/AVP 96", "H264", "90000");
        // tshark finds the media by the SETUP reply alone, and what it is by the description.
        assertThat(tshark(file, "rtp", "rtp.seq")).isEqualTo(sequenceNumbers(packets));
        assertThat(tshark(file, "rtp && rtp.marker == 1", "rtp.p_type"))
                .hasSize(25)
                .containsOnly("96");
        assertThat(tshark(file, "h264.nal_unit_type == 5 || h264.start.bit == 1", "rtp.ssrc"))
                .as("fragments of pictures")
                .isNotEmpty();
        assertThat(tshark(file, "rtcp", "rtcp.pt")).first().asString().startsWith("200");
    }

    @Test
    void readsTheKeyMessageAndTheHeadersOfSrtp() throws Exception {
        List<byte[]> packets;
        RtspServerSettings settings = RtspServerSettings.of(
                        InetAddress.getLoopbackAddress(), 0, Authenticator.openToAll())
                .withTls(tls.server(), ClientCertificates.NOT_ASKED);
        try (RtspServer server = RtspServer.start(settings);
                Socket socket = tls.client().getSocketFactory().createSocket("localhost", server.port())) {
            String uri = "rtsps://localhost:" + server.port() + "/live?srtp=AES_CM_128_HMAC_SHA1_80";
            packets = play(server, socket, uri, "RTP/SAVP");
        }
        // tshark shows the attribute as text; the message itself it reads where messages stand alone.
        byte[] message = Base64.getDecoder().decode(keyManagement.split(" ", 2)[1]);
        capture.udp(PcapFile.From.SERVER, MIKEY, MIKEY, message);
        Path file = directory.resolve("secure.pcap");
        capture.write(file);
        assertThat(tshark(file, "_ws.malformed && (sdp || rtcp || mikey)", "frame.number"))
                .isEmpty();
        assertThat(tshark(file, "sdp", "sdp.media")).singleElement().asString().contains("video 0 RTP/SAVP 96");
        assertThat(tshark(file, "mikey", "mikey.version", "mikey.type", "mikey.sp.proto_type"))
                .first()
                .asString()
                .startsWith("1\t0\t0"); // version 1, PSK initiator's message, SRTP (RFC 3830 sections 6.1, 6.10)
        // It does not look for media behind RTP/SAVP by itself.
        assertThat(rtpSequenceNumbers(file)).isEqualTo(sequenceNumbers(packets));
    }
}
