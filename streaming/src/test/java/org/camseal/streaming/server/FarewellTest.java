package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.camseal.media.Codec;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.rtsp.RtspMessage;
import org.camseal.streaming.rtsp.RtspReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reader that has not understood that the stream is over, and goes on reporting: it is let go, and not kept for ever. */
@Timeout(60)
class FarewellTest {
    private static final Duration PATIENCE = Duration.ofMillis(700);
    private static final RtspServerLimits LIMITS =
            new RtspServerLimits(8, 8, 8, 10, Duration.ofSeconds(60), PATIENCE, Duration.ofSeconds(20));
    /** An empty receiver report in a frame of channel 1. */
    private static final byte[] REPORT = {'$', 1, 0, 8, (byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 7};

    private final List<RtspServerEvent> events = new CopyOnWriteArrayList<>();

    @Test
    void whoIsToldThatTheStreamIsOverMayNotStayForEver() throws Exception {
        try (RtspServer server =
                RtspServer.start(RtspServerSettings.of(InetAddress.getLoopbackAddress(), 0, Authenticator.openToAll())
                        .withLimits(LIMITS)
                        .withEvents(events::add))) {
            LiveStream stream = new LiveStream(List.of(Synthetic.video(Codec.H264)));
            List<VideoUnit> pictures = new Synthetic(Codec.H264, 1).pictures("IPP", 2_000);
            stream.publish(pictures.getFirst());
            server.mount("/live", stream);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.setSoTimeout(30_000);
                RtspReader reader = new RtspReader(socket.getInputStream(), 4_096);
                String uri = "rtsp://localhost:" + server.port() + "/live";
                String session = ask(
                        socket, reader, "SETUP " + uri + "/track1", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1");
                ask(socket, reader, "PLAY " + uri, "Session: " + session);

                // As long as the stream lives, reports keep the reader, however long it asks nothing.
                report(socket, 3 * PATIENCE.toMillis());
                stream.publish(pictures.get(1));
                await(reader, 0);
                assertThat(events).noneMatch(RtspServerEvent.SessionEnded.class::isInstance);

                stream.close();
                await(reader, 1);
                assertThat(isLetGo(socket)).isTrue();
                assertThat(events)
                        .anyMatch(event -> event instanceof RtspServerEvent.SessionEnded ended
                                && ended.reason().startsWith("the stream was over, and no goodbye came"));
            }
        }
    }

    private static String ask(Socket socket, RtspReader reader, String line, String header) throws Exception {
        socket.getOutputStream()
                .write((line + " RTSP/1.0\r\nCSeq: 1\r\n" + header + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        while (true) {
            if (reader.next() instanceof RtspMessage.Response response) {
                assertThat(response.status()).isEqualTo(200);
                return response.headers().first("Session").orElseThrow().split(";", 2)[0];
            }
        }
    }

    private static void report(Socket socket, long milliseconds) throws Exception {
        for (long sent = 0; sent < milliseconds; sent += 50) {
            socket.getOutputStream().write(REPORT);
            Thread.sleep(50);
        }
    }

    /** Reads until a frame of that channel comes: pictures by 0, the farewell by 1. */
    private static void await(RtspReader reader, int channel) throws Exception {
        while (!(reader.next() instanceof RtspMessage.Frame frame && frame.channel() == channel)) {
            // another one
        }
    }

    /** The server's end of the connection is noticed by a report that cannot be sent any more. */
    private static boolean isLetGo(Socket socket) throws Exception {
        try {
            report(socket, Duration.ofSeconds(50).toMillis());
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
