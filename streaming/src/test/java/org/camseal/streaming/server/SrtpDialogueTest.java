package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.camseal.media.Codec;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.mikey.KeyManagement;
import org.camseal.streaming.mikey.MikeyMessage;
import org.camseal.streaming.peer.TestTls;
import org.camseal.streaming.rtsp.RtspHeaders;
import org.camseal.streaming.rtsp.RtspMessage;
import org.camseal.streaming.rtsp.RtspMessage.Request;
import org.camseal.streaming.rtsp.RtspMessage.Response;
import org.camseal.streaming.rtsp.RtspReader;
import org.camseal.streaming.rtsp.TransportSpec;
import org.camseal.streaming.sdp.Offer;
import org.camseal.streaming.server.RtspServerSettings.ClientCertificates;
import org.camseal.streaming.srtp.Mki;
import org.camseal.streaming.srtp.SrtpKey;
import org.camseal.streaming.srtp.SrtpProfile;
import org.camseal.streaming.srtp.SrtpReceiver;
import org.camseal.streaming.srtp.Unprotected;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Request by request: what a server answers to those who ask for SRTP, rightly and wrongly. */
@Timeout(60)
class SrtpDialogueTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String SAVP_TCP = "RTP/SAVP/TCP;unicast;interleaved=0-1";

    @TempDir
    private static Path directory;

    private static TestTls tls;

    private RtspServer server;
    private Socket socket;
    private RtspReader reader;
    private int cseq;
    private String session = "";

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = TestTls.make(directory);
    }

    @BeforeEach
    void start() throws Exception {
        open(RtspServerSettings.of(LOOPBACK, 0, Authenticator.openToAll())
                .withTls(tls.server(), ClientCertificates.NOT_ASKED));
    }

    private void open(RtspServerSettings settings) throws Exception {
        server = RtspServer.start(settings);
        LiveStream stream = new LiveStream(List.of(Synthetic.video(Codec.H264)));
        stream.publish(new Synthetic(Codec.H264, 1).picture('I', 3_000));
        server.mount("/live", stream);
        socket = settings.tls() == null
                ? new Socket(LOOPBACK, server.port())
                : tls.client().getSocketFactory().createSocket(LOOPBACK, server.port());
        reader = new RtspReader(socket.getInputStream(), 65_536);
    }

    @AfterEach
    void stop() throws Exception {
        socket.close();
        server.close();
    }

    private Response ask(String method, String path, RtspHeaders headers) throws Exception {
        return ask(method, path, headers, "");
    }

    private Response ask(String method, String path, RtspHeaders headers, String body) throws Exception {
        RtspHeaders all = headers.with("CSeq", Integer.toString(++cseq));
        all = session.isEmpty() ? all : all.with("Session", session);
        socket.getOutputStream().write(new Request(method, "rtsps://c" + path, all, body).toBytes());
        while (true) {
            if (reader.next() instanceof Response response) {
                return response;
            }
        }
    }

    private RtspMessage.Frame frame() throws Exception {
        return (RtspMessage.Frame) Objects.requireNonNull(reader.next());
    }

    private MikeyMessage describe() throws Exception {
        Response response = ask("DESCRIBE", "/live?srtp=1", RtspHeaders.NONE);
        String value = Offer.parse(response.body())
                .tracks()
                .getFirst()
                .keying()
                .keyManagement()
                .orElseThrow();
        return MikeyMessage.parseBase64(KeyManagement.dataOfAttribute(value).orElseThrow());
    }

    private Response setUp(String transport, String keyMgmt) throws Exception {
        RtspHeaders headers = RtspHeaders.NONE.with("Transport", transport);
        return ask("SETUP", "/live/track1", keyMgmt.isEmpty() ? headers : headers.with("KeyMgmt", keyMgmt));
    }

    @Test
    void theAnswerNamesTheSourceThatTheMessageNamed() throws Exception {
        MikeyMessage message = describe();
        Response response = setUp(SAVP_TCP, "");
        assertThat(response.status()).isEqualTo(200);
        TransportSpec given = TransportSpec.parse(
                        response.headers().first("Transport").orElseThrow())
                .getFirst();
        assertThat(given.protocol()).isEqualTo("RTP/SAVP/TCP");
        assertThat(given.ssrc()).isEqualTo(message.sessions().getFirst().ssrc());
    }

    @Test
    void packetsAreUnderTheDescribedKeyWithTheMkiThatIsEchoed() throws Exception {
        MikeyMessage message = describe();
        Response response = setUp(SAVP_TCP, KeyManagement.header("rtsps://c/live/track1", message));
        session = response.headers().first("Session").orElseThrow().split(";", 2)[0];
        assertThat(ask("PLAY", "/live", RtspHeaders.NONE).status()).isEqualTo(200);
        SrtpReceiver receiver = new SrtpReceiver(message.key(), message.mki());
        RtspMessage.Frame report = frame();
        assertThat(report.channel()).isEqualTo(1);
        assertThat(receiver.control(report.bytes().clone(), report.bytes().length))
                .isInstanceOf(Unprotected.Clear.class);
        RtspMessage.Frame packet = frame();
        assertThat(packet.channel()).isZero();
        assertThat(receiver.media(packet.bytes().clone(), packet.bytes().length))
                .isInstanceOf(Unprotected.Clear.class);
    }

    /** The reader's next key: asked for, with the counters of now, exchanged, and used from the next packet on. */
    @Test
    void aSessionGoesOnUnderAnotherKey() throws Exception {
        MikeyMessage first = describe();
        Response response = setUp(SAVP_TCP, KeyManagement.header("rtsps://c/live/track1", first));
        session = response.headers().first("Session").orElseThrow().split(";", 2)[0];
        Response told = ask("GET_PARAMETER", "/live", RtspHeaders.NONE, "mikey\r\n");
        assertThat(told.status()).isEqualTo(200);
        MikeyMessage now = MikeyMessage.parseBase64(told.body().substring("mikey:".length()));
        assertThat(now.key()).isEqualTo(first.key());
        assertThat(now.sessions()).isEqualTo(first.sessions());
        SrtpKey next = SrtpKey.random(first.key().profile(), new Random(9));
        SrtpKey other = SrtpKey.random(SrtpProfile.AEAD_AES_128_GCM, new Random(9));
        assertThat(renew(now, next, null)).as("no MKI").isEqualTo(463);
        assertThat(renew(now, next, now.mki())).as("the same MKI").isEqualTo(463);
        assertThat(renew(now, other, Mki.of(7))).as("another profile").isEqualTo(463);
        assertThat(ask("SET_PARAMETER", "/live", RtspHeaders.NONE, "mikey: AAAA")
                        .status())
                .isEqualTo(463);
        assertThat(ask("SET_PARAMETER", "/live", RtspHeaders.NONE, "gain: 7").status())
                .isEqualTo(451);
        assertThat(renew(now, next, Mki.of(7))).isEqualTo(200);
        assertThat(ask("PLAY", "/live", RtspHeaders.NONE).status()).isEqualTo(200);
        frame();
        RtspMessage.Frame packet = frame();
        SrtpReceiver receiver = new SrtpReceiver(first.key(), first.mki());
        assertThat(receiver.media(packet.bytes().clone(), packet.bytes().length))
                .isEqualTo(new Unprotected.Refused(Unprotected.Reason.UNKNOWN_KEY));
        receiver.accept(next, Mki.of(7));
        assertThat(receiver.media(packet.bytes().clone(), packet.bytes().length))
                .isInstanceOf(Unprotected.Clear.class);
    }

    private int renew(MikeyMessage now, SrtpKey key, @Nullable Mki mki) throws Exception {
        MikeyMessage message = new MikeyMessage(now.bundle(), now.sessions(), now.time(), now.rand(), key, mki);
        return ask("SET_PARAMETER", "/live", RtspHeaders.NONE, "mikey: " + message.toBase64() + "\r\n")
                .status();
    }

    @Test
    void aKeyIsForOneSession() throws Exception {
        assertThat(setUp(SAVP_TCP, "").status()).as("nothing was described").isEqualTo(463);
        describe();
        Response first = setUp(SAVP_TCP, "");
        assertThat(first.status()).isEqualTo(200);
        session = first.headers().first("Session").orElseThrow().split(";", 2)[0];
        assertThat(ask("TEARDOWN", "/live", RtspHeaders.NONE).status()).isEqualTo(200);
        session = "";
        assertThat(setUp(SAVP_TCP, "").status()).as("the same key once more").isEqualTo(463);
        describe();
        assertThat(setUp(SAVP_TCP, "").status()).as("a fresh one").isEqualTo(200);
    }

    @Test
    void whatCannotBeReadIsAKeyManagementFailure() throws Exception {
        describe();
        assertThat(setUp(SAVP_TCP, "prot=mikey; data=\"AAAA\"").status()).isEqualTo(463);
        assertThat(setUp(SAVP_TCP, "prot=unknown; data=\"AAAA\"").status()).isEqualTo(463);
        assertThat(setUp(SAVP_TCP, "").status()).as("positive control").isEqualTo(200);
    }

    @Test
    void noRtpByUdpBesideTls() throws Exception {
        describe();
        assertThat(setUp("RTP/AVP;unicast;client_port=5000-5001", "").status()).isEqualTo(461);
        assertThat(setUp("RTP/SAVP;unicast;client_port=5000-5001", "").status()).isEqualTo(200);
    }

    @Test
    void noSrtpWithoutTls() throws Exception {
        stop();
        open(RtspServerSettings.of(LOOPBACK, 0, Authenticator.openToAll())
                .withSrtp(SrtpOffer.STANDARD.with(SrtpOffer.Described.ALONE)));
        Response described = ask("DESCRIBE", "/live?srtp=1", RtspHeaders.NONE);
        assertThat(described.body()).contains("RTP/AVP").doesNotContain("SAVP", "key-mgmt", "crypto");
        assertThat(setUp(SAVP_TCP, "").status()).isEqualTo(461);
        assertThat(setUp("RTP/SAVP;unicast;client_port=5000-5001", "").status()).isEqualTo(461);
        assertThat(setUp("RTP/AVP/TCP;unicast;interleaved=0-1", "").status()).isEqualTo(200);
    }
}
