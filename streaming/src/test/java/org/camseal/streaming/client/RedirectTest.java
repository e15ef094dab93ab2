package org.camseal.streaming.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.camseal.media.Codec;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.Patient;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.rtsp.RtspMessage;
import org.camseal.streaming.rtsp.RtspReader;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.LiveStream;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Redirections: followed where they lead to the same host, and nowhere else. */
@Timeout(60)
class RedirectTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** Answers each DESCRIBE with a redirection. */
    private static final class Redirector implements AutoCloseable {
        private final ServerSocket listening;
        private final AtomicInteger described = new AtomicInteger();
        private volatile String location = "";

        Redirector() throws IOException {
            listening = new ServerSocket(0, 10, LOOPBACK);
            Thread.ofVirtual().start(this::run);
        }

        String address() {
            return "rtsp://localhost:" + listening.getLocalPort() + "/live";
        }

        private void run() {
            while (!listening.isClosed()) {
                try (Socket socket = listening.accept()) {
                    RtspReader reader = new RtspReader(socket.getInputStream(), 65_536);
                    for (RtspMessage message = reader.next(); message != null; message = reader.next()) {
                        if (message instanceof RtspMessage.Request request) {
                            socket.getOutputStream().write(answer(request).getBytes(StandardCharsets.UTF_8));
                        }
                    }
                } catch (IOException | ProtocolException e) {
                    // The client went, or the test is over.
                }
            }
        }

        private String answer(RtspMessage.Request request) {
            String number = request.headers().first("CSeq").orElse("0");
            if (!request.method().equals("DESCRIBE")) {
                return "RTSP/1.0 200 OK\r\nCSeq: " + number + "\r\n\r\n";
            }
            described.incrementAndGet();
            return "RTSP/1.0 302 Found\r\nCSeq: " + number + "\r\nLocation: " + location + "\r\n\r\n";
        }

        @Override
        public void close() throws IOException {
            listening.close();
        }
    }

    @Test
    void leadToAnotherPortOfTheSameHost() throws Exception {
        try (RtspServer server = RtspServer.start(RtspServerSettings.of(LOOPBACK, 0, Authenticator.openToAll()));
                Redirector redirector = new Redirector()) {
            LiveStream stream = new LiveStream(List.of(Synthetic.video(Codec.H264)));
            for (VideoUnit unit : new Synthetic(Codec.H264, 1).pictures("IP", 2_000)) {
                stream.publish(unit);
            }
            server.mount("/live", stream);
            redirector.location = "rtsp://localhost:" + server.port() + "/live";
            try (RtspPlayback playback = RtspClient.open(Patient.request(new URI(redirector.address())))) {
                assertThat(playback.next()).isNotNull();
            }
            assertThat(redirector.described).hasValue(1);
        }
    }

    @Test
    void leadNowhereElse() throws Exception {
        try (Redirector redirector = new Redirector()) {
            RtspRequest request = Patient.request(new URI(redirector.address()));
            for (String elsewhere : List.of(
                    "rtsp://camera.example/live",
                    "rtsp://127.0.0.2/live",
                    "http://localhost/live",
                    "rtsp://user:secret@localhost/live",
                    "rtsp://user:secret@camera.example/live",
                    "/live",
                    "not a URI",
                    "")) {
                redirector.location = elsewhere;
                assertThatThrownBy(() -> RtspClient.open(request))
                        .as(elsewhere)
                        .isInstanceOf(ProtocolException.class)
                        .hasMessageNotContaining("secret");
            }
        }
    }

    @Test
    void leadInACircleFourTimesAtMost() throws Exception {
        try (Redirector redirector = new Redirector()) {
            redirector.location = redirector.address();
            RtspRequest request = Patient.request(new URI(redirector.address()));
            assertThatThrownBy(() -> RtspClient.open(request))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("redirected more than 3 times");
            assertThat(redirector.described).hasValue(4);
        }
    }
}
