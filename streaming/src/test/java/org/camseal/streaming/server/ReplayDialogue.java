package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.rtp.ReplayExtension;
import org.camseal.streaming.rtp.RtpPacket;
import org.camseal.streaming.rtsp.RtspHeaders;
import org.camseal.streaming.rtsp.RtspMessage;
import org.camseal.streaming.rtsp.RtspMessage.Frame;
import org.camseal.streaming.rtsp.RtspMessage.Request;
import org.camseal.streaming.rtsp.RtspMessage.Response;
import org.camseal.streaming.rtsp.RtspReader;

/** A reader of a recording under {@code /replay/main}, request by request and packet by packet, in its connection. */
final class ReplayDialogue implements AutoCloseable {
    private final List<RtpPacket> packets = new ArrayList<>();
    private final Socket socket;
    private final RtspReader reader;
    private int cseq;
    private String session = "";
    private boolean saidGoodbye;

    ReplayDialogue(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        reader = new RtspReader(socket.getInputStream(), 65_536);
    }

    /** All of its first track so far. */
    List<RtpPacket> packets() {
        return packets;
    }

    /** Of the last request. */
    int cseq() {
        return cseq;
    }

    Response ask(String method, String path, String... headers) throws Exception {
        RtspHeaders all = RtspHeaders.NONE.with("CSeq", Integer.toString(++cseq));
        for (int i = 0; i < headers.length; i += 2) {
            all = all.with(headers[i], headers[i + 1]);
        }
        all = session.isEmpty() ? all : all.with("Session", session);
        socket.getOutputStream().write(new Request(method, "rtsp://c" + path, all, "").toBytes());
        while (true) {
            switch (Objects.requireNonNull(reader.next())) {
                case Response response -> {
                    return response;
                }
                case Frame frame -> take(frame);
                case Request request -> throw new IllegalStateException(request.toString());
            }
        }
    }

    private void take(Frame frame) throws Exception {
        if (frame.channel() == 0) {
            packets.add(RtpPacket.parse(frame.bytes()));
        } else {
            saidGoodbye |= (frame.bytes()[1] & 0xff) == 201; // a receiver report: the server's farewell begins so
        }
    }

    void setUp() throws Exception {
        Response response = ask(
                "SETUP",
                "/replay/main/track1",
                "Transport",
                "RTP/AVP/TCP;unicast;interleaved=0-1",
                "Require",
                "onvif-replay");
        assertThat(response.status()).isEqualTo(200);
        session = response.headers().first("Session").orElseThrow().split(";", 2)[0];
    }

    void untilGoodbye() throws Exception {
        while (!saidGoodbye) {
            RtspMessage next = Objects.requireNonNull(reader.next());
            take((Frame) next);
        }
        saidGoodbye = false;
    }

    /** The first packet of each unit that came; those behind it have no extension. */
    private List<RtpPacket> units() {
        List<RtpPacket> first = new ArrayList<>();
        Integer timestamp = null;
        for (RtpPacket packet : packets) {
            if (timestamp == null || packet.timestamp() != timestamp) {
                first.add(packet);
            } else {
                assertThat(packet.extensionProfile()).isEqualTo(RtpPacket.NO_EXTENSION);
            }
            timestamp = packet.timestamp();
        }
        return first;
    }

    private List<ReplayExtension> extensions() throws Exception {
        List<ReplayExtension> extensions = new ArrayList<>();
        for (RtpPacket packet : units()) {
            extensions.add(ReplayExtension.of(packet).orElseThrow());
        }
        return extensions;
    }

    /** One word of flags for each unit that came: - for none. */
    List<String> flags() throws Exception {
        return extensions().stream()
                .map(extension -> Arrays.stream(ReplayExtension.Flag.values())
                        .filter(extension.flags()::contains)
                        .map(flag -> flag.name().substring(0, 1))
                        .collect(Collectors.joining()))
                .map(word -> word.isEmpty() ? "-" : word)
                .toList();
    }

    /** When each unit that came was captured, in milliseconds behind the begin of {@link Synthetic}. */
    List<Long> captured() throws Exception {
        return extensions().stream()
                .map(extension ->
                        Duration.between(Synthetic.START, extension.time().toInstant()))
                .map(since -> Math.round(since.toNanos() / 1e6))
                .toList();
    }

    /** How far the RTP times of units that came are apart, in milliseconds. */
    List<Integer> steps() {
        List<RtpPacket> units = units();
        List<Integer> steps = new ArrayList<>();
        for (int i = 1; i < units.size(); i++) {
            steps.add((units.get(i).timestamp() - units.get(i - 1).timestamp()) / 90);
        }
        return steps;
    }

    void untilPackets(int count) throws Exception {
        while (packets.size() < count) {
            take((Frame) Objects.requireNonNull(reader.next()));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
