package org.camseal.cli.factory;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.factory.FailureCause;
import org.camseal.factory.LineStation;
import org.camseal.factory.Outcome;
import org.camseal.factory.Provisioner;
import org.camseal.factory.Yield;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;
import org.camseal.web.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal factory provision}: cameras get their keys and certificates, and are tested. */
@Command(
        name = "provision",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Has each camera make its keys in its element, asks the authority for its two certificates, installs them, tests them"
                    + " by a TLS handshake and a signed picture, and writes a report.",
            "",
            "May be killed at any moment: the same command again goes on where it was. Requests for which the authority cannot be"
                    + " reached are kept, signed by the line's key, and sent when the command runs again, or meanwhile with --wait."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  every camera is ready",
            "   2  wrong command line, or a serial that is none",
            "   3  some cameras wait: for the link, for the authority, or for the release of a dispute",
            "   4  a file or the disk failed",
            "   5  some cameras were refused, or their element, certificates or tests are wrong",
        })
final class FactoryProvisionCommand implements Callable<Integer> {
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(2);

    @Parameters(paramLabel = "SERIAL", arity = "0..*", description = "Serials of cameras.")
    private List<String> serials = List.of();

    @Option(
            names = "--list",
            paramLabel = "FILE",
            description = "A file of serials, one on a line; - reads them from standard input as they come.")
    private @Nullable Path list;

    @Option(names = "--queued", description = "All cameras whose requests are kept from earlier.")
    private boolean queued;

    @Mixin
    private FactoryLineOptions line = new FactoryLineOptions();

    @Option(
            names = "--at-a-time",
            paramLabel = "N",
            defaultValue = "4",
            description = "Cameras worked at together, 1 to 64. Default: ${DEFAULT-VALUE}.")
    private int atATime = 4;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "How long cameras that wait are tried again. Default: ${DEFAULT-VALUE}.")
    private long waitSeconds;

    @Option(
            names = "--json",
            description = "One JSON object on a line for each camera, the last one for the whole run.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private final Map<String, Outcome> last = new TreeMap<>();
    private boolean badSerial;

    @Override
    public Integer call() throws IdentityException, CommandFailure, IOException, InterruptedException {
        if (atATime < 1 || atATime > 64) {
            throw new CommandFailure(ExitCode.USAGE, "--at-a-time " + atATime + " is not 1 to 64", null);
        }
        if (serials.isEmpty() && list == null && !queued) {
            throw new CommandFailure(
                    ExitCode.USAGE, "which cameras? SERIAL..., --list FILE or --queued expected", null);
        }
        InstantSource clock = InstantSource.system();
        Yield yield = new Yield(clock);
        try (FactoryLine opened = line.open(clock);
                LineStation station = LineStation.open(line.work(), opened.provisioner(), atATime)) {
            PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
            try (YieldTable _ = YieldTable.on(err, yield);
                    SerialLines lines =
                            SerialLines.of(serials(opened.provisioner()), Optional.ofNullable(list), this::complain)) {
                station.work(lines, yield, this::ended);
                again(station, yield, clock.instant().plusSeconds(waitSeconds), clock);
            }
        }
        return summed(yield.snapshot(), clock.instant());
    }

    private List<String> serials(Provisioner provisioner) throws IdentityException {
        return queued
                ? java.util.stream.Stream.concat(serials.stream(), provisioner.queue().serials().stream())
                        .toList()
                : serials;
    }

    private void complain(String complaint) {
        badSerial = true;
        Objects.requireNonNull(spec).commandLine().getErr().println("camseal: error: " + complaint);
    }

    private void again(LineStation station, Yield yield, Instant until, InstantSource clock)
            throws InterruptedException {
        while (clock.instant().isBefore(until)) {
            List<String> waiting = last.values().stream()
                    .filter(outcome -> outcome instanceof Outcome.NotReady failed
                            && failed.cause().waits()
                            && failed.cause() != FailureCause.HELD)
                    .map(Outcome::serial)
                    .toList();
            if (waiting.isEmpty()) {
                return;
            }
            Thread.sleep(BETWEEN_ROUNDS);
            station.work(waiting.iterator(), yield, this::ended);
        }
    }

    private void ended(Outcome outcome) {
        Outcome before = last.put(outcome.serial(), outcome);
        if (json && !isTheSame(before, outcome)) {
            print(object(outcome));
        }
    }

    /** A camera that still waits for the same is not told again at each try. */
    private static boolean isTheSame(@Nullable Outcome before, Outcome now) {
        return before instanceof Outcome.NotReady then
                && now instanceof Outcome.NotReady still
                && then.cause() == still.cause()
                && then.stage().equals(still.stage());
    }

    private static Map<String, Object> object(Outcome outcome) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("serial", outcome.serial());
        switch (outcome) {
            case Outcome.Ready ready -> {
                object.put("ready", true);
                object.put("before", ready.before());
                object.put("tls", ready.report().tls().sha256());
                object.put("media", ready.report().media().sha256());
            }
            case Outcome.NotReady failed -> {
                object.put("ready", false);
                object.put("stage", failed.stage());
                object.put("cause", failed.cause().name());
                object.put("detail", failed.detail());
            }
        }
        return object;
    }

    /** The summary, on standard output and in a file of its own. */
    private int summed(Yield.Snapshot numbers, Instant now) throws IdentityException {
        Map<String, Object> summary = YieldTable.object(numbers);
        summary.put("line", line.work().toString());
        summary.put("ended", now.toString());
        List<Map<String, Object>> notReady = last.values().stream()
                .filter(outcome -> outcome instanceof Outcome.NotReady)
                .map(FactoryProvisionCommand::object)
                .toList();
        Path file = line.work().resolve("summaries").resolve(now.toString().replace(':', '-') + ".json");
        DurableFile.ownDirectory(line.work().resolve("summaries"));
        Map<String, Object> whole = new LinkedHashMap<>(summary);
        whole.put("notReady", notReady);
        DurableFile.write(file, Json.write(whole), DurableFile.Readers.EVERYBODY);
        if (json) {
            print(summary);
        } else {
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            YieldTable.lines(numbers).forEach(out::println);
            explain(out);
        }
        return exitCode().number();
    }

    /** For each cause one camera, and what to do. */
    private void explain(PrintWriter out) {
        Map<FailureCause, Outcome.NotReady> examples = new TreeMap<>();
        for (Outcome outcome : last.values()) {
            if (outcome instanceof Outcome.NotReady failed) {
                examples.putIfAbsent(failed.cause(), failed);
            }
        }
        examples.forEach((cause, example) -> {
            out.println();
            out.println(cause + ": for example " + example.serial() + ", " + example.stage() + ": "
                    + Fault.oneLine(example.detail()));
            out.println("  " + cause.hint());
        });
    }

    private ExitCode exitCode() {
        ExitCode code = badSerial ? ExitCode.USAGE : ExitCode.DONE;
        for (Outcome outcome : last.values()) {
            code = switch (outcome) {
                case Outcome.Ready ready -> code;
                case Outcome.NotReady failed -> code.worse(exitCode(failed.cause()));
            };
        }
        return code;
    }

    private static ExitCode exitCode(FailureCause cause) {
        return switch (cause) {
            case LINK, BUSY, HELD -> ExitCode.INCOMPLETE;
            case STORE -> ExitCode.IO;
            case REFUSED, ANSWER, QUEUE, ELEMENT, HANDSHAKE, FRAME -> ExitCode.KEY;
        };
    }

    private void print(Map<String, Object> object) {
        Objects.requireNonNull(spec)
                .commandLine()
                .getOut()
                .println(new String(Json.write(object), StandardCharsets.UTF_8));
    }
}
