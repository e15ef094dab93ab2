package org.camseal.media.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.TruncatedException;

/**
 * A box at the top level of a file.
 *
 * @param start offset of its header
 * @param payloadStart offset behind its header
 * @param end offset behind it, as its size says: it may lie behind the end of the file
 */
record FileBox(String type, long start, long payloadStart, long end) {
    private static final String ZEROS = "\0\0\0\0";

    /**
     * Reads a header (ISO/IEC 14496-12 section 4.2).
     *
     * @throws TruncatedException where the file ends inside the header, or goes on with zero bytes that were never written
     */
    static FileBox at(ByteSource source, long start) throws MediaException, IOException {
        long left = source.length() - start;
        if (left < 8) {
            throw new TruncatedException("MP4 file, byte " + start + ": ends inside a box header");
        }
        byte[] header = source.read(start, (int) Math.min(left, 16));
        String type = new String(header, 4, 4, StandardCharsets.ISO_8859_1);
        if (type.equals(ZEROS)) {
            throw new TruncatedException("MP4 file, byte " + start + ": zero bytes where a box is expected");
        }
        if (!type.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new MalformedException("MP4 file, byte " + start + ": no box begins here"
                    + (start == 0 ? "; this is another kind of file" : ""));
        }
        ByteBuffer fields = ByteBuffer.wrap(header);
        long size = fields.getInt() & 0xffff_ffffL;
        int headerBytes = 8;
        if (size == 1) {
            if (left < 16) {
                throw new TruncatedException("MP4 file, byte " + start + ": ends inside a box header");
            }
            size = fields.getLong(8);
            headerBytes = 16;
        } else if (size == 0) {
            size = left;
        }
        if (size < headerBytes || size > Long.MAX_VALUE - start) {
            throw new MalformedException("MP4 file, byte " + start + ": the box " + type + " claims "
                    + Long.toUnsignedString(size) + " bytes");
        }
        return new FileBox(type, start, start + headerBytes, start + size);
    }

    /** Whether the file holds all of it. */
    boolean isWhole(ByteSource source) {
        return end <= source.length();
    }

    /**
     * Its payload in memory.
     *
     * @throws TruncatedException where the file ends inside it
     * @throws MalformedException where it is larger than {@code maxBytes}
     */
    BoxBytes load(ByteSource source, int maxBytes) throws MediaException, IOException {
        demandWhole(source);
        long bytes = end - payloadStart;
        if (bytes > maxBytes) {
            throw new MalformedException("MP4 file, byte " + start + ": the box " + type + " has " + bytes + " bytes; "
                    + maxBytes + " at most expected");
        }
        return BoxBytes.of(type, source.read(payloadStart, (int) bytes));
    }

    void demandWhole(ByteSource source) throws TruncatedException {
        if (!isWhole(source)) {
            throw new TruncatedException("MP4 file, byte " + start + ": the box " + type + " ends at byte " + end
                    + ", the file at byte " + source.length());
        }
    }
}
