package org.camseal.e2e.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.camseal.authority.register.Register;
import org.camseal.authority.registration.RegistrationAuthority.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cameras over eight lines, while the authority, the process with its key and the stations are killed and answers are lost: in the end each
 * camera has exactly one pair of certificates, and the register, the audit log, the transparency log and the key's own witness agree.
 *
 * <p>{@code -Dcamseal.soak.cameras=10000} for the large one.
 */
class FactorySoakTest {
    private static final int LINES = 8;
    private static final int CAMERAS = Integer.getInteger("camseal.soak.cameras", 64);

    /** How often a connection is cut where the authority answers. */
    private static final double CUTS = 0.03;

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void everyCameraHasExactlyOnePairWhateverDies() throws Exception {
        SoakPlaces places = new SoakPlaces(directory);
        int each = CAMERAS / LINES;
        try (Register register = Register.open(places.register(), InstantSource.system())) {
            new SoakPki(places).make(register, LINES, each);
        }
        List<SoakLine> lines = new ArrayList<>();
        for (int line = 0; line < LINES; line++) {
            lines.add(new SoakLine(places, line, each));
        }
        long begin = System.nanoTime();
        try (CuttingRelay relay = new CuttingRelay(CUTS)) {
            SoakKiller kills = soak(places, relay, lines);
            long again = new SoakEvidence(places, lines).check();
            System.out.printf(
                    "soak: %d cameras on %d lines in %d s; killed: %d authorities, %d key processes, %d stations;"
                            + " cut: %d behind the handshake, %d in it; given again: %d%n",
                    each * LINES,
                    LINES,
                    Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
                    kills.authorities(),
                    kills.keyProcesses(),
                    kills.stations(),
                    relay.lostAnswers.get(),
                    relay.brokenHandshakes.get(),
                    again);
            assertThat(List.of(kills.authorities(), kills.keyProcesses(), kills.stations()))
                    .as("everything was killed")
                    .doesNotContain(0);
            assertThat(relay.lostAnswers.get() + relay.brokenHandshakes.get())
                    .as("connections were cut")
                    .isPositive();
            assertThat(again).as("certificates that were given once more").isPositive();
        }
    }

    private static SoakKiller soak(SoakPlaces places, CuttingRelay relay, List<SoakLine> lines) throws Exception {
        int certificates = 2 * CAMERAS;
        try (SoakCentre centre = new SoakCentre(places, relay, Math.max(4, certificates / 8))) {
            SoakKiller killer = new SoakKiller(places, centre, lines, certificates);
            List<CompletableFuture<Void>> work = lines.stream()
                    .map(line -> CompletableFuture.runAsync(() -> run(line, relay.port()), Thread::startVirtualThread))
                    .toList();
            CompletableFuture<Void> all = CompletableFuture.allOf(work.toArray(CompletableFuture[]::new));
            while (!all.isDone() && work.stream().noneMatch(CompletableFuture::isCompletedExceptionally)) {
                Thread.sleep(50);
                killer.look();
            }
            joined(all, centre);
            System.out.println("soak: the authority died by itself at " + centre.deaths + ", "
                    + centre.starts.get() + " starts; stations started "
                    + lines.stream().mapToInt(line -> line.starts.get()).sum() + " times");
            assertThat(centre.deaths.keySet()).as("it died at every step").containsExactlyInAnyOrder(Step.values());
            return killer;
        } finally {
            for (SoakLine line : lines) {
                line.end();
            }
        }
    }

    private static void joined(CompletableFuture<Void> all, SoakCentre centre) {
        try {
            all.join();
        } catch (CompletionException e) {
            throw new AssertionError("a line did not come to its end; the authority said:\n" + centre.said(), e);
        }
    }

    private static void run(SoakLine line, int port) {
        try {
            line.work(port);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
