package org.camseal.viewer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.camseal.media.MediaException;
import org.camseal.media.unitstream.UnitStreamReader;
import org.camseal.recorder.CameraStatus;
import org.camseal.recorder.EventFan;
import org.camseal.recorder.GroupJudge;
import org.camseal.recorder.GroupVerdict;
import org.camseal.web.Routes;
import org.camseal.web.WebException;
import org.camseal.web.WebRequest;
import org.camseal.web.WebResponse;
import org.camseal.web.WebServer;
import org.jspecify.annotations.Nullable;

/** The viewer's page and what it asks for. On the loopback address only, with a session token: it hands out clear video. */
final class ViewerServer implements AutoCloseable {
    /** How much of a recording one answer plays; the page asks for the next in time. */
    private static final Duration PLAY_AT_ONCE = Duration.ofSeconds(12);

    private static final Duration LONGEST_CLIP = Duration.ofHours(1);
    private static final Duration LONGEST_TIMELINE = Duration.ofHours(25);

    private final ViewerSettings settings;
    private final InstantSource clock;
    private final @Nullable DemoHooks demo;
    private final RecorderClient recorder;
    private final EventFan<ViewerEvent> events = new EventFan<>();
    private final Map<String, CameraTimeline> timelines = new ConcurrentHashMap<>();
    private @Nullable WebServer web;

    /** What the page asks for first. */
    record State(List<Camera> cameras, boolean demo) {}

    /** A camera as the recorder names it. */
    record Camera(String name, String serial, CameraStatus.State state, String detail) {}

    /** What the page's attacker asks for. */
    record AlterRequest(String camera, Instant at) {}

    ViewerServer(ViewerSettings settings, InstantSource clock, @Nullable DemoHooks demo) {
        this.settings = settings;
        this.clock = clock;
        this.demo = demo;
        this.recorder = new RecorderClient(settings.recorder());
    }

    void start() throws WebException.CannotStart {
        Routes routes = new Routes()
                .get("/api/state", request -> state())
                .get(
                        "/api/events",
                        request -> WebResponse.events(sink -> events.listen(event -> sink.send(event.name(), event))))
                .get("/api/cameras/{camera}/timeline", this::timeline)
                .get("/api/cameras/{camera}/play", this::play)
                .get("/api/cameras/{camera}/export", this::export)
                .resources("/", ViewerServer.class, "page")
                .shared();
        DemoHooks hooks = demo;
        if (hooks != null) {
            routes.get("/api/demo/recorder", request -> WebResponse.json(hooks.recorderView(needed(request, "camera"))))
                    .post("/api/demo/alter", request -> alter(hooks, request.json(AlterRequest.class)));
        }
        web = WebServer.start(settings.page(), routes);
    }

    URI entryAddress() {
        WebServer running = web;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running.entryUri();
    }

    private WebResponse state() throws WebException {
        List<Camera> cameras = waiting(recorder::cameras).stream()
                .map(one -> new Camera(one.name(), one.serial(), one.state(), one.detail()))
                .toList();
        return WebResponse.json(new State(cameras, demo != null));
    }

    private WebResponse timeline(WebRequest request) throws WebException {
        Instant to = time(request, "to").orElseGet(clock::instant);
        Instant from = time(request, "from").orElse(to.minus(Duration.ofMinutes(2)));
        if (Duration.between(from, to).compareTo(LONGEST_TIMELINE) > 0 || !from.isBefore(to)) {
            throw WebException.Refused.badRequest("'from' is to lie before 'to', by a day at most");
        }
        CameraTimeline line = timeline(request.parameter("camera"));
        return WebResponse.json(waiting(() -> line.between(from, to)));
    }

    private WebResponse play(WebRequest request) throws WebException {
        String camera = request.parameter("camera");
        double media = number(request, "media");
        GroupJudge judge = StreamCheck.judge(settings, camera);
        Optional<Instant> from = time(request, "from");
        Instant to = from.map(start -> start.plus(PLAY_AT_ONCE)).orElse(null);
        UnitStreamReader units = waiting(() -> units(camera, from.orElse(null), to))
                .orElseThrow(() -> WebException.Refused.notFound("nothing is recorded there"));
        return WebResponse.stream("application/vnd.camseal.play", out -> {
            PlayStream page = new PlayStream(out);
            try {
                if (to == null) {
                    LivePlay.play(units, judge, settings.keys(), media, page);
                } else {
                    seen(camera, RecordedPlay.play(units, judge, settings.keys(), to, media, page));
                }
            } catch (MediaException broken) {
                throw new IOException("what the recorder sends breaks off: " + broken.getMessage(), broken);
            }
        });
    }

    private void seen(String camera, List<GroupVerdict> verdicts) throws InterruptedException {
        try {
            timeline(camera).seen(verdicts);
        } catch (WebException unreachable) {
            events.tell(new ViewerEvent.Reached(false, String.valueOf(unreachable.getMessage())));
        }
    }

    private WebResponse export(WebRequest request) throws WebException {
        String camera = request.parameter("camera");
        Instant from = time(request, "from").orElseThrow(() -> WebException.Refused.badRequest("'from' is missing"));
        Instant to = time(request, "to").orElseThrow(() -> WebException.Refused.badRequest("'to' is missing"));
        if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST_CLIP) > 0) {
            throw WebException.Refused.badRequest("a clip is at most an hour long, and begins before it ends");
        }
        boolean clear = needed(request, "form").equals("clear");
        GroupJudge judge = StreamCheck.judge(settings, camera);
        UnitStreamReader units = waiting(() -> units(camera, from, to))
                .orElseThrow(() -> WebException.Refused.notFound("nothing is recorded there"));
        String name = String.format(
                Locale.ROOT, "%s-%s%s.mp4", camera, from.toString().replace(":", ""), clear ? "-opened" : "-sealed");
        return WebResponse.stream("video/mp4", out -> export(units, clear, judge, out))
                .asDownload(name);
    }

    private void export(UnitStreamReader units, boolean clear, GroupJudge judge, OutputStream out) throws IOException {
        try {
            if (clear) {
                ClipExport.clear(units, judge, settings.keys(), out);
            } else {
                ClipExport.sealed(units, out);
            }
        } catch (MediaException broken) {
            throw new IOException("what the recorder sends breaks off: " + broken.getMessage(), broken);
        }
    }

    private WebResponse alter(DemoHooks hooks, AlterRequest wanted) throws WebException {
        DemoHooks.Alteration done;
        try {
            done = hooks.alter(wanted.camera(), wanted.at());
        } catch (IOException cannot) {
            throw new WebException.Refused(409, String.valueOf(cannot.getMessage()), "choose a time some seconds ago");
        }
        CameraTimeline line = timeline(wanted.camera());
        waiting(() -> {
            line.checkAgain(done.at());
            return done;
        });
        return WebResponse.json(done);
    }

    private CameraTimeline timeline(String camera) {
        return timelines.computeIfAbsent(
                camera, name -> new CameraTimeline(name, recorder, StreamCheck.judge(settings, name), events, clock));
    }

    private Optional<UnitStreamReader> units(String camera, @Nullable Instant from, @Nullable Instant to)
            throws WebException, InterruptedException {
        try {
            return recorder.units(camera, from, to);
        } catch (MediaException | IOException broken) {
            throw new WebException.Unreachable(
                    "what the recorder sends is not a unit stream: " + broken.getMessage(), broken);
        }
    }

    /** Something that asks the recorder. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws WebException, InterruptedException;
    }

    private static <T> T waiting(Question<T> question) throws WebException {
        try {
            return question.ask();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new WebException.Refused(503, "the viewer is ending", "");
        }
    }

    private static String needed(WebRequest request, String name) throws WebException.Refused {
        return request.query(name).orElseThrow(() -> WebException.Refused.badRequest("'" + name + "' is missing"));
    }

    private static double number(WebRequest request, String name) throws WebException.Refused {
        try {
            double value = Double.parseDouble(request.query(name).orElse("0"));
            if (value >= 0 && value <= 1e7) {
                return value;
            }
        } catch (NumberFormatException wrong) {
            // said below
        }
        throw WebException.Refused.badRequest("'" + name + "' is no number of seconds");
    }

    private static Optional<Instant> time(WebRequest request, String name) throws WebException.Refused {
        Optional<String> text = request.query(name);
        try {
            return text.map(Instant::parse);
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
        timelines.values().forEach(CameraTimeline::close);
        recorder.close();
    }
}
