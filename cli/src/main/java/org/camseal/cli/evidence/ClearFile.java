package org.camseal.cli.evidence;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.camseal.cli.command.CommandFailure;
import org.camseal.cli.command.ExitCode;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.UnitWriter;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexBWriter;
import org.camseal.media.mp4.FragmentedMp4Writer;

/** A clear video file that appears under its name only when it is whole, and replaces nothing unless asked to. */
final class ClearFile implements Closeable {
    private final Path target;
    private final Path growing;
    private final UnitWriter writer;
    private final boolean picturesOnly;
    private boolean keep;

    private ClearFile(Path target, Path growing, UnitWriter writer, boolean picturesOnly) {
        this.target = target;
        this.growing = growing;
        this.writer = writer;
        this.picturesOnly = picturesOnly;
    }

    static ClearFile create(Path target, List<Track> tracks, boolean replace) throws IOException, CommandFailure {
        String name = target.getFileName().toString().toLowerCase(Locale.ROOT);
        if (Files.exists(target) && !replace) {
            throw new CommandFailure(ExitCode.IO, target + ": is there already", "--force replaces it");
        }
        Path growing = target.resolveSibling("." + target.getFileName() + ".part");
        if (name.endsWith(".mp4")) {
            Files.deleteIfExists(growing);
            return new ClearFile(target, growing, FragmentedMp4Writer.create(growing, tracks), false);
        }
        if (name.matches(".*\\.(264|h264|265|h265)")) {
            Track video = tracks.stream()
                    .filter(track -> track.format().codec().isVideo())
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(ExitCode.IO, "no video in it", null));
            return new ClearFile(
                    target,
                    growing,
                    new AnnexBWriter(video, new BufferedOutputStream(Files.newOutputStream(growing), 1 << 16)),
                    true);
        }
        throw new CommandFailure(
                ExitCode.USAGE, target + ": its name says no format", "end it in .mp4, .264, .h264, .265 or .h265");
    }

    void write(AccessUnit unit) throws IOException, MediaException {
        if (unit instanceof VideoUnit || !picturesOnly) {
            writer.write(unit);
        }
    }

    /** The file is to stay once it is closed. */
    void keep() {
        keep = true;
    }

    @Override
    public void close() throws IOException {
        try {
            writer.close();
            if (keep) {
                Files.move(growing, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Files.deleteIfExists(growing);
        }
    }
}
