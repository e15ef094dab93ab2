package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.Login;
import org.camseal.streaming.Patient;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.Transport;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.client.RtspRequest;
import org.camseal.streaming.client.TrackReception;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our client reads from our server. */
@Timeout(60)
class LoopbackTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @ParameterizedTest
    @CsvSource({"H264, TCP", "H264, UDP", "H265, TCP", "H265, UDP"})
    void everyNalUnitAndFrameArrivesAsItWasSent(Codec codec, Transport transport) throws Exception {
        Login login = new Login("guard", "correct horse");
        LiveStream stream = new LiveStream(List.of(Synthetic.video(codec), Synthetic.audio()));
        Synthetic source = new Synthetic(codec, 1);
        try (RtspServer server =
                RtspServer.start(RtspServerSettings.of(LOOPBACK, 0, Authenticator.digest("camera", List.of(login))))) {
            server.mount("/live", stream);
            List<AccessUnit> sent = new ArrayList<>();
            for (VideoUnit picture : source.pictures("IPPPIPP", 30_000)) {
                publish(stream, picture, sent);
                publish(stream, source.sound(), sent);
            }
            RtspRequest request = Patient.request(new URI("rtsp://localhost:" + server.port() + "/live"))
                    .withLogin(login)
                    .withTransport(transport);
            try (RtspPlayback playback = RtspClient.open(request)) {
                for (VideoUnit picture : source.pictures("PPIPP", 30_000)) {
                    publish(stream, picture, sent);
                    publish(stream, source.sound(), sent);
                }
                stream.close();
                List<AccessUnit> received = drain(playback);
                List<AccessUnit> group = sent.subList(8, sent.size()); // from the current group of pictures on
                assertThat(Synthetic.nals(received)).isEqualTo(Synthetic.nals(group));
                assertThat(frames(received)).isEqualTo(frames(group));
                assertThat(video(received).stream().map(VideoUnit::capturedAt))
                        .allSatisfy(at -> assertThat(at).isAfter(Synthetic.START.minusMillis(1)))
                        .isEqualTo(
                                video(group).stream().map(VideoUnit::capturedAt).toList());
                assertThat(playback.reception())
                        .allSatisfy(track -> assertThat(track.clock()).isEqualTo(TrackReception.CaptureClock.SENDER));
                assertThat(video(received).getFirst().presentationTime().toDuration())
                        .isEqualTo(Duration.ZERO);
            }
        }
    }

    private static void publish(LiveStream stream, AccessUnit unit, List<AccessUnit> sent) throws Exception {
        stream.publish(unit);
        sent.add(unit);
    }

    private static List<AccessUnit> drain(RtspPlayback playback) throws Exception {
        List<AccessUnit> units = new ArrayList<>();
        for (AccessUnit unit = playback.next(); unit != null; unit = playback.next()) {
            units.add(unit);
        }
        return units;
    }

    private static List<VideoUnit> video(List<AccessUnit> units) {
        return units.stream()
                .filter(VideoUnit.class::isInstance)
                .map(VideoUnit.class::cast)
                .toList();
    }

    private static List<String> frames(List<AccessUnit> units) {
        return units.stream()
                .filter(AudioUnit.class::isInstance)
                .map(unit -> HexFormat.of().formatHex(((AudioUnit) unit).frame()))
                .toList();
    }
}
