package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.Synthetic;
import org.camseal.streaming.rtsp.RtspMessage.Response;
import org.camseal.streaming.server.RecordedGroups.Follows;
import org.camseal.streaming.server.RecordedGroups.Group;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pictures of a recording are replayed, in which order, and how fast. */
@Timeout(120)
class ReplayWaysTest {
    private static final String PATH = "/replay/main";
    private static final String BEGIN = "clock=20261121T100000.123456Z-";
    private static final int PICTURE_TICKS = 3_600;

    private final Synthetic source = new Synthetic(Codec.H264, 1);
    private final FakeRecording recording = new FakeRecording(List.of(Synthetic.video(Codec.H264)));
    private RtspServer server;
    private ReplayDialogue reader;

    @BeforeEach
    void start() throws Exception {
        server =
                RtspServer.start(RtspServerSettings.of(InetAddress.getLoopbackAddress(), 0, Authenticator.openToAll()));
        server.mount(PATH, new ReplayStream(recording));
        reader = new ReplayDialogue(server.port());
    }

    @AfterEach
    void stop() throws Exception {
        reader.close();
        server.close();
    }

    private void record(String letters, Follows follows) {
        recording.add(new Group(List.copyOf(source.pictures(letters, 1_000)), follows));
    }

    /** IBBP in the order in which they are decoded: I P B B. */
    private void recordBothWays() {
        List<VideoUnit> shown = source.pictures("IPPPPPP", 1_000);
        List<AccessUnit> decoded = new ArrayList<>();
        int place = 0;
        for (int picture : new int[] {0, 3, 1, 2, 6, 4, 5}) {
            VideoUnit unit = shown.get(picture);
            MediaTime decodeTime = MediaTime.video((long) PICTURE_TICKS * place++);
            decoded.add(new VideoUnit(1, unit.nalUnits(), decodeTime, unit.presentationTime(), unit.capturedAt()));
        }
        recording.add(new Group(decoded, Follows.AFTER_GAP));
    }

    private Response play(String... headers) throws Exception {
        reader.packets().clear();
        Response answer = reader.ask("PLAY", PATH, headers);
        if (answer.isSuccess()) {
            reader.untilGoodbye();
        }
        return answer;
    }

    @Test
    void predictedLeavesOutWhatNeedsALaterPicture() throws Exception {
        recordBothWays();
        reader.setUp();
        play("Range", BEGIN, "Rate-Control", "no", "Frames", "predicted");
        assertThat(reader.captured()).containsExactly(0L, 120L, 240L);
        play("Range", BEGIN, "Rate-Control", "no", "Frames", "all");
        assertThat(reader.captured()).as("positive control").containsExactly(0L, 120L, 40L, 80L, 240L, 160L, 200L);
    }

    @ParameterizedTest
    @CsvSource({
        "yes, 1.0,  1.0,  40",
        "yes, 2.0,  2.0,  20",
        "yes, 0.5,  0.5,  80",
        "yes, 1000, 8.0,  5",
        "no,  1.0,  1.0,  40",
        "no,  4.0,  1.0,  40",
    })
    void aScaleChangesTheTimesWhereTheServerSetsTheSpeed(String rateControl, String asked, String told, int step)
            throws Exception {
        record("IPPP", Follows.AFTER_GAP);
        reader.setUp();
        Response answer = play("Range", BEGIN, "Rate-Control", rateControl, "Scale", asked);
        assertThat(answer.headers().first("Scale")).contains(told);
        assertThat(reader.steps()).containsExactly(step, step, step);
    }

    @Test
    void aSpeedChangesNoTimes() throws Exception {
        record("IPPP", Follows.AFTER_GAP);
        reader.setUp();
        Response answer = play("Range", BEGIN, "Speed", "3.5");
        assertThat(answer.headers().first("Speed")).contains("3.5");
        assertThat(answer.headers().first("Scale")).isEmpty();
        assertThat(reader.steps()).containsExactly(40, 40, 40);
        assertThat(play("Range", BEGIN + "20261121T100000.130Z", "Speed", "0.001")
                        .headers()
                        .first("Speed"))
                .as("the slowest there is")
                .contains("0.125");
    }

    /** Three groups of four pictures; an hour lies in front of the third. */
    private void recordThreeGroups() {
        record("IPPP", Follows.AFTER_GAP);
        record("IPPP", Follows.CLOSELY);
        List<AccessUnit> later = new ArrayList<>();
        for (VideoUnit unit : source.pictures("IPPP", 1_000)) {
            later.add(new VideoUnit(
                    1,
                    unit.nalUnits(),
                    unit.decodeTime(),
                    unit.presentationTime(),
                    unit.capturedAt().plusSeconds(3_600)));
        }
        recording.add(new Group(later, Follows.AFTER_GAP));
    }

    private static final long HOUR = 3_600_000;

    @Test
    void inReverseGroupsComeAgainstTimeAndTheirPicturesWithIt() throws Exception {
        recordThreeGroups();
        reader.setUp();
        Response answer = play("Rate-Control", "no", "Scale", "-1.0");
        assertThat(answer.headers().first("Scale")).contains("-1.0");
        assertThat(answer.headers().first("Range")).contains("clock=20261121T110000.563456Z-");
        assertThat(reader.captured())
                .containsExactly(
                        HOUR + 320, HOUR + 360, HOUR + 400, HOUR + 440, 160L, 200L, 240L, 280L, 0L, 40L, 80L, 120L);
        assertThat(reader.flags())
                .as("E where a gap or the beginning lies in front")
                .containsExactly("CD", "-", "-", "E", "CD", "-", "-", "-", "CD", "-", "-", "ET");
        assertThat(reader.steps().subList(4, 11))
                .as("RTP times are those of forwards")
                .containsExactly(40, 40, 40, -280, 40, 40, 40);
        List<Integer> sequence =
                reader.packets().stream().map(packet -> packet.sequence()).toList();
        for (int i = 1; i < sequence.size(); i++) {
            assertThat(sequence.get(i)).isEqualTo((sequence.get(i - 1) + 1) & 0xffff);
        }
        assertThat(recording.open).hasValue(0);
    }

    @Test
    void aRangeInReverseBeginsAtItsLaterEnd() throws Exception {
        recordThreeGroups();
        reader.setUp();
        play("Range", "clock=20261121T100000.350Z-20261121T100000.290Z", "Rate-Control", "no", "Scale", "-1.0");
        assertThat(reader.captured())
                .as("the group of both ends, to the later one")
                .containsExactly(160L, 200L);
        assertThat(reader.flags()).containsExactly("CD", "T");
        play("Range", "clock=20261121T100000.420Z-20261121T100000.180Z", "Rate-Control", "no", "Scale", "-1.0");
        assertThat(reader.captured())
                .as("of the group of the earlier end all")
                .containsExactly(160L, 200L, 240L, 280L, 0L, 40L, 80L, 120L);
        assertThat(reader.flags()).containsExactly("CD", "-", "-", "-", "CD", "-", "-", "ET");
        Response wrong = play("Range", BEGIN + "20261121T100001Z", "Rate-Control", "no", "Scale", "-1.0");
        assertThat(wrong.status()).isEqualTo(457);
        assertThat(wrong.reason()).contains("in reverse it ends behind its begin");
    }

    @Test
    void keyPicturesInReverse() throws Exception {
        recordThreeGroups();
        reader.setUp();
        play("Rate-Control", "no", "Scale", "-1.0", "Frames", "intra");
        assertThat(reader.captured()).containsExactly(HOUR + 320, 160L, 0L);
        assertThat(reader.flags()).containsExactly("CED", "CD", "CEDT");
        play("Rate-Control", "no", "Scale", "-1.0", "Frames", "intra/1000");
        assertThat(reader.captured()).as("a second apart at least").containsExactly(HOUR + 320, 160L);
    }
}
