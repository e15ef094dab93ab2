package org.camseal.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacerTest {
    private final FakeClock clock = new FakeClock();
    private final Pacer pacer = new Pacer(clock);

    @Test
    void unitsWaitUntilTheyAreDueAndLateOnesDoNotWait() throws Exception {
        assertThat(pacer.await(Duration.ofMillis(40))).isZero();
        assertThat(pacer.elapsed()).isEqualTo(Duration.ofMillis(40));
        clock.pass(Duration.ofMillis(100));
        assertThat(pacer.await(Duration.ofMillis(80))).isEqualTo(Duration.ofMillis(60));
        assertThat(clock.sleeps()).containsExactly(Duration.ofMillis(40));
    }

    @Test
    void soundThatIsStoredBehindItsPictureIsNotLate() throws Exception {
        pacer.await(Duration.ofSeconds(1));
        assertThat(pacer.await(Duration.ofMillis(500))).isZero();
    }

    @Test
    void aClockThatIsSetEndsTheSession() throws Exception {
        pacer.await(Duration.ofMillis(40));
        clock.set(Duration.ofMillis(-1500));
        pacer.await(Duration.ofMillis(80));
        clock.set(Duration.ofHours(1));
        assertThatThrownBy(() -> pacer.await(Duration.ofMillis(120)))
                .isInstanceOf(SourceException.Lost.class)
                .hasMessageContaining("clock was set by 3598500 ms");
    }
}
