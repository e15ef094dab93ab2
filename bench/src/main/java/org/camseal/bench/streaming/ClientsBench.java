package org.camseal.bench.streaming;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.camseal.bench.BenchException;
import org.camseal.bench.Measurement;
import org.camseal.bench.SyntheticClip;
import org.camseal.bench.Target;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.mp4.FragmentedMp4Writer;

/**
 * One stream of 4.8 Mbit/s to many clients, from our server and from GStreamer's, in turn, in one run: the processor time of the server's
 * process alone, and how evenly pictures arrive. Both send payloads of at most 1 200 bytes. Server, other server and clients are processes
 * of their own.
 */
public final class ClientsBench implements Closeable {
    /** 4.8 Mbit/s. */
    static final SyntheticClip CLIP = new SyntheticClip(30, 100_000, 17_241);

    /** What is needed to measure beside GStreamer. */
    public static final String PEER_PACKAGES =
            "python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good" + " gstreamer1.0-plugins-bad";

    static final String CLIENTS = " clients";
    static final String THEIRS = "gst-rtsp-server: ";
    static final String PROCESSOR = "processor, of one core";
    static final String FOR_ONE = "processor for a client, of one core";
    static final String JITTER = "jitter, 99 of 100 pictures";
    static final String ARRIVED = "arrived";
    static final String RATIO = "processor, of gst-rtsp-server's";

    private static final String BENCH = "streaming";
    private static final double BYTES_PER_SECOND = 600_000;
    private static final int CLIP_GROUPS = 60;
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Duration SETTLE = Duration.ofMillis(2_500);
    private static final Duration WINDOW = Duration.ofSeconds(4);
    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final int WARM_UP_CLIENTS = 50;
    private static final int JUDGED_CLIENTS = 100;
    private static final int JUDGED_ROUNDS = 3;
    private static final double LEAST_DELIVERED = 0.9;

    /**
     * What to measure.
     *
     * @param clients how many at once, one case each
     * @param ways one case each
     */
    public record Plan(List<Integer> clients, List<Way> ways) {
        /** 10, 50, 100 and 200 clients, all ways. */
        public static final Plan WHOLE = new Plan(List.of(10, 50, 100, 200), List.of(Way.values()));

        public Plan {
            clients = List.copyOf(clients);
            ways = List.copyOf(ways);
        }
    }

    /** A server at work; ports of its plain and its TLS side. */
    private record Serving(String name, Child child, int plain, int secure) implements Closeable {
        static Serving of(String name, Child child) throws BenchException, InterruptedException {
            List<String> ports = child.await("ports");
            return new Serving(name, child, Integer.parseInt(ports.get(0)), Integer.parseInt(ports.get(1)));
        }

        int port(Way way) {
            return way.isSecure() ? secure : plain;
        }

        @Override
        public void close() {
            child.close();
        }
    }

    /**
     * What one server did for one case.
     *
     * @param cores processor time in a second
     * @param p99Millis jitter
     * @param delivered bytes that arrived, of those of the stream
     */
    private record Seen(double cores, double p99Millis, double delivered) {
        /** Of several rounds, the one in the middle in each number. */
        static Seen middle(List<Seen> rounds) {
            return new Seen(
                    middle(rounds.stream().mapToDouble(Seen::cores).toArray()),
                    middle(rounds.stream().mapToDouble(Seen::p99Millis).toArray()),
                    middle(rounds.stream().mapToDouble(Seen::delivered).toArray()));
        }

        private static double middle(double... values) {
            Arrays.sort(values);
            return values[values.length / 2];
        }
    }

    private final Serving ours;
    private final Optional<Serving> theirs;
    private final Child sinks;
    private final Consumer<String> progress;

    private ClientsBench(Serving ours, Optional<Serving> theirs, Child sinks, Consumer<String> progress) {
        this.ours = ours;
        this.theirs = theirs;
        this.sinks = sinks;
        this.progress = progress;
    }

    /** Whether GStreamer's server can be measured beside ours: {@link #PEER_PACKAGES} are installed. */
    public static boolean hasPeer() {
        if (!Files.isExecutable(PYTHON)) {
            return false;
        }
        String probe = """
                import gi
                gi.require_version('GstRtspServer', '1.0')
                from gi.repository import Gst, GstRtspServer
                Gst.init(None)
                raise SystemExit(not all(map(Gst.ElementFactory.find, ['qtdemux', 'rtph264pay', 'srtpenc'])))
                """;
        try {
            Process process = new ProcessBuilder(PYTHON.toString(), "-c", probe)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Measures: about seven seconds a case and server. Without GStreamer's server ours is measured alone, and the comparison has no number.
     *
     * @param scratch a directory for the clip and the key of the servers
     * @param progress told what is at work
     */
    public static List<Measurement> run(Plan plan, Path scratch, Consumer<String> progress)
            throws BenchException, InterruptedException {
        progress.accept("streaming: starting the servers");
        ThrowawayKey key = ThrowawayKey.make(scratch);
        Map<String, String> environment = Map.of("PASSPHRASE", key.passphrase());
        List<String> keyFile = List.of(key.file().toString());
        try (Serving ours = Serving.of("ours", Child.java(ServingChild.class, keyFile, environment));
                Closeable peer = hasPeer() ? peer(scratch, key) : () -> {};
                Child sinks = Child.java(SinkChild.class, keyFile, environment)) {
            Optional<Serving> theirs = peer instanceof Serving serving ? Optional.of(serving) : Optional.empty();
            try (ClientsBench bench = new ClientsBench(ours, theirs, sinks, progress)) {
                return bench.measure(plan);
            }
        } catch (IOException e) {
            throw new BenchException.ChildFailed("the clip for the other server could not be written: " + e, e);
        }
    }

    private static Serving peer(Path scratch, ThrowawayKey key)
            throws BenchException, IOException, InterruptedException {
        Path clip = scratch.resolve("clip.mp4");
        try (FragmentedMp4Writer writer = FragmentedMp4Writer.create(clip, List.of(SyntheticClip.track()))) {
            for (int group = 0; group < CLIP_GROUPS; group++) {
                for (AccessUnit unit : CLIP.group(group)) {
                    writer.write(unit);
                }
            }
        } catch (MediaException e) {
            throw new IllegalStateException(e);
        }
        Path script = scratch.resolve("gst_server.py");
        try (InputStream in = ClientsBench.class.getResourceAsStream("gst_server.py")) {
            Files.write(script, in.readAllBytes());
        }
        List<String> command = List.of(
                PYTHON.toString(),
                script.toString(),
                clip.toString(),
                key.file().toString());
        return Serving.of(
                "gst-rtsp-server", Child.start("gst-rtsp-server", command, Map.of("PASSPHRASE", key.passphrase())));
    }

    private List<Measurement> measure(Plan plan) throws BenchException, InterruptedException {
        for (Way way : plan.ways()) {
            // A Java machine compiles what it sees to be busy; a server that runs for months has done so.
            progress.accept("streaming: warming up, " + way.label());
            look(ours, way, WARM_UP_CLIENTS, WARM_UP, Duration.ZERO);
        }
        List<Measurement> out = new ArrayList<>();
        for (Way way : plan.ways()) {
            for (int clients : plan.clients()) {
                out.addAll(measure(way, clients));
            }
        }
        return out;
    }

    private static boolean isJudged(Way way, int clients) {
        return way == Way.UDP && clients == JUDGED_CLIENTS;
    }

    private List<Measurement> measure(Way way, int clients) throws BenchException, InterruptedException {
        List<Seen> mine = new ArrayList<>();
        List<Seen> other = new ArrayList<>();
        String subject = way.label() + ", " + clients + CLIENTS;
        for (int round = 0; round < (isJudged(way, clients) ? JUDGED_ROUNDS : 1); round++) {
            progress.accept("streaming: " + subject);
            mine.add(look(ours, way, clients, SETTLE, WINDOW));
            if (theirs.isPresent() && way != Way.GCM) {
                progress.accept("streaming: " + subject + ", gst-rtsp-server");
                lookIfItServes(theirs.get(), way, clients).ifPresent(other::add);
            }
        }
        List<Measurement> out = new ArrayList<>();
        Seen seen = Seen.middle(mine);
        out.addAll(rows(subject, clients, "", seen));
        Target target = isJudged(way, clients) ? new Target.AtMost(1) : new Target.None();
        if (!other.isEmpty()) {
            Seen beside = Seen.middle(other);
            out.addAll(rows(subject, clients, THEIRS, beside));
            out.add(new Measurement(BENCH, subject, RATIO, seen.cores() / beside.cores(), "", target));
        } else if (isJudged(way, clients)) {
            out.add(new Measurement(BENCH, subject, RATIO, Double.NaN, "", target));
        }
        return out;
    }

    private static List<Measurement> rows(String subject, int clients, String who, Seen seen) {
        double percent = 100 * seen.cores();
        return List.of(
                Measurement.of(BENCH, subject, who + PROCESSOR, percent, "%"),
                Measurement.of(BENCH, subject, who + FOR_ONE, percent / clients, "%"),
                Measurement.of(BENCH, subject, who + JITTER, seen.p99Millis(), "ms"),
                Measurement.of(BENCH, subject, who + ARRIVED, 100 * seen.delivered(), "%"));
    }

    /** The other server may not serve so many; then the case has no number of its. */
    private Optional<Seen> lookIfItServes(Serving serving, Way way, int clients)
            throws BenchException, InterruptedException {
        try {
            return Optional.of(look(serving, way, clients, SETTLE, WINDOW));
        } catch (BenchException.NotAsExpected fewer) {
            progress.accept("streaming: " + fewer.getMessage());
            return Optional.empty();
        }
    }

    /** Has the clients play, waits until they have caught up with the live picture, and looks for a while. */
    private Seen look(Serving serving, Way way, int clients, Duration settle, Duration window)
            throws BenchException, InterruptedException {
        List<String> playing = sinks.ask("play " + serving.port(way) + " " + way.name() + " " + clients, "playing");
        if (!playing.equals(List.of(Integer.toString(clients)))) {
            sinks.ask("stop", "stopped");
            throw new BenchException.NotAsExpected(serving.name() + " served " + String.join(" ", playing) + "; "
                    + clients + " clients by " + way.label() + " expected");
        }
        Thread.sleep(settle);
        sinks.ask("begin", "begun");
        Duration before = serving.child().processorTime();
        long began = System.nanoTime();
        Thread.sleep(window);
        double seconds = (System.nanoTime() - began) / 1e9;
        double spent = serving.child().processorTime().minus(before).toNanos() / 1e9;
        List<String> got = sinks.ask("end", "got");
        sinks.ask("stop", "stopped");
        double delivered = Long.parseLong(got.get(0)) / (BYTES_PER_SECOND * seconds * clients);
        if (window.isPositive() && delivered < LEAST_DELIVERED) {
            progress.accept("streaming: only " + Math.round(100 * delivered) + " % arrived");
        }
        return new Seen(spent / seconds, Double.parseDouble(got.get(1)), delivered);
    }

    @Override
    public void close() {
        progress.accept("streaming: ending the servers");
    }
}
