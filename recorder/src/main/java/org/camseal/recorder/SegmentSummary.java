package org.camseal.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.TruncatedException;
import org.camseal.media.mp4.FragmentedMp4Writer;
import org.camseal.media.mp4.Mp4Reader;
import org.camseal.media.segment.SegmentName;
import org.jspecify.annotations.Nullable;

/** How a segment is summed up where a power cut prevented the last line of its log. */
final class SegmentSummary {
    private SegmentSummary() {}

    /** The segment as its log's last line sums it up, or null where that line is missing. */
    static @Nullable Segment read(SegmentName name, List<LogLine> log) {
        Segment last = log.isEmpty() ? null : log.getLast().segment();
        return last != null && last.id().equals(name.id()) ? last : null;
    }

    /** Looks at a file that was not finished: its whole fragments count, what stands behind them is measured and left where it is. */
    static Segment afterPowerCut(SegmentName name, Path file, List<LogLine> log) throws IOException {
        VerdictCounts counts = VerdictCounts.NONE;
        for (LogLine line : log) {
            counts = line.group() == null ? counts : counts.plus(line.group());
        }
        Instant end = name.start();
        try (Mp4Reader reader = Mp4Reader.open(file)) {
            for (AccessUnit unit = reader.next(); unit != null; unit = reader.next()) {
                end = unit.capturedAt().isAfter(end) ? unit.capturedAt() : end;
            }
        } catch (MediaException torn) {
            // the tail behind the last whole fragment: exactly what is expected of such a file
        }
        return new Segment(name.id(), name.start(), end, Files.size(file), false, tornBytes(file), "", counts);
    }

    private static long tornBytes(Path file) throws IOException {
        try {
            return FragmentedMp4Writer.inspect(file).cutBytes();
        } catch (TruncatedException nothingWhole) {
            return Files.size(file);
        } catch (MediaException damaged) {
            return 0; // not torn but damaged, with whole fragments behind it; who reads the file is told where
        }
    }
}
