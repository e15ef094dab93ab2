package org.camseal.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.DeviceAuthority;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.Role;
import org.camseal.identity.SoftwareSecureElement;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;
import org.camseal.identity.element.ElementWorker;

/**
 * How long an element may take for a signature before a camera's usual work fails: one signature for video and four new TLS sessions a
 * second, evenly spread. An element made of files is slowed down until some signature or handshake takes more than a second.
 */
final class ElementLimit {
    static final Duration ON_TIME = Duration.ofSeconds(1);
    private static final int HANDSHAKES_A_SECOND = 4;
    private static final int SHORTEST_MILLIS = 10;
    private static final int LONGEST_MILLIS = 500;
    private static final int EXACT_MILLIS = 5;

    private final Path home;
    private final Duration each;
    private final SecureRandom random = new SecureRandom();
    private final TrustEvaluator trust;

    /**
     * @param directory for keys; empty
     * @param each how long the work is done at each speed that is tried: the longer, the smaller an overload that shows
     */
    ElementLimit(Path directory, Duration each) throws IdentityException {
        this.home = directory.resolve("camera");
        this.each = each;
        DeviceAuthority maker =
                DeviceAuthority.openOrCreate(directory.resolve("maker"), "Measurement", InstantSource.system(), random);
        maker.enrol(
                Identity.openOrCreate(home, Role.CAMERA, random),
                new CertificateSubject("Measurement", "camera", "CS-LIMIT"));
        trust = new TrustEvaluator(TrustRoots.NONE.withDevice(maker.root()));
    }

    /**
     * What came of the work.
     *
     * @param failed signatures and handshakes that came later than {@link #ON_TIME} or not at all
     * @param slowestMillis of those that came
     */
    record Outcome(int asked, int failed, long slowestMillis) {}

    /** The longest time per signature, in milliseconds, with which nothing failed; 0 if this machine is too slow for any. */
    int find() throws IdentityException, IOException, InterruptedException {
        if (at(SHORTEST_MILLIS).failed() > 0) {
            return 0;
        }
        int holds = SHORTEST_MILLIS;
        int fails = LONGEST_MILLIS;
        while (fails - holds > EXACT_MILLIS) {
            int middle = (holds + fails) / 2;
            if (at(middle).failed() == 0) {
                holds = middle;
            } else {
                fails = middle;
            }
        }
        return holds;
    }

    /** Does the work with an element that takes that long for each signature. */
    Outcome at(int millisPerSignature) throws IdentityException, IOException, InterruptedException {
        Identity camera = Identity.open(
                home,
                (address, directory) -> new ElementWorker(
                        new SlowElement(
                                SoftwareSecureElement.open(directory, random), Duration.ofMillis(millisPerSignature)),
                        ElementWorker.Limits.DEFAULT));
        Tally tally = new Tally();
        try (Handshakes handshakes = new Handshakes(camera.tls(), trust)) {
            KeyHandle media = camera.media().key();
            handshakes.shake(); // what Java loads the first time
            List<Thread> work = new ArrayList<>();
            long begin = System.nanoTime();
            long ticks = each.toMillis() * HANDSHAKES_A_SECOND / 1000;
            for (long tick = 0; tick < ticks; tick++) {
                sleepUntil(begin + tick * TimeUnit.SECONDS.toNanos(1) / HANDSHAKES_A_SECOND);
                work.add(Thread.ofVirtual().start(() -> tally.time(handshakes::shake)));
                if (tick % HANDSHAKES_A_SECOND == 0) {
                    work.add(Thread.ofVirtual().start(() -> tally.time(() -> media.sign(new byte[64], ON_TIME))));
                }
            }
            for (Thread one : work) {
                one.join();
            }
        } finally {
            camera.element().close();
        }
        return tally.outcome();
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    }

    @FunctionalInterface
    private interface Work {
        void done() throws IdentityException, IOException;
    }

    private static final class Tally {
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicLong slowest = new AtomicLong();

        void time(Work work) {
            asked.incrementAndGet();
            long begin = System.nanoTime();
            try {
                work.done();
                long took = System.nanoTime() - begin;
                slowest.accumulateAndGet(took, Math::max);
                if (took > ON_TIME.toNanos()) {
                    failed.incrementAndGet();
                }
            } catch (IdentityException | IOException e) {
                failed.incrementAndGet();
            }
        }

        Outcome outcome() {
            return new Outcome(asked.get(), failed.get(), slowest.get() / 1_000_000);
        }
    }
}
