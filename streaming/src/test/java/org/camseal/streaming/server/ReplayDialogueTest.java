package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.rtp.ReplayExtension;
import org.camseal.streaming.rtsp.RtspMessage.Response;
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
    private RtspServer server;
    private ReplayDialogue reader;

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
        reader = new ReplayDialogue(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        reader.close();
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

    @Test
    void eachUnitSaysWhatItIsInItsRecording() throws Exception {
        reader.setUp();
        Response play = reader.ask("PLAY", "/replay/main", "Range", BEGIN, "Rate-Control", "no");
        assertThat(play.status()).isEqualTo(200);
        assertThat(play.headers().first("Range")).contains(BEGIN);
        assertThat(play.headers().first("Rate-Control")).contains("no");
        reader.untilGoodbye();
        assertThat(reader.flags())
                .containsExactly(
                        "CD", "-", "-", "-", "-", "C", "-", "-", "-", "E", // a gap of an hour
                        "CD", "-", "-", "-", "ET");
        ReplayExtension first = ReplayExtension.of(reader.packets().getFirst()).orElseThrow();
        assertThat(first.time().toInstant()).isEqualTo(Synthetic.START);
        assertThat(first.cseq()).isEqualTo(reader.cseq());
    }

    @Test
    void theRangeEndsAndSoDoesThePlayback() throws Exception {
        reader.setUp();
        reader.ask("PLAY", "/replay/main", "Range", BEGIN + "20261121T100000.300Z", "Rate-Control", "no");
        reader.untilGoodbye();
        assertThat(reader.flags()).containsExactly("CD", "-", "-", "-", "T");
        reader.packets().clear();
        assertThat(reader.ask("PLAY", "/replay/main", "Range", "clock=20261121T105900Z-", "Rate-Control", "no")
                        .status())
                .isEqualTo(200);
        reader.untilGoodbye();
        assertThat(reader.flags()).as("in a gap: from the next group on").containsExactly("CD", "-", "-", "-", "ET");
    }

    @Test
    void keyPicturesAlone() throws Exception {
        reader.setUp();
        reader.ask("PLAY", "/replay/main", "Range", BEGIN, "Rate-Control", "no", "Frames", "intra");
        reader.untilGoodbye();
        assertThat(reader.flags()).containsExactly("CD", "CE", "CEDT");
        reader.packets().clear();
        reader.ask("PLAY", "/replay/main", "Range", BEGIN, "Rate-Control", "no", "Frames", "intra/1000");
        reader.untilGoodbye();
        assertThat(reader.flags()).containsExactly("CD", "CEDT");
    }

    @Test
    void afterAPauseItGoesOnWithTheVeryNextUnit() throws Exception {
        reader.setUp();
        recording.recording = true;
        reader.ask("PLAY", "/replay/main", "Range", BEGIN, "Require", "onvif-replay");
        reader.untilPackets(1);
        assertThat(reader.ask("PAUSE", "/replay/main").status()).isEqualTo(200);
        int before = reader.flags().size();
        recording.recording = false;
        Response again = reader.ask("PLAY", "/replay/main", "Require", "onvif-replay");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.headers().first("RTP-Info").orElseThrow())
                .contains("seq=" + ((reader.packets().getLast().sequence() + 1) & 0xffff));
        reader.untilGoodbye();
        assertThat(reader.flags()).hasSize(15);
        assertThat(before).isBetween(1, 14);
        for (int i = 1; i < reader.packets().size(); i++) {
            assertThat(reader.packets().get(i).sequence())
                    .isEqualTo((reader.packets().get(i - 1).sequence() + 1) & 0xffff);
        }
        assertThat(ReplayExtension.of(reader.packets().getFirst()).orElseThrow().cseq())
                .isLessThan(reader.cseq());
    }

    @Test
    void anotherPlaceAtOnce() throws Exception {
        reader.setUp();
        recording.recording = true; // so that the first playback does not end by itself
        reader.ask("PLAY", "/replay/main", "Range", BEGIN, "Rate-Control", "no", "Require", "onvif-replay");
        Response queued = reader.ask("PLAY", "/replay/main", "Range", BEGIN, "Rate-Control", "no");
        assertThat(queued.status()).isEqualTo(455);
        assertThat(queued.reason()).contains("Immediate");
        assertThat(reader.ask("PLAY", "/replay/main").status()).as("goes on").isEqualTo(200);
        Response there = reader.ask(
                "PLAY", "/replay/main", "Range", "clock=20261121T105900Z-", "Rate-Control", "no", "Immediate", "yes");
        assertThat(there.status()).isEqualTo(200);
        reader.packets().clear();
        reader.untilGoodbye();
        assertThat(reader.flags()).containsExactly("CD", "-", "-", "-", "ET");
        assertThat(ReplayExtension.of(reader.packets().getFirst()).orElseThrow().cseq())
                .isEqualTo(reader.cseq());
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
                "Scale        | -1.0                                  | 456 | use Rate-Control no",
                "Scale        | 0                                     | 400 | other than 0",
                "Speed        | 0.0                                   | 400 | other than 0",
                "Speed        | -1.0                                  | 400 | above 0",
                "Frames       | bidirectional                         | 456 | predicted",
            })
    void whatIsNotUnderstoodOrNotThereIsRefusedWithAReason(String name, String value, int status, String reason)
            throws Exception {
        reader.setUp();
        Response refused = reader.ask("PLAY", "/replay/main", name, value);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.reason()).contains(reason);
        assertThat(recording.open).hasValue(0);
        assertThat(reader.ask("PLAY", "/replay/main", "Range", BEGIN, "Scale", "1.0")
                        .headers()
                        .first("Scale"))
                .as("and the session is as good as before")
                .contains("1.0");
    }

    @Test
    void replayIsDemandedOfRecordingsAlone() throws Exception {
        Response described = reader.ask("DESCRIBE", "/replay/main", "Require", "onvif-replay");
        assertThat(described.status()).isEqualTo(200);
        assertThat(described.body())
                .contains("a=range:clock=20261121T100000.123456Z-20261121T110000.684456Z\r\n")
                .contains("a=control:track1");
        Response live = reader.ask("DESCRIBE", "/main", "Require", "onvif-replay");
        assertThat(live.status()).isEqualTo(551);
        assertThat(live.headers().first("Unsupported")).contains("onvif-replay");
        Response other = reader.ask("DESCRIBE", "/replay/main", "Require", "onvif-replay, onvif-future");
        assertThat(other.headers().first("Unsupported")).contains("onvif-future");
        assertThat(Duration.between(
                        Synthetic.START, recording.extent().orElseThrow().to()))
                .isGreaterThan(Duration.ofHours(1));
    }
}
