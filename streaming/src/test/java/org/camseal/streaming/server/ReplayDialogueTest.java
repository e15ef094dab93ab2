package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.rtp.ReplayExtension;
import org.camseal.streaming.rtp.RtpPacket;
import org.camseal.streaming.rtsp.RtspHeaders;
import org.camseal.streaming.rtsp.RtspMessage;
import org.camseal.streaming.rtsp.RtspMessage.Frame;
import org.camseal.streaming.rtsp.RtspMessage.Request;
import org.camseal.streaming.rtsp.RtspMessage.Response;
import org.camseal.streaming.rtsp.RtspReader;
import org.camseal.streaming.server.RecordedGroups.Follows;
import org.camseal.streaming.server.RecordedGroups.Group;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Request by request and packet by packet: how a recording is replayed. */
@Timeout(120)
class ReplayDialogueTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String BEGIN = "clock=20261121T100000.123456Z-";

    private final Synthetic source = new Synthetic(Codec.H264, 1);
    private final FakeRecording recording = new FakeRecording(List.of(Synthetic.video(Codec.H264)));
    private final List<RtpPacket> packets = new ArrayList<>();
    private RtspServer server;
    private Socket socket;
    private RtspReader reader;
    private int cseq;
    private String session = "";
    private boolean saidGoodbye;

    @BeforeEach
    void start() throws Exception {
        server = RtspServer.start(RtspServerSettings.of(LOOPBACK, 0, Authenticator.openToAll()));
        server.mount("/replay/main", new ReplayStream(recording));
        LiveStream live = new LiveStream(List.of(Synthetic.video(Codec.H264)));
        live.publish(new Synthetic(Codec.H264, 1).picture('I', 3_000));
        server.mount("/main", live);
        recording.add(group(Follows.AFTER_GAP, 0));
        recording.add(group(Follows.CLOSELY, 0));
        recording.add(group(Follows.AFTER_GAP, 3_600));
        socket = new Socket(LOOPBACK, server.port());
        reader = new RtspReader(socket.getInputStream(), 65_536);
    }

    @AfterEach
    void stop() throws Exception {
        socket.close();
        server.close();
    }

    private Group group(Follows follows, int laterSeconds) {
        List<AccessUnit> units = new ArrayList<>();
        for (VideoUnit video : source.pictures("IPPPP", 3_000)) {
            Instant at = video.capturedAt().plusSeconds(laterSeconds);
            units.add(new VideoUnit(1, video.nalUnits(), video.decodeTime(), video.presentationTime(), at));
        }
        return new Group(units, follows);
    }

    private Response ask(String method, String path, String... headers) throws Exception {
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

    private void setUp() throws Exception {
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

    private void untilGoodbye() throws Exception {
        while (!saidGoodbye) {
            RtspMessage next = Objects.requireNonNull(reader.next());
            take((Frame) next);
        }
        saidGoodbye = false;
    }

    /** One word of flags for each unit that came, from its first packet: - for none. */
    private List<String> flags() throws Exception {
        List<String> words = new ArrayList<>();
        Integer timestamp = null;
        for (RtpPacket packet : packets) {
            boolean begins = timestamp == null || packet.timestamp() != timestamp;
            timestamp = packet.timestamp();
            if (begins) {
                ReplayExtension extension = ReplayExtension.of(packet).orElseThrow();
                StringBuilder word = new StringBuilder();
                for (ReplayExtension.Flag flag : ReplayExtension.Flag.values()) {
                    word.append(extension.flags().contains(flag) ? flag.name().charAt(0) : "");
                }
                words.add(word.isEmpty() ? "-" : word.toString());
            } else {
                assertThat(packet.extensionProfile()).isEqualTo(RtpPacket.NO_EXTENSION);
            }
        }
        return words;
    }

    @Test
    void eachUnitSaysWhatItIsInItsRecording() throws Exception {
        setUp();
        Response play = ask("PLAY", "/replay/main", "Range", BEGIN, "Rate-Control", "no");
        assertThat(play.status()).isEqualTo(200);
        assertThat(play.headers().first("Range")).contains(BEGIN);
        assertThat(play.headers().first("Rate-Control")).contains("no");
        untilGoodbye();
        assertThat(flags())
                .containsExactly(
                        "CD", "-", "-", "-", "-", "C", "-", "-", "-", "E", // a gap of an hour
                        "CD", "-", "-", "-", "ET");
        ReplayExtension first = ReplayExtension.of(packets.getFirst()).orElseThrow();
        assertThat(first.time().toInstant()).isEqualTo(Synthetic.START);
        assertThat(first.cseq()).isEqualTo(cseq);
    }

    @Test
    void theRangeEndsAndSoDoesThePlayback() throws Exception {
        setUp();
        ask("PLAY", "/replay/main", "Range", BEGIN + "20261121T100000.300Z", "Rate-Control", "no");
        untilGoodbye();
        assertThat(flags()).containsExactly("CD", "-", "-", "-", "T");
        packets.clear();
        assertThat(ask("PLAY", "/replay/main", "Range", "clock=20261121T105900Z-", "Rate-Control", "no")
                        .status())
                .isEqualTo(200);
        untilGoodbye();
        assertThat(flags()).as("in a gap: from the next group on").containsExactly("CD", "-", "-", "-", "ET");
    }

    @Test
    void keyPicturesAlone() throws Exception {
        setUp();
        ask("PLAY", "/replay/main", "Range", BEGIN, "Rate-Control", "no", "Frames", "intra");
        untilGoodbye();
        assertThat(flags()).containsExactly("CD", "CE", "CEDT");
        packets.clear();
        ask("PLAY", "/replay/main", "Range", BEGIN, "Rate-Control", "no", "Frames", "intra/1000");
        untilGoodbye();
        assertThat(flags()).containsExactly("CD", "CEDT");
    }

    @Test
    void afterAPauseItGoesOnWithTheVeryNextUnit() throws Exception {
        setUp();
        recording.recording = true;
        ask("PLAY", "/replay/main", "Range", BEGIN, "Require", "onvif-replay");
        while (packets.isEmpty()) {
            take((Frame) Objects.requireNonNull(reader.next()));
        }
        assertThat(ask("PAUSE", "/replay/main").status()).isEqualTo(200);
        int before = flags().size();
        recording.recording = false;
        Response again = ask("PLAY", "/replay/main", "Require", "onvif-replay");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.headers().first("RTP-Info").orElseThrow())
                .contains("seq=" + ((packets.getLast().sequence() + 1) & 0xffff));
        untilGoodbye();
        assertThat(flags()).hasSize(15);
        assertThat(before).isBetween(1, 14);
        for (int i = 1; i < packets.size(); i++) {
            assertThat(packets.get(i).sequence()).isEqualTo((packets.get(i - 1).sequence() + 1) & 0xffff);
        }
        assertThat(ReplayExtension.of(packets.getFirst()).orElseThrow().cseq()).isLessThan(cseq);
    }

    @Test
    void anotherPlaceAtOnce() throws Exception {
        setUp();
        recording.recording = true; // so that the first playback does not end by itself
        ask("PLAY", "/replay/main", "Range", BEGIN, "Rate-Control", "no", "Require", "onvif-replay");
        Response queued = ask("PLAY", "/replay/main", "Range", BEGIN, "Rate-Control", "no");
        assertThat(queued.status()).isEqualTo(455);
        assertThat(queued.reason()).contains("Immediate");
        assertThat(ask("PLAY", "/replay/main").status()).as("goes on").isEqualTo(200);
        Response there = ask(
                "PLAY", "/replay/main", "Range", "clock=20261121T105900Z-", "Rate-Control", "no", "Immediate", "yes");
        assertThat(there.status()).isEqualTo(200);
        packets.clear();
        untilGoodbye();
        assertThat(flags()).containsExactly("CD", "-", "-", "-", "ET");
        assertThat(ReplayExtension.of(packets.getFirst()).orElseThrow().cseq()).isEqualTo(cseq);
        assertThat(recording.open).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Range        | clock=20261121T100000.123Z            | 400 | without a time and",
                "Range        | clock=yesterday-                      | 400 | unlike",
                "Range        | clock=20261321T100000Z-               | 400 | no calendar",
                "Range        | clock                                 | 400 | without a unit",
                "Range        | npt=one-                              | 400 | unlike",
                "Range        | smpte=0:10:20-                        | 501 | clock and npt",
                "Range        | npt=now-                              | 457 | no now",
                "Range        | clock=20261121T110000Z-20261121T100000Z | 457 | ends before it begins",
                "Range        | clock=20261122T100000Z-               | 457 | the recording is clock=20261121T100000.123456Z",
                "Range        | clock=20261120T100000Z-20261120T110000Z | 457 | nothing is recorded then",
                "Range        | clock=20261121T101000Z-20261121T102000Z | 457 | nothing is recorded then",
                "Rate-Control | perhaps                               | 400 | neither yes nor no",
                "Scale        | fast                                  | 400 | decimal",
                "Scale        | -1.0                                  | 456 | no reverse",
                "Frames       | predicted                             | 456 | intra",
            })
    void whatIsNotUnderstoodOrNotThereIsRefusedWithAReason(String name, String value, int status, String reason)
            throws Exception {
        setUp();
        Response refused = ask("PLAY", "/replay/main", name, value);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.reason()).contains(reason);
        assertThat(recording.open).hasValue(0);
        assertThat(ask("PLAY", "/replay/main", "Range", BEGIN, "Scale", "1.0")
                        .headers()
                        .first("Scale"))
                .as("and the session is as good as before")
                .contains("1.0");
    }

    @Test
    void replayIsDemandedOfRecordingsAlone() throws Exception {
        Response described = ask("DESCRIBE", "/replay/main", "Require", "onvif-replay");
        assertThat(described.status()).isEqualTo(200);
        assertThat(described.body())
                .contains("a=range:clock=20261121T100000.123456Z-20261121T110000.684456Z\r\n")
                .contains("a=control:track1");
        Response live = ask("DESCRIBE", "/main", "Require", "onvif-replay");
        assertThat(live.status()).isEqualTo(551);
        assertThat(live.headers().first("Unsupported")).contains("onvif-replay");
        Response other = ask("DESCRIBE", "/replay/main", "Require", "onvif-replay, onvif-future");
        assertThat(other.headers().first("Unsupported")).contains("onvif-future");
        assertThat(Duration.between(
                        Synthetic.START, recording.extent().orElseThrow().to()))
                .isGreaterThan(Duration.ofHours(1));
    }
}
