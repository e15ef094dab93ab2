package org.camseal.media.mp4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.camseal.media.MediaException;

/**
 * What was found at the end of a recording.
 *
 * @param fragments whole ones, which the file keeps
 * @param keptBytes length of the file up to there
 * @param cutBytes length of the torn fragment that is cut off; 0 where the file is whole
 */
public record Recovery(int fragments, long keptBytes, long cutBytes) {
    static Recovery find(Path file) throws MediaException, IOException {
        try (ByteSource source = ByteSource.of(file)) {
            return new FragmentScan(source).recovery();
        }
    }

    static Recovery of(Path file) throws MediaException, IOException {
        Recovery found = find(file);
        if (found.cutBytes > 0) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(found.keptBytes);
                channel.force(true);
            }
        }
        return found;
    }
}
