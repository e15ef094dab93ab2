package org.camseal.e2e.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One line of the factory: {@code camseal factory provision}, started again with the same words until all its cameras are ready. */
final class SoakLine {
    private static final int MOST_STARTS = 60;

    final AtomicInteger starts = new AtomicInteger();
    private final SoakPlaces places;
    private final int line;
    private final int cameras;
    private final String element;
    private final Path log;
    private volatile @Nullable Process process;

    /**
     * @param element where the cameras' keys are
     */
    SoakLine(SoakPlaces places, int line, int cameras, String element) throws IOException {
        this.places = places;
        this.line = line;
        this.cameras = cameras;
        this.element = element;
        this.log = places.root().resolve(SoakPlaces.lineId(line) + ".log");
        List<String> serials = new ArrayList<>();
        for (int camera = 0; camera < cameras; camera++) {
            serials.add(SoakPlaces.serial(line, camera));
        }
        Files.write(places.list(line), serials);
    }

    /** Returns once every camera is ready. */
    void work(int port) throws IOException, InterruptedException {
        int code = -1;
        while (code != 0) {
            if (starts.incrementAndGet() > MOST_STARTS) {
                throw new AssertionError("line " + line + " was started " + MOST_STARTS
                        + " times, and is not done, exit code " + code + ":\n" + SoakProcess.tail(log));
            }
            Process started = SoakProcess.start(
                    log,
                    Map.of(),
                    List.of(
                            "factory",
                            "provision",
                            "--authority=https://" + CuttingRelay.HOST + ":" + port,
                            "--line=" + places.line(line),
                            "--organization=" + SoakFactory.MAKER,
                            "--model=" + SoakFactory.MODEL,
                            "--element=" + element,
                            "--work=" + places.work(line),
                            "--list=" + places.list(line),
                            "--wait=300",
                            "--json"));
            process = started;
            code = started.waitFor();
        }
    }

    /** kill -9; true if it was running. */
    boolean kill() {
        Process current = process;
        boolean alive = current != null && current.isAlive();
        if (current != null && alive) {
            current.destroyForcibly();
        }
        return alive;
    }

    void end() throws InterruptedException {
        Process current = process;
        if (current != null) {
            SoakProcess.end(current);
        }
    }

    int line() {
        return line;
    }

    int cameras() {
        return cameras;
    }

    /** How many cameras it has begun with. */
    long begun() throws IOException {
        Path directory = places.work(line).resolve("cameras");
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try (Stream<Path> cameras = Files.list(directory)) {
            return cameras.count();
        }
    }

    Path camera(int camera) {
        return places.work(line).resolve("cameras").resolve(SoakPlaces.serial(line, camera));
    }

    Path report(int camera) {
        return camera(camera).resolve("report.json");
    }
}
