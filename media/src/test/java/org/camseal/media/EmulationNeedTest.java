package org.camseal.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EmulationNeedTest {
    /** The quick question has the slow answer: prevention bytes are needed exactly where escaping puts some in. */
    @Test
    void isNeededWhereEscapingAddsBytes() {
        Random dice = new Random(11);
        int needed = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] unit = new byte[3 + dice.nextInt(120)];
            for (int i = 0; i < unit.length; i++) {
                unit[i] = (byte) (dice.nextInt(3) == 0 ? dice.nextInt(4) : 1 + dice.nextInt(255));
            }
            int from = 1 + dice.nextInt(unit.length - 1);
            byte[] target = new byte[from + EmulationPrevention.maxEscapedLength(unit.length - from)];
            System.arraycopy(unit, 0, target, 0, from);
            int end = EmulationPrevention.escape(unit, from, unit.length, target, 0, from);
            int count = end - unit.length;
            assertThat(EmulationPrevention.isNeeded(unit, from, unit.length)).isEqualTo(count > 0);
            assertThat(EmulationPrevention.countNeeded(unit, from, unit.length)).isEqualTo(count);
            byte[] inPlace = Arrays.copyOf(unit, end);
            assertThat(EmulationPrevention.escapeInPlace(inPlace, from, unit.length))
                    .isEqualTo(end);
            assertThat(inPlace).isEqualTo(Arrays.copyOf(target, end));
            needed += count > 0 ? 1 : 0;
        }
        assertThat(needed).isBetween(1_000, 49_000);
    }
}
