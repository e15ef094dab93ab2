package org.camseal.cli.command;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.camseal.acme.IssuanceException;
import org.camseal.authority.AuthorityException;
import org.camseal.bench.BenchException;
import org.camseal.camera.CameraException;
import org.camseal.identity.IdentityException;
import org.camseal.manifest.ManifestException;
import org.camseal.media.MediaException;
import org.camseal.streaming.StreamingException;
import org.camseal.web.WebException;
import org.jspecify.annotations.Nullable;

/** Turns whatever a command ended with into one line, a hint and an exit code. */
public final class Fault {
    private Fault() {}

    /** What the user is told; a fault that nobody expected is a bug and says so. */
    public static CommandFailure explain(Throwable fault) {
        return switch (fault) {
            case CommandFailure known -> known;
            case NoSuchFileException missing ->
                new CommandFailure(ExitCode.IO, "no such file: " + missing.getFile(), null);
            case FileNotFoundException missing -> new CommandFailure(ExitCode.IO, said(missing), null);
            case AccessDeniedException denied ->
                new CommandFailure(ExitCode.IO, denied.getFile() + ": permission denied", null);
            case FileSystemException disk -> new CommandFailure(ExitCode.IO, disk(disk), null);
            case MediaException media -> new CommandFailure(ExitCode.IO, said(media), null);
            case StreamingException streaming -> new CommandFailure(ExitCode.IO, said(streaming), null);
            case CameraException camera -> new CommandFailure(camera(camera), said(camera), null);
            case BenchException bench -> new CommandFailure(ExitCode.IO, said(bench), null);
            case WebException web -> new CommandFailure(ExitCode.IO, said(web), null);
            case IdentityException.Element element ->
                new CommandFailure(ExitCode.KEY, said(element), element.fault().hint());
            case IdentityException identity -> new CommandFailure(ExitCode.KEY, said(identity), null);
            case IssuanceException issuance -> new CommandFailure(ExitCode.IO, said(issuance), null);
            case AuthorityException authority -> new CommandFailure(authority(authority), said(authority), null);
            case ManifestException manifest -> new CommandFailure(ExitCode.IO, said(manifest), null);
            case IOException io -> new CommandFailure(ExitCode.IO, said(io), null);
            case UncheckedIOException io -> explain(Objects.requireNonNull(io.getCause()));
            default ->
                new CommandFailure(
                        ExitCode.BUG,
                        fault.getClass().getSimpleName() + ": " + oneLine(fault.getMessage()),
                        "this is a fault of camseal; please report it with the lines below");
        };
    }

    private static ExitCode authority(AuthorityException fault) {
        return switch (fault) {
            case AuthorityException.Store f -> ExitCode.IO;
            case AuthorityException.Upstream f -> ExitCode.IO;
            case AuthorityException.Peer f -> ExitCode.IO;
            case AuthorityException.Key f -> ExitCode.KEY;
            case AuthorityException.Malformed f -> ExitCode.USAGE;
            case AuthorityException.NotAllowed f -> ExitCode.USAGE;
            case AuthorityException.Damaged f -> ExitCode.NOT_AUTHENTIC;
            case AuthorityException.Log f -> ExitCode.NOT_AUTHENTIC;
        };
    }

    private static ExitCode camera(CameraException fault) {
        return switch (fault) {
            case CameraException.UnfitIdentity f -> ExitCode.KEY;
            case CameraException.UnfitRecipient f -> ExitCode.KEY;
            case CameraException.CannotListen f -> ExitCode.IO;
            case CameraException.CannotSeal f -> ExitCode.BUG;
            case CameraException.Store f -> ExitCode.IO;
            case CameraException.Refused f -> ExitCode.USAGE;
        };
    }

    /** What is said on standard error of one file among several, which is named if the message does not. */
    public static List<String> lines(Path file, CommandFailure failure) {
        String message = String.valueOf(failure.getMessage());
        boolean named = message.contains(String.valueOf(file.getFileName()));
        String error = "camseal: error: " + (named ? message : file + ": " + message);
        return failure.hint() == null ? List.of(error) : List.of(error, "camseal: hint: " + failure.hint());
    }

    /** A message as one line, without a full stop, as error lines are written. */
    public static String oneLine(@Nullable String message) {
        String line = message == null ? "no message" : message.strip().replaceAll("\\s*\\R\\s*", "; ");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private static String said(Exception fault) {
        return fault.getMessage() == null
                ? fault.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                : oneLine(fault.getMessage());
    }

    private static String disk(FileSystemException fault) {
        String reason =
                fault.getReason() == null ? "cannot be used" : fault.getReason().toLowerCase(Locale.ROOT);
        return fault.getFile() + ": " + reason;
    }
}
