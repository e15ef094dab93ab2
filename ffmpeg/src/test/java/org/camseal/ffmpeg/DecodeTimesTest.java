package org.camseal.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodeTimesTest {
    /** Decode times of a film whose pictures are stored with these presentation times. */
    private static List<Long> decodeTimes(long... shown) {
        DecodeTimes times = new DecodeTimes();
        List<Long> decoded = new ArrayList<>();
        for (long presentation : shown) {
            times.add(presentation);
            if (times.ready()) {
                decoded.add(times.next());
            }
        }
        while (decoded.size() < shown.length) {
            decoded.add(times.next());
        }
        return decoded;
    }

    @Test
    void picturesInOrderAreDecodedWhenTheyAreShown() {
        assertThat(decodeTimes(0, 40, 80, 120)).containsExactly(0L, 40L, 80L, 120L);
    }

    @Test
    void picturesThatAreOvertakenAreDecodedEarlier() {
        // I B B P as stored: I P B B
        assertThat(decodeTimes(0, 120, 40, 80, 240, 160, 200)).containsExactly(-40L, 0L, 40L, 80L, 120L, 160L, 200L);
    }

    @Test
    void timesNeverGoBackWhereOvertakingBeginsLate() {
        long[] shown = new long[60];
        for (int i = 0; i < 40; i++) {
            shown[i] = 40L * i;
        }
        for (int i = 40; i < 60; i += 2) {
            shown[i] = 40L * (i + 1);
            shown[i + 1] = 40L * i;
        }
        List<Long> decoded = decodeTimes(shown);
        for (int i = 0; i < shown.length; i++) {
            assertThat(decoded.get(i)).isLessThanOrEqualTo(shown[i]);
            assertThat(decoded.get(i)).isGreaterThanOrEqualTo(decoded.get(Math.max(0, i - 1)));
        }
    }
}
