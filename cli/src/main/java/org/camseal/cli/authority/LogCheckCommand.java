package org.camseal.cli.authority;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.log.HttpSource;
import org.camseal.authority.log.LogCheck;
import org.camseal.authority.log.LogKey;
import org.camseal.authority.log.LogSource;
import org.camseal.authority.log.LogVerdict;
import org.camseal.authority.log.SerialHistory;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.cli.command.Json;
import org.camseal.cli.command.ProgressLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal authority log check}: does the log keep what it promised? */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads a whole transparency log, and says whether its checkpoint is signed, every entry is in the tree that was signed, nothing that"
                    + " was there before is gone or another now, and no serial has two live certificates of one profile.",
            "",
            "Believes nothing but the log's key. With --state it knows next time what it saw."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  everything holds, and the serial asked for has a live certificate",
            "   1  something does not hold; it is said what and where",
            "   3  a file of the log is missing, or the serial asked for has no live certificate",
            "   4  the log cannot be reached, or a file cannot be read or written",
            "   5  the log's key is missing or is none",
        })
final class LogCheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "URL|DIR", description = "The log: where its checkpoint is, http, https or a directory.")
    private String place = "";

    @Option(
            names = "--key",
            required = true,
            paramLabel = "LOGKEY",
            description =
                    "The log's verifier keys, one a line; from whoever runs the log, by another way than the log itself.")
    private Path key = Path.of("");

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description =
                    "What was seen: compared with, and written anew if all is well. Two auditors may exchange theirs.")
    private @Nullable Path state;

    @Option(
            names = "--serial",
            paramLabel = "SERIAL",
            description = "Also says which certificates this device has, and proves it.")
    private @Nullable String serial;

    @Option(
            names = "--proofs",
            paramLabel = "DIR",
            description = "Writes each live certificate of --serial there, and the proof that it is in the log.")
    private @Nullable Path proofs;

    @Option(
            names = "--most-entries",
            defaultValue = "100000000",
            description = "A log with more is not read. Default: ${DEFAULT-VALUE}.")
    private long mostEntries = LogCheck.MOST_ENTRIES;

    @Option(names = "--json", description = "Prints the same as JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws AuthorityException, CommandFailure, IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        LogKey whose = LogKey.read(key);
        LogVerdict verdict;
        try (ProgressLine progress = ProgressLine.on(spec.commandLine().getErr())) {
            LogCheck.Settings settings = settings(progress);
            verdict = place.startsWith("http://") || place.startsWith("https://")
                    ? overHttp(whose, settings)
                    : new LogCheck(LogSource.directory(Path.of(place)), whose, settings).run();
        }
        keepProofs(verdict);
        if (json) {
            out.println(Json.text(LogReport.json(whose.origin(), verdict)));
        } else {
            LogReport.lines(whose.origin(), verdict).forEach(out::println);
        }
        return exitCode(verdict).number();
    }

    private LogCheck.Settings settings(ProgressLine progress) throws CommandFailure {
        if (proofs != null && serial == null) {
            throw new CommandFailure(ExitCode.USAGE, "--proofs needs --serial", null);
        }
        try {
            return new LogCheck.Settings(
                    Optional.ofNullable(state),
                    Optional.ofNullable(serial),
                    mostEntries,
                    (checked, all) -> progress.show(checked + " of " + all + " entries checked"));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, Fault.oneLine(e.getMessage()), null, e);
        }
    }

    private LogVerdict overHttp(LogKey whose, LogCheck.Settings settings) throws AuthorityException, CommandFailure {
        try (HttpSource source = new HttpSource(URI.create(place.endsWith("/") ? place : place + "/"), context())) {
            return new LogCheck(source, whose, settings).run();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.USAGE, place + " is no address", null, e);
        }
    }

    /** What the log says is signed; who serves it need not be known, so the platform's own trust does. */
    private Optional<SSLContext> context() throws CommandFailure {
        try {
            return place.startsWith("https:") ? Optional.of(SSLContext.getDefault()) : Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new CommandFailure(ExitCode.IO, "this Java has no TLS", null, e);
        }
    }

    private void keepProofs(LogVerdict verdict) throws IOException {
        if (proofs == null || !(verdict instanceof LogVerdict.Sound sound)) {
            return;
        }
        Files.createDirectories(proofs);
        for (SerialHistory history : sound.histories()) {
            if (history.live().isPresent()) {
                SerialHistory.Proven live = history.live().get();
                String name = live.entry().serial().replace(':', '-') + "-"
                        + history.profile().label();
                Files.write(proofs.resolve(name + ".cer"), live.entry().certificate());
                Files.write(proofs.resolve(name + ".entry"), live.entry().bytes());
                Files.writeString(
                        proofs.resolve(name + ".tlog-proof"), live.proof().text());
            }
        }
    }

    private ExitCode exitCode(LogVerdict verdict) {
        return switch (verdict) {
            case LogVerdict.Broken broken ->
                switch (broken.fault()) {
                    case MISSING -> ExitCode.INCOMPLETE;
                    case NOT_SIGNED,
                            ROLLED_BACK,
                            SPLIT_VIEW,
                            HISTORY_CHANGED,
                            ENTRY_NOT_IN_TREE,
                            TILE_WRONG,
                            ROOT_WRONG,
                            ENTRY_MALFORMED,
                            SECOND_CERTIFICATE,
                            RETIRED_ANOTHER -> ExitCode.NOT_AUTHENTIC;
                };
            case LogVerdict.Sound sound ->
                serial == null || isLive(sound.histories()) ? ExitCode.DONE : ExitCode.INCOMPLETE;
        };
    }

    private static boolean isLive(List<SerialHistory> histories) {
        return histories.stream().anyMatch(history -> history.live().isPresent());
    }
}
