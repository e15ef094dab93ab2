package org.camseal.media;

import java.io.Closeable;
import java.io.IOException;

/** Takes access units in decode order, tracks interleaved. Confined to one thread; {@link #close()} completes the file. */
public interface UnitWriter extends Closeable {
    void write(AccessUnit unit) throws MediaException, IOException;
}
