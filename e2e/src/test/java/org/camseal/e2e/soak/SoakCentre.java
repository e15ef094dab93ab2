package org.camseal.e2e.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.camseal.authority.registration.RegistrationAuthority.Step;
import org.jspecify.annotations.Nullable;

/** Keeps the authority running: whenever it has died, it is started again, to die at the next step. */
final class SoakCentre implements AutoCloseable {
    /** What it leaves behind when it halts itself; also what kill -9 does, told apart by who did it. */
    private static final int HALTED = 137;

    /** How often it died by itself at each step, as it was told to. */
    final Map<Step, Integer> deaths = new EnumMap<>(Step.class);

    final AtomicInteger starts = new AtomicInteger();
    private final SoakPlaces places;
    private final CuttingRelay relay;
    private final int fatalCertificates;
    private final Random random = new Random(4);
    private final Path log;
    private volatile @Nullable Process process;
    private volatile boolean killed;
    private volatile boolean ended;
    private final Thread keeper;

    /**
     * @param fatalCertificates about how many certificates it lives for
     */
    SoakCentre(SoakPlaces places, CuttingRelay relay, int fatalCertificates) {
        this.places = places;
        this.relay = relay;
        this.fatalCertificates = fatalCertificates;
        this.log = places.root().resolve("authority.log");
        this.keeper = Thread.ofPlatform().name("keeper").start(this::keep);
    }

    private void keep() {
        Step[] steps = Step.values();
        try {
            while (!ended) {
                starts.incrementAndGet();
                Step fatal = steps[
                        deaths.values().stream().mapToInt(Integer::intValue).sum() % steps.length];
                int count = fatalCertificates / 2 + random.nextInt(Math.max(1, fatalCertificates));
                Process started = SoakProcess.start(
                        log,
                        SoakAuthority.class,
                        List.of(
                                places.root().toString(),
                                Integer.toString(relay.port()),
                                fatal.name(),
                                Integer.toString(count)));
                process = started;
                int code = started.waitFor();
                if (code == HALTED && !killed) {
                    deaths.merge(fatal, 1, Integer::sum);
                }
                killed = false;
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            // the soak is over
        }
    }

    /** kill -9; true if it was running. */
    boolean kill() {
        Process current = process;
        boolean alive = current != null && current.isAlive();
        if (current != null && alive) {
            killed = true;
            current.destroyForcibly();
        }
        return alive;
    }

    /** kill -9 of the process that has the issuing key; true if there was one. */
    boolean killKeyProcess() {
        Process current = process;
        Optional<ProcessHandle> key =
                current == null ? Optional.empty() : current.children().findFirst();
        key.ifPresent(ProcessHandle::destroyForcibly);
        return key.isPresent();
    }

    String said() {
        return SoakProcess.tail(log);
    }

    @Override
    public void close() {
        ended = true;
        keeper.interrupt();
        try {
            keeper.join();
            Process current = process;
            if (current != null) {
                SoakProcess.end(current);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
