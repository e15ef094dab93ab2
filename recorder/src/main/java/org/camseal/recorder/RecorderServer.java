package org.camseal.recorder;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.camseal.media.unitstream.UnitStreamWriter;
import org.camseal.web.Routes;
import org.camseal.web.WebException;
import org.camseal.web.WebRequest;
import org.camseal.web.WebResponse;
import org.camseal.web.WebServer;
import org.camseal.web.WebSettings;
import org.jspecify.annotations.Nullable;

/** The recorder's HTTP interface and its console page (docs/spec/recorder-api.md). Everything it hands out is sealed. */
final class RecorderServer implements AutoCloseable {
    private static final String UNIT_STREAM = "application/vnd.camseal.units";

    private final Map<String, CameraWorker> cameras;
    private final Supplier<RecorderStatus> status;
    private final InstantSource clock;
    private final EventFan<RecorderEvent> events = new EventFan<>();
    private @Nullable WebServer web;

    /** @param cameras by name; filled before {@link #start} */
    RecorderServer(Map<String, CameraWorker> cameras, Supplier<RecorderStatus> status, InstantSource clock) {
        this.cameras = cameras;
        this.status = status;
        this.clock = clock;
    }

    /** Whoever is told here, is told to every page that listens. */
    EventFan<RecorderEvent> events() {
        return events;
    }

    void start(WebSettings settings) throws IOException {
        Routes routes = new Routes()
                .get("/api/status", request -> WebResponse.json(status.get()))
                .get(
                        "/api/events",
                        request -> WebResponse.events(sink -> events.listen(event -> sink.send(event.name(), event))))
                .get("/api/cameras/{camera}/segments", this::segments)
                .get("/api/cameras/{camera}/segments/{segment}/video", this::video)
                .get("/api/cameras/{camera}/segments/{segment}/groups", this::groups)
                .get("/api/cameras/{camera}/units", this::units)
                .get("/api/cameras/{camera}/newest-bytes", this::newestBytes)
                .resources("/", RecorderServer.class, "page")
                .shared();
        try {
            web = WebServer.start(settings, routes);
        } catch (WebException.CannotStart cannot) {
            throw new IOException(cannot.getMessage(), cannot);
        }
    }

    /** For whoever started the program: with the token, if one is needed. */
    URI entryAddress() {
        return started().entryUri();
    }

    URI address() {
        return started().uri();
    }

    private WebServer started() {
        WebServer running = web;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    private WebResponse segments(WebRequest request) throws WebException.Refused {
        CameraWorker camera = camera(request);
        Instant now = clock.instant();
        Instant to = time(request, "to").orElse(now);
        Instant from = time(request, "from").orElse(Instant.EPOCH);
        List<Segment> segments = camera.store().between(from, to).stream()
                .map(camera.store()::look)
                .toList();
        return WebResponse.json(new RecordingList(segments, camera.gaps().between(from, to), now));
    }

    private WebResponse video(WebRequest request) throws WebException.Refused {
        CameraWorker camera = camera(request);
        Segment segment = segment(camera, request);
        Path file = camera.store().video(segment);
        return WebResponse.file("video/mp4", file).asDownload(camera.camera().name() + "-" + segment.id() + ".mp4");
    }

    private WebResponse groups(WebRequest request) throws WebException.Refused {
        CameraWorker camera = camera(request);
        try {
            return WebResponse.json(new VerdictList(camera.store().verdicts(segment(camera, request))));
        } catch (IOException unreadable) {
            throw new WebException.Refused(500, "the verdict log cannot be read: " + unreadable.getMessage(), "");
        }
    }

    private WebResponse units(WebRequest request) throws WebException.Refused {
        CameraWorker camera = camera(request);
        Instant from = time(request, "from").orElse(null);
        Instant to = time(request, "to").orElse(null);
        boolean something = from == null
                ? camera.recent().isPresent()
                : !camera.store().between(from, to == null ? Instant.MAX : to).isEmpty()
                        || (to == null && camera.recent().isPresent());
        if (!something) {
            throw WebException.Refused.notFound("camera " + camera.camera().name() + " has no video there");
        }
        return WebResponse.stream(UNIT_STREAM, out -> send(camera, from, to, out));
    }

    private static void send(CameraWorker camera, @Nullable Instant from, @Nullable Instant to, OutputStream out)
            throws IOException, InterruptedException {
        UnitFlow flow = new UnitFlow(camera, to, tracks -> new UnitStreamWriter(out, tracks));
        if (!flow.run(from)) {
            throw new InterruptedIOException("the video that was there is gone");
        }
    }

    private WebResponse newestBytes(WebRequest request) throws WebException.Refused {
        return WebResponse.bytes(
                "application/octet-stream", camera(request).newestBytes().clone());
    }

    private CameraWorker camera(WebRequest request) throws WebException.Refused {
        CameraWorker camera = cameras.get(request.parameter("camera"));
        if (camera == null) {
            throw WebException.Refused.notFound("no camera of that name; the recorder has " + cameras.keySet());
        }
        return camera;
    }

    private static Segment segment(CameraWorker camera, WebRequest request) throws WebException.Refused {
        return camera.store()
                .segment(request.parameter("segment"))
                .orElseThrow(() -> WebException.Refused.notFound("no segment of that id"));
    }

    private static Optional<Instant> time(WebRequest request, String name) throws WebException.Refused {
        Optional<String> text = request.query(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text.get()));
        } catch (DateTimeException wrong) {
            throw WebException.Refused.badRequest("'" + name + "' is no UTC time such as 2026-11-14T10:15:00Z");
        }
    }

    @Override
    public void close() {
        WebServer running = web;
        if (running != null) {
            running.close();
        }
    }
}
