package org.camseal.camera;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.camseal.ffmpeg.MediaFiles;
import org.camseal.media.MediaException;
import org.camseal.media.UnitReader;

/**
 * A film instead of a camera, played in real time as if it were live: captured now, whatever the file says.
 *
 * @param file Matroska, MP4, MPEG-TS, a byte stream of H.264 or H.265 …
 * @param repeat what happens at its end
 */
public record FileSource(Path file, Repeat repeat) implements Source {
    /** What happens at the end of a film. */
    public enum Repeat {
        /** The source is over. */
        ONCE,
        /** It begins again, and times run on. */
        FOREVER
    }

    /** Played again and again. */
    public static FileSource of(Path file) {
        return new FileSource(file, Repeat.FOREVER);
    }

    @Override
    public String describe() {
        return "file " + file;
    }

    @Override
    public SourceSession open(LiveClock clock) throws SourceException {
        return new FileSession(this, reader(), clock);
    }

    /** The file from its beginning. */
    UnitReader reader() throws SourceException {
        try {
            return MediaFiles.open(file);
        } catch (MediaException | IOException e) {
            throw unusable(e);
        }
    }

    SourceException.Unusable unusable(Exception e) {
        return new SourceException.Unusable(
                describe() + ": " + (e instanceof NoSuchFileException ? "no such file" : e.getMessage()), e);
    }
}
