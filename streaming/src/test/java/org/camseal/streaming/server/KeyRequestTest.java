package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.camseal.media.Codec;
import org.camseal.streaming.Patient;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.Transport;
import org.camseal.streaming.client.HostCheck;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.client.RtspRequest;
import org.camseal.streaming.client.SrtpDemand;
import org.camseal.streaming.peer.TestTls;
import org.camseal.streaming.rtp.Rtcp;
import org.camseal.streaming.rtp.RtcpCodec;
import org.camseal.streaming.server.RtspServerSettings.ClientCertificates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reader's request of a key picture reaches the source: over each transport, not too often, and from nobody else. */
@Timeout(60)
class KeyRequestTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private static Path directory;

    private static TestTls tls;

    private final AtomicLong now = new AtomicLong();
    private final Semaphore asked = new Semaphore(0);

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = TestTls.make(directory);
    }

    private LiveStream stream() throws Exception {
        LiveStream stream = new LiveStream(
                List.of(Synthetic.video(Codec.H264), Synthetic.audio()), LiveStreamSettings.STANDARD, now::get);
        stream.onKeyRequest(asked::release);
        Synthetic source = new Synthetic(Codec.H264, 1);
        stream.publish(source.picture('I', 2_000));
        stream.publish(source.picture('P', 2_000));
        return stream;
    }

    @ParameterizedTest
    @CsvSource({"rtsp, TCP, NONE", "rtsp, UDP, NONE", "rtsps, TCP, NONE", "rtsps, TCP, MIKEY", "rtsps, UDP, MIKEY"})
    void aReadersRequestReachesTheSource(String scheme, Transport transport, SrtpDemand srtp) throws Exception {
        RtspServerSettings settings = RtspServerSettings.of(LOOPBACK, 0, Authenticator.openToAll());
        boolean secure = scheme.equals("rtsps");
        try (RtspServer server = RtspServer.start(
                        secure ? settings.withTls(tls.server(), ClientCertificates.NOT_ASKED) : settings);
                LiveStream stream = stream()) {
            server.mount("/live", stream);
            URI uri = new URI(
                    scheme + "://localhost:" + server.port() + "/live" + (srtp == SrtpDemand.NONE ? "" : "?srtp=1"));
            RtspRequest request =
                    Patient.request(uri).withTls(tls.client().getSocketFactory(), HostCheck.BY_CERTIFICATE_NAME);
            try (RtspPlayback playback = RtspClient.open(
                    srtp == SrtpDemand.NONE ? request.withTransport(transport) : request.withSrtp(srtp, transport))) {
                assertThat(playback.next()).isNotNull();
                assertThat(asked.availablePermits()).isZero();
                playback.requestKeyFrame();
                assertThat(asked.tryAcquire(50, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void requestsAreHandedOnOnceASecond() throws Exception {
        try (LiveStream stream = stream()) {
            for (int i = 0; i < 1_000; i++) {
                stream.requestKey();
            }
            assertThat(asked.drainPermits()).isEqualTo(1);
            now.addAndGet(SECOND - 1);
            stream.requestKey();
            assertThat(asked.drainPermits()).isZero();
            now.addAndGet(1);
            stream.requestKey();
            assertThat(asked.drainPermits()).isEqualTo(1);
        }
    }

    @Test
    void onlyOfWhatIsPlayed() throws Exception {
        try (LiveStream stream = stream();
                UdpSockets sockets = UdpSockets.open(LOOPBACK)) {
            Session session = new Session(
                    "id", new Session.Owner(LOOPBACK, "", new Standing.OfAnybody()), "/live", stream, now::get);
            TrackSender sender = sender(sockets, 7);
            session.setUp(sender);
            Reporter reporter = new Reporter(session, null);
            hear(reporter, new Rtcp.PictureLoss(1, 7));
            assertThat(asked.drainPermits()).as("not yet").isZero();
            session.play(stream);
            hear(reporter, new Rtcp.PictureLoss(1, 8));
            hear(reporter, new Rtcp.FullIntraRequest(1, List.of(new Rtcp.FullIntraRequest.Entry(8, 1))));
            assertThat(asked.drainPermits()).as("another source").isZero();
            hear(reporter, new Rtcp.FullIntraRequest(1, List.of(new Rtcp.FullIntraRequest.Entry(7, 1))));
            assertThat(asked.drainPermits()).as("positive control").isEqualTo(1);
        }
    }

    private TrackSender sender(UdpSockets sockets, int ssrc) {
        InetSocketAddress nobody = new InetSocketAddress(LOOPBACK, 9);
        Carrier nowhere = new Carrier.Datagrams(sockets, nobody, nobody);
        return new TrackSender(Synthetic.video(Codec.H264), nowhere, "name", ssrc, new Random(1), now::get);
    }

    private static void hear(Reporter reporter, Rtcp rtcp) {
        byte[] packet = RtcpCodec.write(List.of(new Rtcp.ReceiverReport(1, List.of()), rtcp));
        reporter.heard(packet, packet.length);
    }
}
