package org.camseal.media.mp4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.camseal.media.MalformedException;
import org.junit.jupiter.api.Test;

class NtpTimeTest {
    @Test
    void nanosecondsSurvive() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
            assertThat(NtpTime.instant(NtpTime.of(instant))).isEqualTo(instant);
        }
        Instant last = Instant.parse("2026-11-21T23:59:59.999999999Z");
        assertThat(NtpTime.instant(NtpTime.of(last))).isEqualTo(last);
    }

    @Test
    void secondsOfTheNextEraFollow2036() throws Exception {
        // RFC 5905 figure 4: the first day of NTP era 1 is 2036-02-08 (06:28:16 on the day before).
        assertThat(NtpTime.of(Instant.parse("1970-01-01T00:00:00Z"))).isEqualTo(2_208_988_800L << 32);
        assertThat(NtpTime.of(Instant.parse("2036-02-07T06:28:16Z"))).isZero();
        assertThat(NtpTime.instant(0)).isEqualTo(Instant.parse("2036-02-07T06:28:16Z"));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> NtpTime.of(Instant.parse("1968-01-20T03:14:07Z")))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> NtpTime.of(Instant.parse("2104-02-26T09:42:24Z")))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> NtpTime.of(Instant.MAX)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> NtpTime.of(Instant.MIN)).isInstanceOf(MalformedException.class);
    }
}
