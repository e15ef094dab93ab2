package org.camseal.camera;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camseal.ffmpeg.TestPattern;
import org.camseal.ffmpeg.TestPatternSettings;
import org.camseal.ffmpeg.VideoEncoderSettings;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.mp4.FragmentedMp4Writer;

/** Small films for tests. */
final class Films {
    static final Instant FILMED = Instant.parse("2026-01-01T00:00:00Z");
    static final TestPatternSettings SMALL =
            new TestPatternSettings(new VideoEncoderSettings(320, 180, 25, 300_000, 25), true);
    static final TestPatternSettings SILENT =
            new TestPatternSettings(new VideoEncoderSettings(320, 180, 25, 300_000, 25), false);

    /** Units of a test pattern, and its tracks. */
    record Film(List<Track> tracks, List<AccessUnit> units) {}

    private Films() {}

    static Film pattern(TestPatternSettings settings, int count) throws IOException {
        try (TestPattern pattern = TestPattern.open(settings, FILMED)) {
            List<AccessUnit> units = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                units.add(pattern.next());
            }
            return new Film(pattern.tracks(), units);
        }
    }

    static Path write(Film film, Path file) throws IOException, MediaException {
        try (FragmentedMp4Writer writer = FragmentedMp4Writer.create(file, film.tracks())) {
            for (AccessUnit unit : film.units()) {
                writer.write(unit);
            }
        }
        return file;
    }
}
