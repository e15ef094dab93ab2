package org.camseal.cli.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.cli.command.Fault;
import org.camseal.cli.command.Json;
import org.camseal.ffmpeg.MediaFiles;
import org.camseal.manifest.Signer;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.UnitReader;
import org.camseal.seal.Opener;
import org.camseal.seal.Opening;
import org.camseal.seal.RecipientKey;
import org.jspecify.annotations.Nullable;

/** One sealed file as it was opened: how much of it, and what was in the way of the rest. */
final class OpenedFile {
    private final Path from;
    private final Path to;
    private long opened;
    private final Map<Opening.Obstacle, Long> obstacles = new EnumMap<>(Opening.Obstacle.class);
    private final Map<Opening.Obstacle, String> details = new EnumMap<>(Opening.Obstacle.class);
    private @Nullable String damage;

    private OpenedFile(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Opens what a key has grants for; where that is nothing, no file is made.
     *
     * @param replace the clear file if it is there
     */
    static OpenedFile open(Path from, Path to, boolean replace, RecipientKey key, Predicate<Signer> accepted)
            throws IOException, MediaException, CommandFailure {
        if (Files.exists(to) && Files.isSameFile(from, to)) {
            throw new CommandFailure(ExitCode.USAGE, to + ": is the sealed recording itself", "name another --out");
        }
        OpenedFile file = new OpenedFile(from, to);
        try (Opener opener = openerFor(from, key, accepted);
                UnitReader reader = MediaFiles.open(from);
                ClearFile clear = ClearFile.create(to, reader.tracks(), replace)) {
            file.copy(reader, opener, clear);
            if (file.opened > 0) {
                clear.keep();
            }
        }
        return file;
    }

    /** Reads the file once for certificates, manifests and grants: some stand behind what they are needed for. */
    static Opener openerFor(Path from, RecipientKey key, Predicate<Signer> accepted)
            throws IOException, MediaException {
        try (UnitReader reader = MediaFiles.open(from)) {
            Opener opener = new Opener(reader.tracks(), List.of(key), accepted);
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

    ExitCode exitCode() {
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

    /** For standard output. */
    List<String> lines(boolean json) {
        if (json) {
            return List.of(Json.text(account()));
        }
        return opened > 0 ? List.of(from + ": " + opened + " units opened to " + to) : List.of();
    }

    /** For standard error: nothing where every unit was opened. */
    List<String> complaints() {
        ExitCode code = exitCode();
        if (code == ExitCode.DONE) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        obstacles.forEach((obstacle, count) ->
                lines.add("camseal: error: " + from + ": " + count + " units not opened: " + details.get(obstacle)));
        if (damage != null) {
            lines.add("camseal: error: " + damage);
        }
        if (obstacles.isEmpty() && damage == null) {
            lines.add("camseal: error: " + from + ": no units in it");
        }
        lines.add(
                code == ExitCode.KEY
                        ? "camseal: hint: camseal inspect " + from + " says which keys it has grants for"
                        : "camseal: hint: camseal verify " + from + " says what is wrong with it");
        return lines;
    }

    Map<String, Object> account() {
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
        object.put("exitCode", exitCode().number());
        return object;
    }
}
