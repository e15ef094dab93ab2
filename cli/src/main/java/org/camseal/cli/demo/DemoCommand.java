package org.camseal.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.camseal.camera.CameraEvent;
import org.camseal.cli.camera.DemoSource;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.cli.command.Json;
import org.camseal.identity.ElementInfo;
import org.camseal.identity.IdentityException;
import org.camseal.seal.SuiteChoice;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.Transport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code camseal demo}: the whole journey of a frame in one process. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows the whole journey: a camera that seals, a recorder that cannot see, a viewer that opens and checks.",
            "",
            "Each has its own directory and keys below --dir, and they talk over the network only. Open the address that is printed in a"
                    + " browser; there is a button that alters a recording."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  camseal demo",
            "  camseal demo --source clip.mp4",
            "  camseal demo --source rtsp://user:password@192.0.2.7/stream1 --legacy-digest",
            "  camseal demo --headless --seconds 20"
        })
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--source",
            paramLabel = "URL|FILE",
            description =
                    "Where the pictures come from: a file (played again and again), rtsp://user:password@host/path, or a device such as"
                            + " /dev/video0. Without it a live test pattern is made.")
    private @Nullable String source;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "camseal-demo",
            description = "Where keys and recordings are kept; used again next time. Default: ${DEFAULT-VALUE}")
    private Path directory = Path.of("camseal-demo");

    @Option(
            names = "--element",
            paramLabel = "ADDRESS",
            defaultValue = "files",
            description =
                    "Where the camera's keys are: files, soft, tpm2:/dev/tpmrm0, or pkcs11:LIBRARY?slot=N&pin-file=FILE. A directory keeps"
                            + " the one it began with. Default: ${DEFAULT-VALUE}")
    private String element = "files";

    @Option(names = "--headless", description = "Without a page: checks the journey itself, then ends. For scripts.")
    private boolean headless;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How long --headless records, 8 to 3600. Default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--udp", description = "Pulls an rtsp:// source over UDP. Default: TCP")
    private boolean udp;

    @Option(
            names = "--legacy-digest",
            description =
                    "Logins by Digest with MD5 are accepted too: of the source, as most cameras have them, and of recorders such as ffmpeg"
                            + " and GStreamer at the camera.")
    private boolean legacyDigest;

    @Option(
            names = "--suite",
            defaultValue = "AUTO",
            description = "The cipher inside: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}, the faster one")
    private SuiteChoice suite = SuiteChoice.AUTO;

    @Option(names = "--port", paramLabel = "PORT", description = "The page's port. Default: a free one")
    private int port;

    @Option(names = "--camera-port", paramLabel = "PORT", description = "The camera's RTSPS port. Default: a free one")
    private int cameraPort;

    @Option(names = "--json", description = "With --headless: prints the result as one JSON object.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, IdentityException, CommandFailure, InterruptedException {
        if (seconds < 8 || seconds > 3600) {
            throw new CommandFailure(ExitCode.USAGE, "--seconds " + seconds + ": 8 to 3600 expected", null);
        }
        for (int chosen : new int[] {port, cameraPort}) {
            if (chosen < 0 || chosen > 65535) {
                throw new CommandFailure(ExitCode.USAGE, "port " + chosen + ": 0 to 65535 expected", null);
            }
        }
        LegacyDigest legacy = legacyDigest ? LegacyDigest.MD5 : LegacyDigest.REFUSED;
        DemoWorld.Choices choices = new DemoWorld.Choices(
                DemoSource.of(source, udp ? Transport.UDP : Transport.TCP, legacy),
                element,
                suite,
                legacy,
                port,
                cameraPort,
                Duration.ofSeconds(headless ? 10 : 60));
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        CountDownLatch ending = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Thread atExit = Thread.ofPlatform().unstarted(() -> {
            ending.countDown();
            try {
                ended.await(15, java.util.concurrent.TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(atExit);
        try (DemoWorld world = DemoWorld.start(directory, choices, event -> say(event, err))) {
            if (headless) {
                return runHeadless(world);
            }
            introduce(world).forEach(spec.commandLine().getOut()::println);
            ending.await();
            return ExitCode.DONE.number();
        } finally {
            ended.countDown();
        }
    }

    private int runHeadless(DemoWorld world) throws IOException, CommandFailure, InterruptedException {
        DemoOutcome outcome = new HeadlessDemo(world).run(Duration.ofSeconds(seconds));
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (json) {
            out.println(Json.text(outcome.json()));
        } else {
            outcome.lines().forEach(out::println);
        }
        return outcome.exitCode().number();
    }

    private java.util.List<String> introduce(DemoWorld world) {
        ElementInfo info = world.site().camera().element().info();
        String legacyHint = legacyDigest ? "" : " (add --legacy-digest for ffmpeg and GStreamer)";
        return java.util.List.of(
                "",
                "  watch      " + world.viewer().entryAddress(),
                "  recorder   " + world.recorder().entryAddress(),
                "  camera     " + world.camera().address() + "  user "
                        + world.login().user() + ", password " + world.login().password() + legacyHint,
                "  element    " + info.name() + ", assurance " + info.assurance(),
                "  recordings " + world.site().recordings(),
                "  root       " + world.site().deviceRoot() + "  for camseal verify --root",
                "  key        " + world.site().viewerIdentity() + "  for camseal open --identity",
                "",
                "Open the first address in a browser. Ctrl-C ends it; the recordings stay.");
    }

    /** What a user should know while it runs; readers that come and go are not. */
    private static void say(CameraEvent event, PrintWriter err) {
        switch (event) {
            case CameraEvent.SourceStarted e -> {}
            case CameraEvent.Reader e -> {}
            case CameraEvent.SourceLost e -> err.println("camseal: camera: " + e.text());
            case CameraEvent.SourceGap e -> err.println("camseal: camera: " + e.text());
            case CameraEvent.SourceEnded e -> err.println("camseal: camera: " + e.text());
            case CameraEvent.SourceUnusable e -> err.println("camseal: error: " + Fault.oneLine(e.text()));
            case CameraEvent.UnitsDropped e -> err.println("camseal: camera: " + e.text());
            case CameraEvent.SignerChanged e -> err.println("camseal: camera: " + e.text());
            case CameraEvent.NotSigned e -> err.println("camseal: camera: " + e.text());
            case CameraEvent.Stopped e -> err.println("camseal: error: " + Fault.oneLine(e.text()));
        }
    }
}
