package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.Patient;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.RefusedException;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.Transport;
import org.camseal.streaming.client.HostCheck;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.client.RtspRequest;
import org.camseal.streaming.client.SrtpDemand;
import org.camseal.streaming.client.TrackReception;
import org.camseal.streaming.mikey.MikeyMessage;
import org.camseal.streaming.peer.TestTls;
import org.camseal.streaming.rtsp.RtspHeaders;
import org.camseal.streaming.rtsp.RtspMessage.Request;
import org.camseal.streaming.rtsp.RtspMessage.Response;
import org.camseal.streaming.rtsp.RtspReader;
import org.camseal.streaming.server.RtspServerSettings.ClientCertificates;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One group for all who hear it: what arrives, under which key, and when there is none. On the loopback network. */
@Timeout(60)
class MulticastTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String GROUP = "239.255.77.1";

    @TempDir
    private static Path directory;

    private static TestTls tls;

    private final Synthetic source = new Synthetic(Codec.H264, 1);
    private final List<VideoUnit> sent = new ArrayList<>();
    private Multicast multicast;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = TestTls.make(directory);
    }

    @BeforeEach
    void chooseGroup() throws Exception {
        multicast = new Multicast(
                InetAddress.ofLiteral(GROUP), freePorts(), 1, NetworkInterface.getByInetAddress(LOOPBACK));
    }

    /** The first of four that were free a moment ago. */
    private static int freePorts() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            return Math.min(socket.getLocalPort() & ~1, 65_500);
        }
    }

    private static RtspServerSettings settings() {
        return RtspServerSettings.of(LOOPBACK, 0, Authenticator.openToAll());
    }

    private LiveStream stream() throws Exception {
        LiveStream stream = new LiveStream(List.of(Synthetic.video(Codec.H264), Synthetic.audio()));
        publish(stream, "IP");
        return stream;
    }

    private void publish(LiveStream stream, String letters) throws Exception {
        for (VideoUnit picture : source.pictures(letters, 3_000)) {
            stream.publish(picture);
            sent.add(picture);
            stream.publish(source.sound());
        }
    }

    private static RtspRequest request(RtspServer server, String scheme) throws Exception {
        return Patient.request(new URI(scheme + "://localhost:" + server.port() + "/live?multicast=1"))
                .withTls(tls.client().getSocketFactory(), HostCheck.BY_CERTIFICATE_NAME);
    }

    /** The next one: sound comes by ports of its own, and may be there before. */
    private static List<NalUnit> picture(RtspPlayback playback) throws Exception {
        AccessUnit unit = playback.next();
        while (unit instanceof AudioUnit) {
            unit = playback.next();
        }
        return unit instanceof VideoUnit picture ? picture.nalUnits() : List.of();
    }

    private static List<AccessUnit> drain(RtspPlayback playback) throws Exception {
        List<AccessUnit> units = new ArrayList<>();
        for (AccessUnit unit = playback.next(); unit != null; unit = playback.next()) {
            units.add(unit);
        }
        return units;
    }

    /** The second comes while the first hears already; both get the same packets, of one subscription. */
    private void twoHearOneGroup(RtspServerSettings settings, String scheme, SrtpDemand srtp) throws Exception {
        LiveStream stream = stream();
        try (RtspServer server = RtspServer.start(settings)) {
            server.mount("/live", stream, multicast);
            RtspRequest bare = request(server, scheme);
            RtspRequest request = srtp == SrtpDemand.NONE
                    ? bare.withTransport(Transport.MULTICAST)
                    : bare.withSrtp(srtp, Transport.MULTICAST);
            try (RtspPlayback first = RtspClient.open(request)) {
                assertThat(picture(first)).isEqualTo(sent.getFirst().nalUnits());
                try (RtspPlayback second = RtspClient.open(request)) {
                    assertThat(stream.readers()).as("sent once").isEqualTo(1);
                    int before = sent.size();
                    publish(stream, "IPPP");
                    stream.close();
                    List<AccessUnit> heard = drain(second);
                    assertThat(Synthetic.nals(heard)).endsWith(array(sent.subList(before, sent.size())));
                    assertThat(second.reception()).allSatisfy(track -> {
                        assertThat(track.malformedPackets()).isZero();
                        assertThat(track.clock()).isEqualTo(TrackReception.CaptureClock.SENDER);
                    });
                }
                assertThat(Synthetic.nals(drain(first))).isEqualTo(Synthetic.nals(sent.subList(1, sent.size())));
            }
        }
    }

    private static NalUnit[] array(List<VideoUnit> units) {
        return Synthetic.nals(units).toArray(NalUnit[]::new);
    }

    @Test
    void rtpWhereThereIsNoTls() throws Exception {
        twoHearOneGroup(settings(), "rtsp", SrtpDemand.NONE);
    }

    @Test
    void srtpUnderOneKeyWhereThereIsTls() throws Exception {
        twoHearOneGroup(settings().withTls(tls.server(), ClientCertificates.NOT_ASKED), "rtsps", SrtpDemand.MIKEY);
    }

    private static void refused(RtspRequest request, int status) {
        assertThatThrownBy(() -> RtspClient.open(request))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void onlyWhereItIsConfigured() throws Exception {
        try (RtspServer server = RtspServer.start(settings());
                LiveStream stream = stream()) {
            server.mount("/live", stream);
            refused(request(server, "rtsp").withTransport(Transport.MULTICAST), 461);
            RtspRequest bare = Patient.request(new URI("rtsp://localhost:" + server.port() + "/live"));
            refused(bare.withTransport(Transport.MULTICAST), 461);
            server.mount("/group", stream, multicast);
            URI uri = new URI("rtsp://localhost:" + server.port() + "/group");
            try (RtspPlayback playback = RtspClient.open(Patient.request(uri).withTransport(Transport.MULTICAST))) {
                assertThat(playback.next()).as("positive control").isNotNull();
            }
        }
    }

    @Test
    void aGroupThatIsNoneIsNoSetting() {
        assertThatThrownBy(() -> new Multicast(LOOPBACK, 5_000, 1, null)).hasMessageContaining("no multicast address");
        assertThatThrownBy(() -> new Multicast(multicast.group(), 5_001, 1, null))
                .hasMessageContaining("even");
        assertThatThrownBy(() -> new Multicast(multicast.group(), 5_000, 0, null))
                .hasMessageContaining("time to live");
    }

    /** Inside TLS: never RTP to a group, and no SRTP without having been told the key that the group has now. */
    @Test
    void theKeyIsThatOfNow() throws Exception {
        try (RtspServer server = RtspServer.start(settings().withTls(tls.server(), ClientCertificates.NOT_ASKED));
                LiveStream stream = stream();
                Reader early = new Reader(server);
                Reader other = new Reader(server)) {
            server.mount("/live", stream, multicast);
            assertThat(early.setUp("RTP/AVP;multicast").status()).isEqualTo(461);
            assertThat(early.setUp("RTP/SAVP;multicast").status())
                    .as("nothing was described")
                    .isEqualTo(463);
            String first = early.describe();
            assertThat(other.describe()).isEqualTo(first).contains("c=IN IP4 " + GROUP + "/1", "key-mgmt:mikey");
            Response joined = other.setUp("RTP/SAVP;multicast");
            assertThat(joined.headers().first("Transport").orElseThrow())
                    .contains("multicast", "destination=" + GROUP, "port=" + multicast.port(), "ttl=1");
            String session = joined.headers().first("Session").orElseThrow().split(";", 2)[0];
            assertThat(other.ask("PLAY", "", RtspHeaders.NONE.with("Session", session))
                            .status())
                    .isEqualTo(200);
            assertThat(other.ask("TEARDOWN", "", RtspHeaders.NONE.with("Session", session))
                            .status())
                    .isEqualTo(200);
            assertThat(early.setUp("RTP/SAVP;multicast").status())
                    .as("the last has gone, and its key with it")
                    .isEqualTo(463);
            assertThat(early.describe()).isNotEqualTo(first);
            assertThat(early.setUp("RTP/SAVP;multicast").status()).isEqualTo(200);
        }
    }

    /** Request by request. */
    private static final class Reader implements AutoCloseable {
        private final Socket socket;
        private final RtspReader reader;
        private int cseq;

        Reader(RtspServer server) throws Exception {
            socket = tls.client().getSocketFactory().createSocket(LOOPBACK, server.port());
            reader = new RtspReader(socket.getInputStream(), 65_536);
        }

        Response ask(String method, String path, RtspHeaders headers) throws Exception {
            RtspHeaders all = headers.with("CSeq", Integer.toString(++cseq));
            socket.getOutputStream().write(new Request(method, "rtsps://c/live" + path, all).toBytes());
            return (Response) Objects.requireNonNull(reader.next());
        }

        /** Without the time and the randomness that each message has of its own. */
        String describe() throws Exception {
            String body = ask("DESCRIBE", "?multicast=1", RtspHeaders.NONE).body();
            return body.replaceAll("(key-mgmt:mikey ).*", "$1")
                    + body.lines()
                            .filter(line -> line.startsWith("a=key-mgmt:mikey "))
                            .map(line -> key(line.substring(17)))
                            .toList();
        }

        private static String key(String base64) {
            try {
                return HexFormat.of()
                        .formatHex(MikeyMessage.parseBase64(base64).key().keyAndSalt());
            } catch (ProtocolException e) {
                throw new AssertionError(e);
            }
        }

        Response setUp(String transport) throws Exception {
            return ask("SETUP", "/track1", RtspHeaders.NONE.with("Transport", transport));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
