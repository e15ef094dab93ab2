package org.camseal.streaming.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.Patient;
import org.camseal.streaming.RefusedException;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.Transport;
import org.camseal.streaming.peer.TestTls;
import org.camseal.streaming.server.Authenticator;
import org.camseal.streaming.server.LiveStream;
import org.camseal.streaming.server.RtspServer;
import org.camseal.streaming.server.RtspServerSettings;
import org.camseal.streaming.server.RtspServerSettings.ClientCertificates;
import org.camseal.streaming.srtp.Mki;
import org.camseal.streaming.srtp.SrtpKey;
import org.camseal.streaming.srtp.SrtpProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client exchanges the key of SRTP in time, and loses nothing by it. */
@Timeout(60)
class KeyRenewalTest {
    private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path directory;

    private final Random random = new Random(5);
    private final SrtpKey first = SrtpKey.random(PROFILE, random);
    private final KeyRenewal renewal =
            new KeyRenewal(new KeyLifetime(1_000, Duration.ofSeconds(60)), Mki.of(1), random, 0);

    @Test
    void aKeyIsExchangedByCountOrByAge() throws Exception {
        assertThat(renewal.due(first, 999, 59 * SECOND)).isEmpty();
        KeyRenewal.Next next = renewal.due(first, 1_000, SECOND).orElseThrow();
        assertThat(next.key().profile()).isEqualTo(PROFILE);
        assertThat(next.key()).isNotEqualTo(first);
        assertThat(next.mki()).isNotEqualTo(Mki.of(1));
        assertThat(renewal.due(first, 1_001, 2 * SECOND))
                .as("the answer is to come")
                .isEmpty();
        assertThat(renewal.answered(200, 1_100, 3 * SECOND)).contains(next);
        assertThat(renewal.due(next.key(), 2_099, 62 * SECOND)).isEmpty();
        assertThat(renewal.due(next.key(), 2_099, 63 * SECOND)).isPresent();
    }

    @Test
    void aServerThatDoesNotWantToIsAskedThreeTimes() throws Exception {
        for (int i = 1; i <= 2; i++) {
            assertThat(renewal.due(first, 1_000, i * SECOND)).isPresent();
            assertThat(renewal.answered(463, 1_000, i * SECOND)).isEmpty();
        }
        assertThat(renewal.due(first, 1_000, 3 * SECOND)).isPresent();
        assertThatThrownBy(() -> renewal.answered(463, 1_000, 3 * SECOND))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(463))
                .hasMessageContaining("open the stream again");
    }

    @Test
    void noAnswerIsNoToo() throws Exception {
        for (long second = 0; second < 90; second += 30) {
            assertThat(renewal.due(first, 1_000, second * SECOND)).isPresent();
            assertThat(renewal.due(first, 1_000, (second + 29) * SECOND)).isEmpty();
        }
        assertThatThrownBy(() -> renewal.due(first, 1_000, 90 * SECOND)).isInstanceOf(RefusedException.class);
    }

    /** Keys that live for 50 ms, while pictures go on and on: none is lost, and some were exchanged. */
    @ParameterizedTest
    @EnumSource(names = {"TCP", "UDP"})
    void everyPictureArrivesAcrossTheExchange(Transport transport) throws Exception {
        TestTls tls = TestTls.make(directory);
        try (RtspServer server = RtspServer.start(
                        RtspServerSettings.of(InetAddress.getLoopbackAddress(), 0, Authenticator.openToAll())
                                .withTls(tls.server(), ClientCertificates.NOT_ASKED));
                LiveStream stream = new LiveStream(List.of(Synthetic.video(Codec.H264)))) {
            server.mount("/live", stream);
            Synthetic source = new Synthetic(Codec.H264, 1);
            VideoUnit picture = source.picture('I', 3_000);
            stream.publish(picture);
            RtspRequest request = Patient.request(new URI("rtsps://localhost:" + server.port() + "/live?srtp=1"))
                    .withTls(tls.client().getSocketFactory(), HostCheck.BY_CERTIFICATE_NAME)
                    .withSrtp(SrtpDemand.MIKEY, transport)
                    .withKeyLifetime(new KeyLifetime(1L << 40, Duration.ofMillis(50)));
            try (LivePlayback playback = (LivePlayback) RtspClient.open(request)) {
                SrtpKey before = playback.keysInUse().getFirst();
                boolean exchanged = false;
                for (int i = 0; i < 10 || !exchanged; i++) {
                    AccessUnit received = playback.next();
                    assertThat(Synthetic.nals(
                                    List.of(Optional.ofNullable(received).orElseThrow())))
                            .isEqualTo(picture.nalUnits());
                    exchanged = exchanged || !playback.keysInUse().getFirst().equals(before);
                    picture = source.picture('P', 3_000);
                    stream.publish(picture);
                }
                assertThat(playback.next()).as("under the next key").isNotNull();
                assertThat(playback.reception().getFirst().malformedPackets()).isZero();
            }
        }
    }
}
