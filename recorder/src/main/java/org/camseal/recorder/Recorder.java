package org.camseal.recorder;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camseal.identity.CertifiedKey;
import org.camseal.media.segment.FreeSpace;
import org.jspecify.annotations.Nullable;

/**
 * The recorder: pulls, checks, stores and serves every camera of its settings, one virtual thread each, until it is closed. It holds no
 * key that opens video. May be started once.
 */
public final class Recorder implements AutoCloseable {
    private final RecorderSettings settings;
    private final CameraWorker.Surroundings around;
    private final Map<String, CameraWorker> workers = new LinkedHashMap<>();
    private final Map<CameraWorker, Thread> threads = new LinkedHashMap<>();
    private @Nullable RecorderServer server;

    /**
     * A recorder of cameras over RTSP.
     *
     * @param own shown over RTSPS to cameras that ask who records them; null to show nothing
     */
    public Recorder(RecorderSettings settings, @Nullable CertifiedKey own, InstantSource clock) {
        this(settings, clock, RtspFeed.opener(own, settings.revocations(), clock), FreeSpace.OF_FILE_STORE);
    }

    /** A recorder in other surroundings. */
    public Recorder(RecorderSettings settings, InstantSource clock, CameraFeed.Opener feeds, FreeSpace freeSpace) {
        this.settings = settings;
        this.around = new CameraWorker.Surroundings(clock, feeds, freeSpace);
    }

    /**
     * Opens the recordings, listens, and begins to record.
     *
     * @throws IOException where the directory cannot be used or the port is taken; nothing is left running
     */
    public void start() throws IOException {
        if (server != null) {
            throw new IllegalStateException("started already");
        }
        Files.createDirectories(settings.directory());
        RecorderServer listening = new RecorderServer(workers, this::status, around.clock());
        for (CameraEntry camera : settings.cameras()) {
            workers.put(camera.name(), new CameraWorker(camera, settings, around, listening.events()::tell));
        }
        listening.start(settings.web());
        server = listening;
        for (CameraWorker worker : workers.values()) {
            threads.put(
                    worker,
                    Thread.ofVirtual().name("record " + worker.camera().name()).start(worker));
        }
    }

    /** Where it listens. */
    public URI address() {
        return started().address();
    }

    /** What to open in a browser: with the token, if one is needed. For who started the program only. */
    public URI entryAddress() {
        return started().entryAddress();
    }

    private RecorderServer started() {
        RecorderServer listening = server;
        if (listening == null) {
            throw new IllegalStateException("not started");
        }
        return listening;
    }

    /** How it is doing. */
    public RecorderStatus status() {
        List<CameraStatus> cameras = new ArrayList<>();
        workers.values().forEach(worker -> cameras.add(worker.status()));
        long free;
        try {
            free = around.freeSpace().usableBytes(settings.directory());
        } catch (IOException unknown) {
            free = -1;
        }
        return new RecorderStatus(free, settings.storage().minimumFreeBytes(), cameras);
    }

    /** The file of the segment that was recorded at that time; empty where there is none, or no such camera. */
    public Optional<Path> segmentFile(String camera, Instant at) {
        CameraWorker worker = workers.get(camera);
        return worker == null
                ? Optional.empty()
                : worker.store().between(at, at.plusMillis(1)).stream()
                        .findFirst()
                        .map(worker.store()::video);
    }

    /** The newest sealed bytes of that camera: one NAL unit, or nothing yet. */
    public byte[] newestBytes(String camera) {
        CameraWorker worker = workers.get(camera);
        return worker == null ? new byte[0] : worker.newestBytes().clone();
    }

    /** Ends all connections, completes the segments, and stops listening. What was received is on the disk afterwards. */
    @Override
    public void close() throws IOException {
        RecorderServer listening = server;
        if (listening != null) {
            listening.close();
        }
        for (Map.Entry<CameraWorker, Thread> running : threads.entrySet()) {
            try {
                running.getKey().close(running.getValue());
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
        threads.clear();
    }
}
