package org.camseal.bench.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void quartilesLieBetweenTheValues() {
        Quartiles quartiles = Quartiles.of(new double[] {4, 1, 3, 2, 5});
        assertThat(quartiles).isEqualTo(new Quartiles(2, 3, 4));
        assertThat(Quartiles.of(new double[] {1, 2}).median()).isEqualTo(1.5);
        assertThat(Quartiles.of(new double[] {7})).isEqualTo(new Quartiles(7, 7, 7));
        assertThat(quartiles.spread()).isEqualTo(2.0 / 3, within(1e-12));
    }

    @Test
    void aRatioIsTakenWithinARoundSoAStormOverARoundLeavesItAlone() {
        Rounds rounds = new Rounds(List.of("ours", "theirs"));
        for (double storm : new double[] {1, 1, 9, 3, 50}) {
            rounds.add(new double[] {1.3 * storm, storm});
        }
        assertThat(rounds.ratio("ours", "theirs").lower()).isEqualTo(1.3, within(1e-12));
        assertThat(rounds.ratio("ours", "theirs").upper()).isEqualTo(1.3, within(1e-12));
        assertThat(rounds.undisturbed("ours")).isEqualTo(1.3, within(1e-12));
    }

    @Test
    void aTimeThatIsNoneIsRefused() {
        Rounds rounds = new Rounds(List.of("ours", "theirs"));
        assertThatThrownBy(() -> rounds.add(new double[] {1})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rounds.add(new double[] {1, 0})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rounds.add(new double[] {Double.NaN, 1})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rounds.ratio("ours", "nobody's")).isInstanceOf(IllegalArgumentException.class);
    }
}
