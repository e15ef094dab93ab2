package org.camseal.media.mp4;

import java.nio.ByteBuffer;
import org.camseal.media.MalformedException;

/** A sample table's entries of equal width, left where they were read; an index is checked by the buffer. */
final class Table {
    static final Table EMPTY = new Table(ByteBuffer.allocate(0), 4);

    private final ByteBuffer entries;
    private final int width;

    private Table(ByteBuffer entries, int width) {
        this.entries = entries;
        this.width = width;
    }

    /** The next {@code count} entries of a box. */
    static Table of(BoxBytes box, long count, int width) throws MalformedException {
        if (count > box.remaining() / width) {
            throw box.malformed(
                    "claims " + count + " entries of " + width + " bytes; " + box.remaining() + " bytes are left");
        }
        return new Table(box.view(count * width), width);
    }

    int count() {
        return entries.limit() / width;
    }

    long u32(int entry, int field) {
        return i32(entry, field) & 0xffff_ffffL;
    }

    int i32(int entry, int field) {
        return entries.getInt(entry * width + 4 * field);
    }

    long i64(int entry) {
        return entries.getLong(entry * width);
    }

    int u8(int entry) {
        return entries.get(entry * width) & 0xff;
    }

    int u16(int entry) {
        return entries.getShort(entry * width) & 0xffff;
    }
}
