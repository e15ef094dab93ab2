package org.camseal.media.mp4;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.camseal.media.MediaException;

/**
 * What was found at the end of a recording.
 *
 * @param fragments whole ones, which the file still has
 * @param keptBytes length of the file now
 * @param cutBytes length of the torn fragment that was cut off; 0 where the file was whole
 */
public record Recovery(int fragments, long keptBytes, long cutBytes) {
    static Recovery of(Path file) throws MediaException, IOException {
        Recovery found;
        try (ByteSource source = ByteSource.of(file)) {
            found = new FragmentScan(source).recovery();
        }
        if (found.cutBytes > 0) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(found.keptBytes);
                channel.force(true);
            }
        }
        return found;
    }
}
