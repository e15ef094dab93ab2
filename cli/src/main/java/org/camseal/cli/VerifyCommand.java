package org.camseal.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.camseal.identity.IdentityException;
import org.camseal.identity.TrustEvaluator;
import org.camseal.media.MediaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal verify}: is this video untouched, and whose is it? */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says whether recordings are untouched, and whose they are. Needs no key.",
            "",
            "Reads MP4, MKV, MPEG-TS and Annex B, as recorded by any program. Give the files of one recording together, in order: the"
                    + " end of each is covered by the first manifest in the next."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  every file is authentic",
            "   1  a file is forged or unsigned, or its signer is not under --root",
            "   3  something is missing, so nobody can tell",
            "   4  a file cannot be read, or is not a video"
        })
final class VerifyCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recordings, sealed or clear.")
    private List<Path> files = List.of();

    @Mixin
    private RootOption root = new RootOption();

    @Option(names = "--strict", description = "An open tail, not yet covered by a manifest, is exit code 3.")
    private boolean strict;

    @Option(names = "--groups", description = "Also lists every group, not only those that are not authentic.")
    private boolean groups;

    @Option(names = "--json", description = "Prints the same as JSON: one array, an object a file.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IdentityException {
        PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<TrustEvaluator> roots = root.evaluator();
        List<Object> reports = new ArrayList<>();
        ExitCode worst = ExitCode.DONE;
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            Optional<Path> next = i + 1 < files.size() ? Optional.of(files.get(i + 1)) : Optional.empty();
            ExitCode code;
            try {
                code = verify(file, next, roots, out, reports);
            } catch (IOException | MediaException | CommandFailure fault) {
                CommandFailure failure = Fault.explain(fault);
                err.println("camseal: error: " + about(file, failure));
                if (failure.hint() != null) {
                    err.println("camseal: hint: " + failure.hint());
                }
                code = failure.exitCode();
                reports.add(VerifyReport.unreadable(file, failure));
            }
            worst = worse(worst, code);
        }
        if (json) {
            out.println(Json.text(reports));
        }
        return worst.number();
    }

    private ExitCode verify(
            Path file, Optional<Path> next, Optional<TrustEvaluator> roots, PrintWriter out, List<Object> reports)
            throws IOException, MediaException, CommandFailure {
        List<Object> all = new ArrayList<>();
        FileCheck check = new FileCheck(roots, group -> {
            if (json && groups) {
                all.add(VerifyReport.group(group));
            } else if (groups) {
                out.println(VerifyReport.line(group));
            }
        });
        FileCheck.Report report = check.check(file, next);
        ExitCode code = report.exitCode(strict);
        if (json) {
            reports.add(VerifyReport.json(report, code, groups ? Optional.of(all) : Optional.empty()));
        } else {
            VerifyReport.text(report, roots.isPresent()).forEach(out::println);
        }
        return code;
    }

    private static String about(Path file, CommandFailure failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains(String.valueOf(file.getFileName())) ? message : file + ": " + message;
    }

    /** For several files the exit code that needs most attention counts: forged before unreadable before incomplete. */
    private static ExitCode worse(ExitCode first, ExitCode second) {
        List<ExitCode> order = List.of(
                ExitCode.DONE,
                ExitCode.INCOMPLETE,
                ExitCode.USAGE,
                ExitCode.IO,
                ExitCode.KEY,
                ExitCode.NOT_AUTHENTIC,
                ExitCode.BUG);
        return order.indexOf(second) > order.indexOf(first) ? second : first;
    }
}
