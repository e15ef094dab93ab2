package org.camseal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void atMostTakesItsLimitAndBelowDoesNot() {
        assertThat(new Target.AtMost(1.4).isMetBy(1.4)).isTrue();
        assertThat(new Target.AtMost(1.4).isMetBy(1.4001)).isFalse();
        assertThat(new Target.Below(1).isMetBy(0.999)).isTrue();
        assertThat(new Target.Below(1).isMetBy(1)).isFalse();
        assertThat(new Target.AtLeast(5).isMetBy(5)).isTrue();
        assertThat(new Target.AtLeast(5).isMetBy(4.9)).isFalse();
        assertThat(new Target.None().isMetBy(1e9)).isTrue();
    }

    @Test
    void whatIsNotANumberMeetsNoTarget() {
        assertThat(new Target.AtMost(1).isMetBy(Double.NaN)).isFalse();
        assertThat(new Target.Below(1).isMetBy(Double.NaN)).isFalse();
        assertThat(new Target.AtLeast(1).isMetBy(Double.NaN)).isFalse();
    }

    @Test
    void isWrittenAsPeopleWriteIt() {
        assertThat(new Target.AtMost(1.4).text()).isEqualTo("<= 1.4");
        assertThat(new Target.AtMost(2).text()).isEqualTo("<= 2");
        assertThat(new Target.Below(1).text()).isEqualTo("< 1");
        assertThat(new Target.AtLeast(25).text()).isEqualTo(">= 25");
        assertThat(new Target.None().text()).isEmpty();
    }
}
