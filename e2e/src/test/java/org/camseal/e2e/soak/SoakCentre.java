package org.camseal.e2e.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.log.LogCheck;
import org.camseal.authority.log.LogKeys;
import org.camseal.authority.log.LogSource;
import org.camseal.authority.log.LogVerdict;
import org.camseal.authority.registration.RegistrationAuthority.Step;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code camseal authority run} running: whenever it has died, its log is checked against what was seen of it before, and it is started
 * again, to die at the next step of some certificate.
 */
final class SoakCentre implements AutoCloseable {
    /** What a process leaves behind that kill -9 has ended. */
    static final int KILLED = 137;

    /** How often it died at each step of a certificate. */
    final Map<Step, Integer> deaths = new EnumMap<>(Step.class);

    /** Starts that ended by themselves, with what was said. */
    final List<String> faults = new CopyOnWriteArrayList<>();

    final AtomicInteger starts = new AtomicInteger();
    private final SoakPlaces places;
    private final CuttingRelay relay;
    private final int certificates;
    private final Random random = new Random(4);
    private final Path log;
    private volatile @Nullable Process process;
    private volatile boolean killed;
    private volatile boolean ended;
    private final Thread keeper;

    /**
     * @param certificates how many there will be
     */
    SoakCentre(SoakPlaces places, CuttingRelay relay, int certificates) {
        this.places = places;
        this.relay = relay;
        this.certificates = certificates;
        this.log = places.root().resolve("authority.log");
        this.keeper = Thread.ofPlatform().name("keeper").start(this::keep);
    }

    private void keep() {
        try {
            while (!ended) {
                starts.incrementAndGet();
                Optional<Step> fatal = nextStep();
                int count = Math.max(2, certificates / 16 + random.nextInt(Math.max(1, certificates / 16)));
                Process started = SoakProcess.start(
                        log,
                        Map.of("JAVA_TOOL_OPTIONS", SoakWitness.options(places, fatal, count)),
                        List.of("authority", "run", "--home=" + places.home().directory()));
                process = started;
                if (fatal.filter(Step.ISSUED::equals).isPresent()) {
                    relay.atAnswer(count, started::destroyForcibly);
                }
                int code = started.waitFor();
                if (code == KILLED && !killed && fatal.isPresent()) {
                    deaths.merge(fatal.get(), 1, Integer::sum);
                } else if (code != KILLED && !ended) {
                    faults.add("exit code " + code + ": " + said());
                }
                killed = false;
                requireSoundLog();
            }
        } catch (IOException | AuthorityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            // the soak is over
        }
    }

    /** Each step once for some thousands of certificates; then it lives until somebody else kills it. */
    private Optional<Step> nextStep() {
        Step[] steps = Step.values();
        int done = deaths.values().stream().mapToInt(Integer::intValue).sum();
        int rounds = Math.max(1, certificates / 5_000);
        return done < rounds * steps.length ? Optional.of(steps[done % steps.length]) : Optional.empty();
    }

    /** That nothing is gone or changed that was in the log at an earlier death. */
    private void requireSoundLog() throws AuthorityException {
        if (!Files.exists(places.tiles().resolve("checkpoint"))) {
            return; // it died before its first
        }
        LogVerdict verdict = new LogCheck(
                        LogSource.directory(places.tiles()),
                        LogKeys.open(places.logKeys(), new java.security.SecureRandom())
                                .publicKey(),
                        LogCheck.Settings.usual().withState(places.seenLog()))
                .run();
        if (!(verdict instanceof LogVerdict.Sound)) {
            faults.add("the log at start " + starts.get() + ": " + verdict);
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
