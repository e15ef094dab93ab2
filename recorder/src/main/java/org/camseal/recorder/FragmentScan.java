package org.camseal.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where the last whole fragment of a file ends, found by walking over the heads of its boxes (ISO/IEC 14496-12 section 4.2), without
 * reading what is in them.
 *
 * @param wholeBytes up to the end of the last whole fragment; 0 where not even the head of the file is whole
 * @param fragments how many whole ones there are
 * @param tornBytes behind that
 */
record FragmentScan(long wholeBytes, int fragments, long tornBytes) {
    private static final int MOOF = 0x6d6f6f66;
    private static final int MDAT = 0x6d646174;

    static FragmentScan of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return of(channel);
        }
    }

    private static FragmentScan of(FileChannel channel) throws IOException {
        long size = channel.size();
        long whole = 0;
        int fragments = 0;
        boolean inFragment = false;
        long at = 0;
        ByteBuffer head = ByteBuffer.allocate(16);
        while (at + 8 <= size) {
            head.clear().limit((int) Math.min(16, size - at));
            while (head.hasRemaining() && channel.read(head, at + head.position()) > 0) {}
            long length = Integer.toUnsignedLong(head.getInt(0));
            if (length == 1 && head.position() == 16) {
                length = head.getLong(8);
            }
            if (length < 8 || length > size - at) {
                break;
            }
            at += length;
            int type = head.getInt(4);
            if (type == MOOF) {
                inFragment = true;
            } else if (type == MDAT && inFragment) {
                inFragment = false;
                fragments++;
            }
            if (!inFragment) {
                whole = at;
            }
        }
        return new FragmentScan(whole, fragments, size - whole);
    }
}
