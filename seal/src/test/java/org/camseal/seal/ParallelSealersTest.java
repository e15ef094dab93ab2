package org.camseal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.camseal.media.VideoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several cameras in one process, each on a thread of its own: none ever waits for another while it seals pictures, makes manifests, repeats
 * certificates and begins epochs with their grants. Left out is what happens once a run: the platform reads the session certificate through a
 * cache with a lock.
 */
@SuppressWarnings("serial") // SecureRandom is serializable; the one here lives for one test
class ParallelSealersTest {
    private static final int CAMERAS = 4;
    // Groups of four pictures, one second each.
    private static final int WARM_UP_GROUPS = 60;
    private static final int GROUPS = 200;

    @TempDir
    private Path directory;

    @Test
    void neverWaitForEachOther() throws Exception {
        assertThat(waits(KernelRandom::open)).isEmpty();
    }

    /** Positive control: with one lock between them they do wait. */
    @Test
    void aSharedLockShows() throws Exception {
        Object lock = new Object();
        SecureRandom kernel = KernelRandom.open();
        Supplier<SecureRandom> locked = () -> new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                synchronized (lock) {
                    kernel.nextBytes(bytes);
                    holdIt();
                }
            }
        };
        assertThat(waits(locked)).isNotEmpty();
    }

    /** So long that the others come to the lock meanwhile, however few processors there are. */
    private static void holdIt() {
        try {
            Thread.sleep(Duration.ofNanos(100_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where a camera waited for a lock, with the lock and the calls that led there. */
    private List<String> waits(Supplier<SecureRandom> random) throws Exception {
        Path file = directory.resolve("waits.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.JavaMonitorEnter").withoutThreshold().withStackTrace();
            recording.enable("jdk.ThreadPark").withoutThreshold().withStackTrace();
            seal(random, recording);
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(ParallelSealersTest::isOfASealer)
                .map(RecordedEvent::toString)
                .toList();
    }

    private static boolean isOfASealer(RecordedEvent event) {
        return event.getStackTrace() != null
                && event.getStackTrace().getFrames().stream()
                        .anyMatch(frame -> frame.getMethod().getType().getName().equals(Sealer.class.getName()));
    }

    private static void seal(Supplier<SecureRandom> random, Recording recording) throws Exception {
        CyclicBarrier start = new CyclicBarrier(CAMERAS, recording::start);
        List<Future<?>> cameras = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CAMERAS)) {
            for (int i = 0; i < CAMERAS; i++) {
                cameras.add(threads.submit(camera(random.get(), start)));
            }
        }
        for (Future<?> camera : cameras) {
            camera.get();
        }
    }

    private static Callable<Boolean> camera(SecureRandom random, CyclicBarrier start) {
        return () -> {
            Journey journey = new Journey();
            Clips clip = Clips.letters("IPPP".repeat(WARM_UP_GROUPS + GROUPS), Duration.ofMillis(250));
            SealerSettings settings = journey.settings().withEpochLength(Duration.ofSeconds(2));
            try (Sealer sealer = new Sealer(clip.tracks(), settings, journey.camera, random)) {
                seal(sealer, clip.units().subList(0, 4 * WARM_UP_GROUPS));
                start.await();
                seal(
                        sealer,
                        clip.units().subList(4 * WARM_UP_GROUPS, clip.units().size()));
            }
            return true;
        };
    }

    private static void seal(Sealer sealer, List<VideoUnit> pictures) throws SealException {
        for (VideoUnit picture : pictures) {
            sealer.seal(picture);
        }
    }
}
