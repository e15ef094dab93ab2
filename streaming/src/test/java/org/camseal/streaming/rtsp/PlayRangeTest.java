package org.camseal.streaming.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.camseal.streaming.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlayRangeTest {
    private static final Instant TEN = Instant.parse("2009-06-15T10:00:00Z");

    @Test
    void clockRangesAreUtc() throws Exception {
        assertThat(PlayRange.parse("clock=20090615T100000.440Z-"))
                .isEqualTo(new PlayRange.Clock(TEN.plusMillis(440), null));
        assertThat(PlayRange.parse(" clock = 20090615T100000Z - 20090615T100001.5Z ;time=20090615T100000Z"))
                .isEqualTo(new PlayRange.Clock(TEN, TEN.plusMillis(1_500)));
        assertThat(PlayRange.parse("clock=-20090615T100000.123456789012Z"))
                .isEqualTo(new PlayRange.Clock(null, TEN.plusNanos(123_456_789)));
    }

    @Test
    void normalPlayTimeIsSecondsOrHours() throws Exception {
        assertThat(PlayRange.parse("npt=0.000-")).isEqualTo(new PlayRange.NormalPlayTime(Duration.ZERO, null));
        assertThat(PlayRange.parse("npt=12.5-0:01:30.25"))
                .isEqualTo(new PlayRange.NormalPlayTime(Duration.ofMillis(12_500), Duration.ofMillis(90_250)));
        assertThat(PlayRange.parse("npt=now-")).isEqualTo(new PlayRange.Now());
        assertThat(PlayRange.parse("smpte=0:10:20-")).isEqualTo(new PlayRange.OtherUnit("smpte"));
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        for (PlayRange range : new PlayRange[] {
            new PlayRange.Clock(TEN, null),
            new PlayRange.Clock(TEN.plusNanos(123_456_000), TEN.plusSeconds(3)),
            new PlayRange.NormalPlayTime(Duration.ofMillis(1_250), Duration.ofMillis(90_000)),
        }) {
            assertThat(PlayRange.parse(range.toString())).isEqualTo(range);
        }
        assertThat(new PlayRange.Clock(TEN.plusMillis(5), null)).hasToString("clock=20090615T100000.005Z-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "clock",
                "=",
                "clock=",
                "clock=-",
                "clock=20090615T100000Z",
                "clock=2009-06-15T10:00:00Z-",
                "clock=20090230T100000Z-",
                "clock=20090615T250000Z-",
                "clock=20090615T100060Z-",
                "clock=20090615T100000-",
                "clock=20090615T100000.Z-",
                "clock=20090615T100000Z-x",
                "npt=",
                "npt=-",
                "npt=1",
                "npt=1:2-",
                "npt=0:60:00-",
                "npt=1e9-",
                "npt=-1-2"
            })
    void whatIsMalformedIsRefused(String header) {
        assertThatThrownBy(() -> PlayRange.parse(header))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("Range");
    }

    @Test
    void aHeaderIsBounded() {
        assertThatThrownBy(() -> PlayRange.parse("clock=20090615T100000." + "1".repeat(300) + "Z-"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("256");
    }
}
