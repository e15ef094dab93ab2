package org.camseal.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Whether an element goes on signing: a hundred signatures, or as many as somebody has time for. */
final class SustainedSigning {
    private SustainedSigning() {}

    /**
     * Ten minutes of it: {@code -Dcamseal.sustained=PT10M}, as fast as it goes or at {@code -Dcamseal.sustained.rate=20} a second. A chip
     * that slows down after a burst shows in the two medians.
     */
    static void with(SecureElement element) throws Exception {
        KeyHandle key = element.generate(Slot.MEDIA, KeySpec.P256);
        Duration asked = Duration.parse(System.getProperty("camseal.sustained", "PT0S"));
        int rate = Integer.getInteger("camseal.sustained.rate", 0);
        long begin = System.nanoTime();
        List<Long> nanos = new ArrayList<>();
        do {
            long before = System.nanoTime();
            byte[] signature = key.sign(ElementConformance.MESSAGE);
            nanos.add(System.nanoTime() - before);
            assertThat(SlotHandle.verifies(key.publicKey(), key.algorithm(), ElementConformance.MESSAGE, signature))
                    .isTrue();
            if (rate > 0) {
                TimeUnit.NANOSECONDS.sleep(begin + nanos.size() * 1_000_000_000L / rate - System.nanoTime());
            }
        } while (nanos.size() < 100 || System.nanoTime() - begin < asked.toNanos());
        if (!asked.isZero()) {
            int tenth = nanos.size() / 10;
            System.out.printf(
                    "%s: %d signatures in %s, median %.1f ms in the first tenth, %.1f ms in the last, slowest %.0f ms%n",
                    element.info().name(),
                    nanos.size(),
                    asked,
                    median(nanos.subList(0, tenth)),
                    median(nanos.subList(nanos.size() - tenth, nanos.size())),
                    Collections.max(nanos) / 1e6);
        }
    }

    private static double median(List<Long> nanos) {
        return nanos.stream().sorted().toList().get(nanos.size() / 2) / 1e6;
    }
}
