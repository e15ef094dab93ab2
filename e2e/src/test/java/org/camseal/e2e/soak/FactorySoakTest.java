package org.camseal.e2e.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.camseal.authority.registration.RegistrationAuthority.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Cameras over eight lines, while {@code camseal authority run}, the process with its key and the stations ({@code camseal factory provision}) are
 * killed and answers are lost: in the end each camera has exactly one pair of certificates, and the register, the audit log, the
 * transparency log and a witness beside the key agree. The programs are the real ones, each a process of its own.
 *
 * <p>{@code -Dcamseal.soak.cameras=10000} for the large one.
 */
@Isolated("it takes the whole machine, and others beside it keep real time")
class FactorySoakTest {
    private static final int LINES = 8;
    private static final int CAMERAS = Integer.getInteger("camseal.soak.cameras", 1_000);

    /** Of the last line, whose cameras each have a soft element: a process of its own for each. */
    private static final int IN_SOFT_ELEMENTS = 6;

    /** How often a connection is cut where the authority answers. */
    private static final double CUTS = 0.03;

    @TempDir
    private Path directory;

    private static List<SoakLine> lines(SoakPlaces places) throws IOException {
        int others = CAMERAS - IN_SOFT_ELEMENTS;
        int ordinary = LINES - 1;
        List<SoakLine> lines = new ArrayList<>();
        for (int line = 0; line < ordinary; line++) {
            int cameras = others / ordinary + (line < others % ordinary ? 1 : 0);
            lines.add(new SoakLine(places, line, cameras, "files"));
        }
        lines.add(new SoakLine(places, ordinary, IN_SOFT_ELEMENTS, "soft"));
        return lines;
    }

    @Test
    @Timeout(value = 90, unit = TimeUnit.MINUTES)
    void everyCameraHasExactlyOnePairWhateverDies() throws Exception {
        SoakPlaces places = new SoakPlaces(directory);
        List<SoakLine> lines = lines(places);
        SoakFactory factory = new SoakFactory(places);
        factory.make(lines);
        long begin = System.nanoTime();
        try (CuttingRelay relay = new CuttingRelay(CUTS)) {
            factory.listen(relay.port());
            SoakKiller kills = soak(places, relay, lines);
            long again = new SoakEvidence(places, lines).check();
            System.out.printf(
                    "soak: %d cameras on %d lines in %d s; killed: %d authorities, %d key processes, %d stations;"
                            + " cut: %d behind the handshake, %d in it; given again: %d%n",
                    CAMERAS,
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
        try (SoakCentre centre = new SoakCentre(places, relay, certificates)) {
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
            assertThat(centre.faults)
                    .as("starts that ended by themselves, and logs that were not sound")
                    .isEmpty();
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
