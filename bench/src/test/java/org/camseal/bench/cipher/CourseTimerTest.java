package org.camseal.bench.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** With a clock that the works themselves move on, so nothing here depends on the machine. */
class CourseTimerTest {
    private static final Effort EFFORT =
            new Effort(List.of(1), 1, 0, Duration.ofNanos(10_000), 5, 40, Duration.ofSeconds(1));

    private final Random weather = new Random(3);
    private long cpu;
    private long wall;

    private void takes(long nanos) {
        cpu += nanos;
        wall += nanos;
    }

    private Rounds time(Map<String, Work> works) throws Exception {
        return new CourseTimer(EFFORT, () -> cpu, () -> wall, new Random(5))
                .time(new Course("test", works), nanos -> {});
    }

    @Test
    void timesOneCallOfEach() throws Exception {
        Map<String, Work> works = new LinkedHashMap<>();
        works.put("ours", () -> takes(140));
        works.put("theirs", () -> takes(100));
        Rounds rounds = time(works);
        assertThat(rounds.undisturbed("ours")).isEqualTo(140);
        assertThat(rounds.ratio("ours", "theirs").median()).isEqualTo(1.4);
        assertThat(rounds.count()).as("the ratio stands still at once").isEqualTo(EFFORT.minRounds());
    }

    @Test
    void goesOnWhileTheRatioMovesButNotForEver() throws Exception {
        Map<String, Work> works = new LinkedHashMap<>();
        works.put("ours", () -> takes(20_000 + weather.nextInt(40_000)));
        works.put("theirs", () -> takes(20_000));
        assertThat(time(works).count()).isEqualTo(EFFORT.maxRounds());
    }

    @Test
    void stopsWhenTheBudgetIsSpent() throws Exception {
        Map<String, Work> works = new LinkedHashMap<>();
        works.put("ours", () -> takes(100_000_000L + weather.nextInt(90_000_000)));
        works.put("theirs", () -> takes(100_000_000));
        assertThat(time(works).count()).isEqualTo(EFFORT.minRounds());
    }
}
