package org.camseal.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Test;

class StreamMeterTest {
    private static final NalUnit SEQUENCE = nal(0x67);

    private final StreamMeter meter = new StreamMeter();
    private long ticks;

    private static NalUnit nal(int header) {
        return NalUnit.of(Codec.H264, new byte[] {(byte) header, 1});
    }

    /** Pictures by letters, I for one that decoding can start at; each lasts so many ticks and is sent in so many bytes. */
    private void send(String pictures, long lasts, int bytes) {
        for (int i = 0; i < pictures.length(); i++) {
            MediaTime at = MediaTime.video(ticks);
            List<NalUnit> units = pictures.charAt(i) == 'I' ? List.of(SEQUENCE, nal(0x65)) : List.of(nal(0x41));
            meter.sent(new VideoUnit(1, units, at, at, Instant.EPOCH), bytes);
            ticks += lasts;
        }
    }

    @Test
    void wholeGroupsAreMeasured() {
        send("PPIPPPP", 3_600, 1_000);
        assertThat(meter.measure()).as("no group is over").isEmpty();
        send("I", 3_600, 1_000);
        StreamMeasure measure = meter.measure().orElseThrow();
        assertThat(measure.picturesPerSecond()).isCloseTo(25, within(1e-9));
        assertThat(measure.kilobitsPerSecond()).isEqualTo(200);
        assertThat(measure.groupLength()).isEqualTo(5);
        assertThat(measure.sequence()).contains(SEQUENCE);
    }

    @Test
    void theLastSecondsCount() {
        send("IPPPPPPPP".repeat(100), 3_600, 1_000);
        send("IPP".repeat(100) + "I", 7_200, 4_000);
        StreamMeasure measure = meter.measure().orElseThrow();
        assertThat(measure.picturesPerSecond()).isCloseTo(12.5, within(1e-9));
        assertThat(measure.kilobitsPerSecond()).isEqualTo(400);
        assertThat(measure.groupLength()).isEqualTo(3);
    }

    @Test
    void aSourceThatWasAwayIsNotTakenForASlowOne() {
        send("IPPPPI", 3_600, 1_000);
        ticks += 3_600L * MediaTime.VIDEO_CLOCK_HZ;
        send("IPPPPI", 3_600, 1_000);
        assertThat(meter.measure().orElseThrow().picturesPerSecond()).isCloseTo(25, within(1e-9));
        ticks = 0;
        send("IPPPPI", 3_600, 1_000);
        assertThat(meter.measure().orElseThrow().picturesPerSecond()).isCloseTo(25, within(1e-9));
    }

    @Test
    void anotherStreamIsMeasuredAnew() {
        send("IPPPPI", 3_600, 1_000);
        meter.restart();
        assertThat(meter.measure()).isEmpty();
        send("IPI", 1_800, 1_000);
        assertThat(meter.measure().orElseThrow().picturesPerSecond()).isCloseTo(50, within(1e-9));
    }
}
