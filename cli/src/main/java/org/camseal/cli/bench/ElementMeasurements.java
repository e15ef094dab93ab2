package org.camseal.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.camseal.bench.Measurement;
import org.camseal.bench.Target;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.TrustEvaluator;

/** What one camera's element gives: signatures and handshakes a second, and how long a signature takes. */
final class ElementMeasurements {
    private static final String BENCH = "element";

    /** One signature for video and four handshakes a second, using half of the element at most. */
    private static final double BUDGET_MILLIS = 100;

    private final String subject;
    private final Duration each;
    private final List<Measurement> measurements = new ArrayList<>();

    /**
     * @param subject which element
     * @param each how long each number is measured
     */
    ElementMeasurements(String subject, Duration each) {
        this.subject = subject;
        this.each = each;
    }

    List<Measurement> of(Identity camera, TrustEvaluator trust) throws IdentityException, IOException {
        signatures(camera.media().key());
        handshakes(camera, trust);
        return List.copyOf(measurements);
    }

    private void add(String metric, double value, String unit) {
        measurements.add(Measurement.of(BENCH, subject, metric, value, unit));
    }

    private void signatures(KeyHandle key) throws IdentityException {
        byte[] message = new byte[256];
        for (int i = 0; i < 20; i++) {
            key.sign(message); // what Java compiles and the element loads the first time
        }
        List<Long> times = new ArrayList<>();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < each.toNanos()) {
            long before = System.nanoTime();
            key.sign(message);
            times.add(System.nanoTime() - before);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        add("signatures", sorted.length / seconds, "1/s");
        add("signature, median", sorted[sorted.length / 2] / 1e6, "ms");
        measurements.add(new Measurement(
                BENCH,
                subject,
                "signature, 99 of 100",
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                "ms",
                new Target.AtMost(BUDGET_MILLIS)));
    }

    private void handshakes(Identity camera, TrustEvaluator trust) throws IdentityException, IOException {
        long count = 0;
        long begin;
        try (Handshakes handshakes = new Handshakes(camera.tls(), trust)) {
            handshakes.shake();
            begin = System.nanoTime();
            while (System.nanoTime() - begin < each.toNanos()) {
                handshakes.shake();
                count++;
            }
        }
        add("TLS handshakes", count / ((System.nanoTime() - begin) / 1e9), "1/s");
    }
}
