package org.camseal.media.segment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many bytes may still be written below a directory. */
@FunctionalInterface
public interface FreeSpace {
    /** Asks the file system. */
    FreeSpace OF_FILE_STORE = directory -> Files.getFileStore(directory).getUsableSpace();

    /** Asks for a directory that exists. */
    long usableBytes(Path directory) throws IOException;
}
