package org.camseal.camera;

import java.io.IOException;
import java.nio.file.Path;
import org.camseal.ffmpeg.ContainerReader;
import org.camseal.media.MediaException;
import org.camseal.media.UnitReader;

/** Finds the reader for a film by its first bytes: a name says nothing reliable. */
final class FilmReaders {
    private FilmReaders() {}

    static UnitReader open(Path file) throws MediaException, IOException {
        return ContainerReader.open(file);
    }
}
