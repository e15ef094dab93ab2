package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
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
import org.camseal.streaming.peer.TestTls;
import org.camseal.streaming.server.RtspServerSettings.ClientCertificates;
import org.camseal.streaming.server.SrtpOffer.Described;
import org.camseal.streaming.server.SrtpOffer.KeyExchange;
import org.camseal.streaming.srtp.SrtpProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our client plays SRTP from our server, and neither of them plays anything else in its place. */
@Timeout(60)
class SrtpLoopbackTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    private static Path directory;

    private static TestTls tls;

    @BeforeAll
    static void makeCertificate() throws Exception {
        tls = TestTls.make(directory);
    }

    private static RtspServer start(SrtpOffer offer) throws Exception {
        return RtspServer.start(RtspServerSettings.of(LOOPBACK, 0, Authenticator.openToAll())
                .withTls(tls.server(), ClientCertificates.NOT_ASKED)
                .withSrtp(offer));
    }

    private static RtspRequest request(RtspServer server, String query) throws Exception {
        return Patient.request(new URI("rtsps://localhost:" + server.port() + "/live" + query))
                .withTls(tls.client().getSocketFactory(), HostCheck.BY_CERTIFICATE_NAME);
    }

    private static List<AccessUnit> mount(RtspServer server) throws Exception {
        LiveStream stream = new LiveStream(List.of(Synthetic.video(Codec.H264), Synthetic.audio()));
        Synthetic source = new Synthetic(Codec.H264, 1);
        List<AccessUnit> sent = new ArrayList<>();
        for (VideoUnit picture : source.pictures("IPPP", 20_000)) {
            AudioUnit sound = source.sound();
            stream.publish(picture);
            stream.publish(sound);
            sent.addAll(List.of(picture, sound));
        }
        server.mount("/live", stream);
        return sent;
    }

    /** Plays what waits, then the end; everything must be there, and nothing refused. */
    private static void plays(RtspServer server, RtspRequest request, List<AccessUnit> sent) throws Exception {
        try (RtspPlayback playback = RtspClient.open(request)) {
            ((LiveStream) Objects.requireNonNull(server.mounted("/live"))).close();
            List<AccessUnit> received = new ArrayList<>();
            for (AccessUnit unit = playback.next(); unit != null; unit = playback.next()) {
                received.add(unit);
            }
            assertThat(Synthetic.nals(received)).isEqualTo(Synthetic.nals(sent));
            assertThat(received).hasSameSizeAs(sent);
            assertThat(playback.reception()).allSatisfy(track -> {
                assertThat(track.malformedPackets()).isZero();
                assertThat(track.clock()).isEqualTo(TrackReception.CaptureClock.SENDER);
            });
        }
    }

    private static boolean playsAnything(RtspRequest request) throws Exception {
        try (RtspPlayback playback = RtspClient.open(request)) {
            return playback.next() != null;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AES_CM_128_HMAC_SHA1_80, TCP",
        "AES_CM_128_HMAC_SHA1_80, UDP",
        "AES_CM_128_HMAC_SHA1_32, UDP",
        "AES_256_CM_HMAC_SHA1_80, UDP",
        "AEAD_AES_128_GCM, TCP",
        "AEAD_AES_128_GCM, UDP",
        "AEAD_AES_256_GCM, UDP"
    })
    void everyUnitArrivesUnderAKeyByMikey(SrtpProfile profile, Transport transport) throws Exception {
        SrtpOffer offer = new SrtpOffer(List.of(SrtpProfile.values()), Described.ON_REQUEST, KeyExchange.MIKEY);
        try (RtspServer server = start(offer)) {
            List<AccessUnit> sent = mount(server);
            plays(server, request(server, "?srtp=" + profile).withSrtp(SrtpDemand.MIKEY, transport), sent);
        }
    }

    @Test
    void bySdesOnlyWhereBothSidesWantIt() throws Exception {
        try (RtspServer server = start(SrtpOffer.STANDARD.with(KeyExchange.SDES))) {
            List<AccessUnit> sent = mount(server);
            assertThatThrownBy(
                            () -> RtspClient.open(request(server, "?srtp=1").withSrtp(SrtpDemand.MIKEY, Transport.UDP)))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("without a key by MIKEY");
            plays(server, request(server, "?srtp=1").withSrtp(SrtpDemand.MIKEY_OR_SDES, Transport.UDP), sent);
        }
    }

    @Test
    void whatIsDemandedIsKeptTo() throws Exception {
        try (RtspServer server = start(SrtpOffer.STANDARD)) {
            mount(server);
            assertThat(playsAnything(request(server, ""))).isTrue();
            assertThat(playsAnything(request(server, "?srtp=1").withSrtp(SrtpDemand.MIKEY, Transport.TCP)))
                    .isTrue();
            assertThatThrownBy(() -> RtspClient.open(request(server, "").withSrtp(SrtpDemand.MIKEY, Transport.TCP)))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("offered as RTP, and SRTP is demanded");
            assertThatThrownBy(() -> RtspClient.open(
                            request(server, "?srtp=AES_CM_128_HMAC_SHA1_32").withSrtp(SrtpDemand.MIKEY, Transport.TCP)))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.status()).isEqualTo(461));
        }
    }

    @Test
    void aServerOfSrtpAloneSendsNothingElse() throws Exception {
        try (RtspServer server = start(SrtpOffer.STANDARD.with(Described.ALONE))) {
            mount(server);
            assertThat(playsAnything(request(server, "").withSrtp(SrtpDemand.MIKEY, Transport.UDP)))
                    .isTrue();
            assertThatThrownBy(() -> RtspClient.open(request(server, "")))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.status()).isEqualTo(461))
                    .hasMessageContaining("it offers SRTP, which must be demanded");
            assertThatThrownBy(() -> RtspClient.open(request(server, "?srtp=0")))
                    .isInstanceOfSatisfying(
                            RefusedException.class, e -> assertThat(e.status()).isEqualTo(461));
        }
        try (RtspServer server = start(SrtpOffer.STANDARD.with(Described.FIRST))) {
            mount(server);
            assertThat(playsAnything(request(server, ""))).as("as ffmpeg does").isTrue();
            assertThat(playsAnything(request(server, "?srtp=0"))).isTrue();
        }
    }

    @Test
    void outsideTlsThereIsNoSrtp() throws Exception {
        try (RtspServer server = RtspServer.start(RtspServerSettings.of(LOOPBACK, 0, Authenticator.openToAll())
                .withSrtp(SrtpOffer.STANDARD.with(Described.ALONE)))) {
            mount(server);
            URI uri = new URI("rtsp://localhost:" + server.port() + "/live?srtp=1");
            assertThatThrownBy(() -> Patient.request(uri).withSrtp(SrtpDemand.MIKEY, Transport.TCP))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("without TLS");
            assertThat(playsAnything(Patient.request(uri))).as("as RTP").isTrue();
        }
    }
}
