package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.Patient;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.rtp.H264Packetizer;
import org.camseal.streaming.server.LiveStreamSettings.Start;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reader that does not keep up loses whole groups of pictures, and nobody else notices. */
@Timeout(60)
class SlowReaderTest {
    private static final LiveStreamSettings SMALL = new LiveStreamSettings(Start.CURRENT_GROUP, 1 << 16, 1 << 20);

    /** Publishes pictures of about 10 000 bytes and spells what a subscription of 64 KiB gets of them. */
    private static String spell(String published, int takenAfter) throws Exception {
        LiveStream stream = new LiveStream(List.of(Synthetic.video(Codec.H264)), SMALL);
        Subscription subscription = stream.subscribe(Set.of(1));
        StringBuilder taken = new StringBuilder();
        Synthetic source = new Synthetic(Codec.H264, 1);
        for (int i = 0; i < published.length(); i++) {
            stream.publish(source.picture(published.charAt(i), 10_000));
            if (i >= takenAfter) {
                taken.append(letter(Objects.requireNonNull(subscription.take())));
            }
        }
        stream.close();
        for (Feed.Taken next = subscription.take(); next != null; next = subscription.take()) {
            taken.append(letter(next));
        }
        return taken.toString();
    }

    private static char letter(Feed.Taken taken) {
        return taken.unit().weight() == PacketizedUnit.Weight.KEY ? 'I' : 'P';
    }

    @Test
    void wholeGroupsAreLostAndPlayingGoesOnAtAKeyPicture() throws Exception {
        assertThat(spell("IPPIPP", 99)).isEqualTo("IPPIPP"); // six fit
        assertThat(spell("IPPIPPPPPP", 99)).isEqualTo("IPP"); // the second group does not fit whole: it is left out
        assertThat(spell("IPPIPPPPIPPIPP", 8)).isEqualTo("IPPIPPIPP"); // room again: on with the next key picture
        assertThat(spell("IPPPPPPPPPIPP", 99)).isEqualTo("IPP"); // a group larger than the queue
    }

    @Test
    void theLossShowsAsAGapInSequenceNumbers() throws Exception {
        LiveStream stream = new LiveStream(List.of(Synthetic.video(Codec.H264)), SMALL);
        Subscription subscription = stream.subscribe(Set.of(1));
        Synthetic source = new Synthetic(Codec.H264, 1);
        int packets = 0;
        for (VideoUnit unit : source.pictures("IPPPPPPP", 10_000)) {
            stream.publish(unit);
            packets += new H264Packetizer().packetize(unit).size();
        }
        stream.publish(source.picture('I', 10_000));
        Feed.Taken next = Objects.requireNonNull(subscription.take());
        assertThat(next.lostPackets()).isEqualTo(packets);
        assertThat(subscription.lostUnits()).isEqualTo(8);
    }

    @Test
    void aNewReaderStartsAtTheKeyPictureOfTheCurrentGroupOrTheNext() throws Exception {
        for (Start start : Start.values()) {
            LiveStream stream = new LiveStream(
                    List.of(Synthetic.video(Codec.H264)), new LiveStreamSettings(start, 1 << 20, 1 << 20));
            Synthetic source = new Synthetic(Codec.H264, 1);
            for (VideoUnit unit : source.pictures("IPPIP", 1_000)) {
                stream.publish(unit);
            }
            Subscription subscription = stream.subscribe(Set.of(1));
            for (VideoUnit unit : source.pictures("PPIP", 1_000)) {
                stream.publish(unit);
            }
            stream.close();
            StringBuilder taken = new StringBuilder();
            for (Feed.Taken next = subscription.take(); next != null; next = subscription.take()) {
                taken.append(letter(next));
            }
            assertThat(taken.toString()).isEqualTo(start == Start.CURRENT_GROUP ? "IPPPIP" : "IP");
            assertThat(subscription.lostUnits()).isEqualTo(start == Start.CURRENT_GROUP ? 0 : 2);
        }
    }

    @Test
    void aReaderThatTakesNothingHoldsUpNobodyAndIsDisconnected() throws Exception {
        List<RtspServerEvent> events = new CopyOnWriteArrayList<>();
        RtspServerLimits limits = new RtspServerLimits(
                16, 16, 16, 10, Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(1));
        RtspServerSettings settings = RtspServerSettings.of(
                        InetAddress.getLoopbackAddress(), 0, Authenticator.openToAll())
                .withLimits(limits)
                .withEvents(events::add);
        LiveStream stream = new LiveStream(List.of(Synthetic.video(Codec.H264)));
        Synthetic source = new Synthetic(Codec.H264, 1);
        List<AccessUnit> sent = new ArrayList<>(source.pictures("IP", 100_000));
        for (AccessUnit unit : sent) {
            stream.publish(unit);
        }
        try (RtspServer server = RtspServer.start(settings);
                Socket lazy = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            server.mount("/live", stream);
            playWithoutReading(lazy, server.port());
            try (RtspPlayback playback =
                    RtspClient.open(Patient.request(new URI("rtsp://localhost:" + server.port() + "/live")))) {
                List<NalUnit> received = new ArrayList<>();
                received.addAll(nals(playback, sent.size()));
                for (int i = 0; i < 400; i++) {
                    VideoUnit unit = source.picture(i % 10 == 0 ? 'I' : 'P', 100_000);
                    stream.publish(unit);
                    sent.add(unit);
                    received.addAll(nals(playback, 1));
                }
                assertThat(received.equals(Synthetic.nals(sent))).isTrue();
                while (events.stream().noneMatch(RtspServerEvent.SessionEnded.class::isInstance)) {
                    Thread.sleep(20);
                }
                assertThat(events.toString()).contains("took nothing");
            }
        }
    }

    private static List<NalUnit> nals(RtspPlayback playback, int pictures) throws Exception {
        List<AccessUnit> units = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            AccessUnit unit = playback.next();
            assertThat(unit).isNotNull();
            units.add(unit);
        }
        return Synthetic.nals(units);
    }

    private static void playWithoutReading(Socket socket, int port) throws Exception {
        String uri = "rtsp://localhost:" + port + "/live";
        String session = request(
                        socket,
                        "SETUP " + uri + "/track1 RTSP/1.0\r\nCSeq: 1\r\n"
                                + "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n")
                .replaceAll("(?s).*Session: ([0-9a-f]+).*", "$1");
        socket.getOutputStream()
                .write(("PLAY " + uri + " RTSP/1.0\r\nCSeq: 2\r\nSession: " + session + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static String request(Socket socket, String text) throws Exception {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\n")) {
            answer.append((char) socket.getInputStream().read());
        }
        return answer.toString();
    }
}
