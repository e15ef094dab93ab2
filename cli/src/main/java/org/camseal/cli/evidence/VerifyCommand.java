package org.camseal.cli.evidence;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.cli.command.Json;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Revocations;
import org.camseal.identity.TrustEvaluator;
import org.camseal.media.MediaException;
import org.camseal.seal.RecipientKey;
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
            "Says whether recordings are untouched, and whose they are: sealed video by its manifests, clear video by the signatures of ONVIF"
                    + " Media Signing. Needs no key; one shows the signature inside of sealed video too.",
            "",
            "Reads MP4, MKV, MPEG-TS and Annex B, as recorded by any program. Give the files of one recording together, in order: the"
                    + " end of each is covered by the first manifest or signature in the next, and a file that is missing in between is"
                    + " seen. A directory stands for the segments in it, in order: a camera's card, or a day of it."
        },
        footerHeading = "%nExit codes:%n",
        footer = {
            "   0  every file is authentic",
            "   1  a file is forged or unsigned",
            "   3  something is missing, so nobody can tell",
            "   4  a file cannot be read, or is not a video",
            "   5  a file is untouched, but signed by a stranger to --root, or the signer's certificate was not good then"
        })
public final class VerifyCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "Recordings, sealed or clear.")
    private List<Path> named = List.of();

    @Mixin
    private RootOption root = new RootOption();

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Option(
            names = "--crl",
            paramLabel = "LIST.crl",
            description = "A revocation list, DER or PEM. May be given several times. Nothing is fetched.")
    private List<Path> lists = List.of();

    @Option(
            names = "--strict",
            description = "An open tail, not yet covered by a manifest or signature, is exit code 3.")
    private boolean strict;

    @Option(
            names = "--expect-signed",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Clear video without any signature is exit code 1: the default. With --no-expect-signed it is 3, cannot tell,"
                            + " for cameras that never signed.")
    private boolean expectSigned = true;

    @Option(names = "--groups", description = "Also lists every group, not only those that are not authentic.")
    private boolean groups;

    @Option(names = "--json", description = "Prints the same as JSON: one array, an object a file.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private Optional<InFront> inFront = Optional.empty();

    @Override
    public Integer call() throws IdentityException, IOException, CommandFailure {
        PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<TrustEvaluator> roots = root.evaluator(Revocations.read(lists));
        Optional<RecipientKey> key = keys.isGiven() ? Optional.of(keys.recipientKey()) : Optional.empty();
        List<Object> reports = new ArrayList<>();
        List<Path> files = RecordingFiles.of(named);
        Asked asked = new Asked(roots, key, RecordingFiles.orderOf(named));
        ExitCode worst = ExitCode.DONE;
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            Optional<Path> next = i + 1 < files.size() ? Optional.of(files.get(i + 1)) : Optional.empty();
            ExitCode code;
            try {
                code = verify(file, next, asked, out, reports);
            } catch (IOException | MediaException | CommandFailure fault) {
                inFront = Optional.empty();
                CommandFailure failure = Fault.explain(fault);
                Fault.lines(file, failure).forEach(err::println);
                code = failure.exitCode();
                reports.add(VerifyReport.unreadable(file, failure));
            }
            worst = worst.worse(code);
        }
        if (json) {
            out.println(Json.text(reports));
        }
        return worst.number();
    }

    /** The last file that is not forged. */
    private record InFront(Path path, Seam.Ends ends) {
        String file() {
            return path.toString();
        }
    }

    private record Asked(Optional<TrustEvaluator> roots, Optional<RecipientKey> key, Seam.Order order) {}

    private ExitCode verify(Path file, Optional<Path> next, Asked asked, PrintWriter out, List<Object> reports)
            throws IOException, MediaException, CommandFailure {
        List<Object> all = new ArrayList<>();
        FileCheck check = new FileCheck(
                asked.roots(),
                asked.key(),
                InstantSource.system(),
                group -> list(VerifyReport.group(group), VerifyReport.line(group), all, out),
                group -> list(SignedLines.group(group), SignedLines.line(group), all, out));
        FileCheck.Report report = check.check(file, next);
        ExitCode code = report.exitCode(strict, expectSigned);
        Optional<InFront> before = inFront;
        Optional<Seam> seam = seam(report);
        if (json) {
            Map<String, Object> object = VerifyReport.json(report, code, groups ? Optional.of(all) : Optional.empty());
            Json.put(object, "inFront", seam.map(Seam::json));
            reports.add(object);
        } else {
            seam.filter(found -> !(found instanceof Seam.Joined))
                    .ifPresent(
                            found -> out.println(found.text(before.orElseThrow().file())));
            VerifyReport.text(report, asked.roots().isPresent()).forEach(out::println);
        }
        return seam.map(found -> code.worse(found.exitCode(asked.order()))).orElse(code);
    }

    /** What is between the file in front and this one, which is in front from now on; nothing is said across a file that is forged. */
    private Optional<Seam> seam(FileCheck.Report report) {
        Optional<InFront> before = inFront;
        if (report.isForged()) {
            inFront = Optional.empty();
            return Optional.empty();
        }
        Optional<InFront> own = report.ends().map(ends -> new InFront(report.file(), ends));
        inFront = own.or(() -> before);
        return own.flatMap(here -> before.flatMap(there -> Seam.between(there.ends(), here.ends())));
    }

    private void list(Object object, String line, List<Object> all, PrintWriter out) {
        if (json && groups) {
            all.add(object);
        } else if (groups) {
            out.println(line);
        }
    }
}
