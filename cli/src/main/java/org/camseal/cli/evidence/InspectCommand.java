package org.camseal.cli.evidence;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.cli.command.Json;
import org.camseal.ffmpeg.MediaFiles;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.Suite;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.UnitReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camseal inspect}: what is in a sealed file. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Says what is in a video file: tracks, epochs, packages, manifests, grants and for whom, and what sealing added."
                        + " Needs no key and judges nothing; for that there is verify.")
public final class InspectCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description = "A recording; several, or a directory with the segments of a card.")
    private List<Path> named = List.of();

    @Option(names = "--json", description = "Prints the same as one JSON object; of several files as an array of them.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, MediaException, CommandFailure {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (RecordingFiles.isOneFile(named)) {
            Seen seen = look(named.getFirst());
            (json ? List.of(Json.text(seen.object())) : seen.lines()).forEach(out::println);
            return seen.exitCode().number();
        }
        PrintWriter err = spec.commandLine().getErr();
        List<Object> objects = new ArrayList<>();
        ExitCode worst = ExitCode.DONE;
        for (Path file : RecordingFiles.of(named)) {
            try {
                Seen seen = look(file);
                objects.add(seen.object());
                (json ? List.<String>of() : seen.lines()).forEach(out::println);
                worst = worst.worse(seen.exitCode());
            } catch (IOException | MediaException fault) {
                CommandFailure failure = Fault.explain(fault);
                Fault.lines(file, failure).forEach(err::println);
                objects.add(VerifyReport.unreadable(file, failure));
                worst = worst.worse(failure.exitCode());
            }
        }
        if (json) {
            out.println(Json.text(objects));
        }
        return worst.number();
    }

    /** What one file has. */
    private record Seen(
            Path file, SealedAccount account, @Nullable String damage) {
        ExitCode exitCode() {
            return damage == null ? ExitCode.DONE : ExitCode.INCOMPLETE;
        }

        List<String> lines() {
            return InspectCommand.lines(file, account, damage);
        }

        Map<String, Object> object() {
            return InspectCommand.object(file, account, damage);
        }
    }

    private static Seen look(Path file) throws IOException, MediaException {
        try (UnitReader reader = MediaFiles.open(file)) {
            SealedAccount account = new SealedAccount(reader.tracks());
            try {
                for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                    account.add(unit);
                }
            } catch (MediaException e) {
                return new Seen(file, account, Fault.oneLine(e.getMessage()));
            }
            return new Seen(file, account, null);
        }
    }

    private static List<String> lines(Path file, SealedAccount account, @Nullable String damage) {
        List<String> lines = new ArrayList<>();
        boolean sealed = account.own.values().stream().anyMatch(tally -> tally.count > 0);
        lines.add(file + ": " + (sealed ? "sealed video, format 1" : "not sealed"));
        account.streams.forEach(stream -> lines.add(row("stream", stream)));
        account.signers.forEach(signer -> lines.add(row("signer", signer + " (not judged here)")));
        for (SealedAccount.TrackAccount track : account.tracks.values()) {
            lines.add(row("track " + track.track.number(), track(track)));
        }
        if (sealed) {
            account.epochs.stream().limit(20).forEach(epoch -> lines.add(row("epoch", epoch)));
            account.own.forEach(
                    (kind, tally) -> lines.add(row(name(kind), tally.count + ", " + tally.bytes + " bytes")));
            account.recipients.forEach(recipient -> lines.add(row("grant for", recipient)));
            lines.add(row(
                    "overhead",
                    String.format(
                            Locale.ROOT,
                            "%d of %d bytes, %.2f %% more than the clear video",
                            account.overheadBytes(),
                            account.sealedBytes(),
                            percent(account))));
            account.overhead().forEach((part, bytes) -> lines.add(row("", part(part, bytes, account))));
        }
        account.oddities.stream().filter(oddity -> sealed).forEach(oddity -> lines.add(row("odd", oddity)));
        if (damage != null) {
            lines.add(row("damaged", damage));
        }
        return lines;
    }

    private static String track(SealedAccount.TrackAccount track) {
        double seconds = track.seconds();
        String rate = seconds > 0
                ? String.format(Locale.ROOT, ", %.1f s, %.0f kbit/s", seconds, track.bytes * 8 / seconds / 1000)
                : "";
        String packages = track.packages.entrySet().stream()
                .map(entry -> ", " + entry.getValue() + " packages with " + cipher(entry.getKey()) + " inside")
                .collect(Collectors.joining());
        return track.track.format().codec() + ", " + track.units + " units"
                + (track.keyUnits > 0 ? " (" + track.keyUnits + " key pictures)" : "") + ", " + track.bytes + " bytes"
                + rate + packages + (track.clearUnits > 0 ? ", " + track.clearUnits + " units not sealed" : "");
    }

    private static String cipher(Suite suite) {
        return switch (suite) {
            case AES_256_GCM -> "AES-256-GCM";
            case CHACHA20_POLY1305 -> "ChaCha20-Poly1305";
        };
    }

    private static String name(SealedSei.Kind kind) {
        return switch (kind) {
            case MANIFEST -> "manifests";
            case GRANTS -> "grants";
            case SESSION_CERTIFICATE -> "session certificates";
            case PACKAGE -> "sealed SEI";
        };
    }

    private static String part(String part, long bytes, SealedAccount account) {
        String words = switch (part) {
            case "packages" -> "trailers and escaping of packages";
            case "sealedSei" -> "around sealed SEI and filler data";
            default -> part;
        };
        return String.format(Locale.ROOT, "%10d bytes, %.2f %%  %s", bytes, percent(bytes, account), words);
    }

    private static double percent(SealedAccount account) {
        return percent(account.overheadBytes(), account);
    }

    /** Of the clear video. */
    private static double percent(long bytes, SealedAccount account) {
        long clear = account.sealedBytes() - account.overheadBytes();
        return clear <= 0 ? 0 : 100.0 * bytes / clear;
    }

    private static String row(String name, String value) {
        return String.format(Locale.ROOT, "  %-20s %s", name, value);
    }

    private static Map<String, Object> object(Path file, SealedAccount account, @Nullable String damage) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", file.toString());
        object.put("streams", account.streams);
        object.put("signers", account.signers);
        List<Map<String, Object>> tracks = new ArrayList<>();
        for (SealedAccount.TrackAccount track : account.tracks.values()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("track", track.track.number());
            one.put("codec", track.track.format().codec().name());
            one.put("units", track.units);
            one.put("keyUnits", track.keyUnits);
            one.put("bytes", track.bytes);
            one.put("seconds", track.seconds());
            one.put("packages", track.packages);
            one.put("unitsNotSealed", track.clearUnits);
            tracks.add(one);
        }
        object.put("tracks", tracks);
        object.put("epochs", account.epochs);
        Map<String, Object> own = new LinkedHashMap<>();
        for (Map.Entry<SealedSei.Kind, SealedAccount.Tally> entry : account.own.entrySet()) {
            own.put(entry.getKey().name(), Map.of("count", entry.getValue().count, "bytes", entry.getValue().bytes));
        }
        object.put("ownSei", own);
        object.put("recipients", account.recipients);
        object.put("overheadBytes", account.overheadBytes());
        object.put("overhead", account.overhead());
        object.put("sealedBytes", account.sealedBytes());
        object.put("overheadPercent", percent(account));
        object.put("oddities", account.oddities);
        if (damage != null) {
            object.put("damaged", damage);
        }
        return object;
    }
}
