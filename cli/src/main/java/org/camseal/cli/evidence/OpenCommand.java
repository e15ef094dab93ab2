package org.camseal.cli.evidence;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.cli.command.Json;
import org.camseal.identity.IdentityException;
import org.camseal.identity.SignerTrust;
import org.camseal.identity.TrustEvaluator;
import org.camseal.manifest.Signer;
import org.camseal.media.MediaException;
import org.camseal.seal.RecipientKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal open}: clear video for whoever holds a grant. */
@Command(
        name = "open",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Opens a sealed recording with a key that it has a grant for.",
            "",
            "The clear video is bit by bit what the camera's encoder made. Units that do not open are left out and counted. Whether anything"
                    + " is missing or reordered is for verify to say."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  every unit was opened",
            "   1  a unit was altered, or the signer is not under --root",
            "   3  some units could not be opened, for instance in front of the first grant",
            "   4  the file cannot be read, or the output cannot be written",
            "   5  there is no grant for this key",
            "Of several files the answer that needs most attention counts."
        })
public final class OpenCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description =
                    "A sealed recording; several, or a directory with the segments of a card, each to a file of its own.")
    private List<Path> named = List.of();

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "CLEAR",
            description =
                    "Where the clear video goes: .mp4, or .264, .h264, .265, .h265 for the pictures alone. Of several files, or"
                            + " a directory: the directory for them, made if it is not there.")
    private @Nullable Path out;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private RootOption root = new RootOption();

    @Option(names = "--force", description = "Replaces the output if it is there.")
    private boolean force;

    @Option(
            names = "--json",
            description = "Prints the account as one JSON object; of several files as an array of them.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, MediaException, IdentityException, CommandFailure {
        Path to = Objects.requireNonNull(out);
        RecipientKey key = keys.recipientKey();
        Predicate<Signer> accepted = accepted(root.evaluator());
        if (RecordingFiles.isOneFile(named)) {
            OpenedFile one = OpenedFile.open(named.getFirst(), to, force, key, accepted);
            one.lines(json).forEach(print()::println);
            one.complaints().forEach(err()::println);
            return one.exitCode().number();
        }
        return openAll(RecordingFiles.of(named), directory(to), key, accepted).number();
    }

    private ExitCode openAll(List<Path> files, Path directory, RecipientKey key, Predicate<Signer> accepted) {
        List<Object> accounts = new ArrayList<>();
        ExitCode worst = ExitCode.DONE;
        for (Path file : files) {
            ExitCode code;
            try {
                OpenedFile one = OpenedFile.open(file, directory.resolve(clearName(file)), force, key, accepted);
                accounts.add(one.account());
                if (!json) {
                    one.lines(false).forEach(print()::println);
                }
                one.complaints().forEach(err()::println);
                code = one.exitCode();
            } catch (IOException | MediaException | CommandFailure fault) {
                CommandFailure failure = Fault.explain(fault);
                Fault.lines(file, failure).forEach(err()::println);
                accounts.add(VerifyReport.unreadable(file, failure));
                code = failure.exitCode();
            }
            worst = worst.worse(code);
        }
        if (json) {
            print().println(Json.text(accounts));
        }
        return worst;
    }

    private static Path directory(Path to) throws IOException, CommandFailure {
        if (Files.isRegularFile(to) || to.toString().toLowerCase(Locale.ROOT).matches(".*\\.(mp4|26[45]|h26[45])")) {
            throw new CommandFailure(
                    ExitCode.USAGE, to + ": several files, or a directory, are opened to a directory", "--out DIR");
        }
        return Files.createDirectories(to);
    }

    /** The same name, as MP4. */
    private static String clearName(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name) + ".mp4";
    }

    private PrintWriter print() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    /** With a root named, only our cameras' commitments count; without one, anybody's, and verify says whose. */
    private static Predicate<Signer> accepted(Optional<TrustEvaluator> roots) {
        return signer -> roots.isEmpty()
                || FileCheck.judge(roots.get(), signer, recordingTime(signer)) instanceof SignerTrust.Trusted;
    }

    private static Instant recordingTime(Signer signer) {
        return signer.notBefore();
    }
}
