package org.camseal.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.camseal.ffmpeg.MediaFiles;
import org.camseal.identity.IdentityException;
import org.camseal.identity.SignerTrust;
import org.camseal.identity.TrustEvaluator;
import org.camseal.manifest.Signer;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.UnitReader;
import org.camseal.seal.Opener;
import org.camseal.seal.Opening;
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
            "   5  there is no grant for this key"
        })
final class OpenCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A sealed recording.")
    private @Nullable Path file;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "CLEAR",
            description = "Where the clear video goes: .mp4, or .264, .h264, .265, .h265 for the pictures alone.")
    private @Nullable Path out;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private RootOption root = new RootOption();

    @Option(names = "--force", description = "Replaces the output if it is there.")
    private boolean force;

    @Option(names = "--json", description = "Prints the account as one JSON object.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private long opened;
    private final Map<Opening.Obstacle, Long> obstacles = new EnumMap<>(Opening.Obstacle.class);
    private final Map<Opening.Obstacle, String> details = new EnumMap<>(Opening.Obstacle.class);
    private @Nullable String damage;

    @Override
    public Integer call() throws IOException, MediaException, IdentityException, CommandFailure {
        Path from = Objects.requireNonNull(file);
        Path to = Objects.requireNonNull(out);
        RecipientKey key = keys.recipientKey();
        Predicate<Signer> accepted = accepted(root.evaluator());
        try (Opener opener = openerFor(from, key, accepted);
                UnitReader reader = MediaFiles.open(from);
                ClearFile clear = ClearFile.create(to, reader.tracks(), force)) {
            copy(reader, opener, clear);
            if (opened > 0) {
                clear.keep();
            }
        }
        PrintWriter print = Objects.requireNonNull(spec).commandLine().getOut();
        ExitCode code = exitCode();
        if (json) {
            print.println(Json.text(account(from, to, code)));
        } else if (opened > 0) {
            print.println(from + ": " + opened + " units opened to " + to);
        }
        if (code != ExitCode.DONE) {
            explain(from, code);
        }
        return code.number();
    }

    /** Reads the file once for certificates, manifests and grants: some stand behind what they are needed for. */
    static Opener openerFor(Path from, RecipientKey key, Predicate<Signer> accepted)
            throws IOException, MediaException {
        try (UnitReader reader = MediaFiles.open(from)) {
            Opener opener = new Opener(reader.tracks(), java.util.List.of(key), accepted);
            try {
                for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                    opener.learn(unit);
                }
            } catch (MediaException damaged) {
                return opener; // the second reading meets the same damage and reports it
            }
            return opener;
        }
    }

    private void copy(UnitReader reader, Opener opener, ClearFile clear) throws IOException, MediaException {
        while (true) {
            AccessUnit unit;
            try {
                unit = reader.next();
            } catch (MediaException e) {
                damage = Fault.oneLine(e.getMessage());
                return;
            }
            if (unit == null) {
                return;
            }
            switch (opener.open(unit)) {
                case Opening.Opened done -> {
                    clear.write(done.unit());
                    opened++;
                }
                case Opening.NotOpened not -> {
                    obstacles.merge(not.obstacle(), 1L, Long::sum);
                    details.putIfAbsent(not.obstacle(), not.detail());
                }
            }
        }
    }

    /** With a root named, only our cameras' commitments count; without one, anybody's, and verify says whose. */
    private static Predicate<Signer> accepted(Optional<TrustEvaluator> roots) {
        return signer -> roots.isEmpty()
                || FileCheck.judge(roots.get(), signer, recordingTime(signer)) instanceof SignerTrust.Trusted;
    }

    private static Instant recordingTime(Signer signer) {
        return signer.notBefore();
    }

    private ExitCode exitCode() {
        if (obstacles.containsKey(Opening.Obstacle.ALTERED)
                || obstacles.containsKey(Opening.Obstacle.SIGNER_NOT_ACCEPTED)) {
            return ExitCode.NOT_AUTHENTIC;
        }
        if (opened == 0
                && (obstacles.containsKey(Opening.Obstacle.NO_GRANT_FOR_US)
                        || obstacles.containsKey(Opening.Obstacle.KEY_FAILED)
                        || obstacles.containsKey(Opening.Obstacle.GRANT_REFUSED)
                        || obstacles.containsKey(Opening.Obstacle.COMMITMENT_MISMATCH))) {
            return ExitCode.KEY;
        }
        return opened == 0 || !obstacles.isEmpty() || damage != null ? ExitCode.INCOMPLETE : ExitCode.DONE;
    }

    private void explain(Path from, ExitCode code) {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        obstacles.forEach((obstacle, count) ->
                err.println("camseal: error: " + from + ": " + count + " units not opened: " + details.get(obstacle)));
        if (damage != null) {
            err.println("camseal: error: " + damage);
        }
        if (obstacles.isEmpty() && damage == null) {
            err.println("camseal: error: " + from + ": no units in it");
        }
        err.println(
                code == ExitCode.KEY
                        ? "camseal: hint: camseal inspect " + from + " says which keys it has grants for"
                        : "camseal: hint: camseal verify " + from + " says what is wrong with it");
    }

    private Map<String, Object> account(Path from, Path to, ExitCode code) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", from.toString());
        if (opened > 0) {
            object.put("out", to.toString());
        }
        object.put("opened", opened);
        Map<String, Object> not = new LinkedHashMap<>();
        obstacles.forEach((obstacle, count) -> not.put(obstacle.name().toLowerCase(Locale.ROOT), count));
        object.put("notOpened", not);
        if (damage != null) {
            object.put("damaged", damage);
        }
        object.put("exitCode", code.number());
        return object;
    }
}
