package org.camseal.authority.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Entries side by side, each behind its length in two bytes (C2SP tlog-tiles, "Log entries"). */
final class EntryBundle {
    /** Largest bundle in bytes. */
    static final int MAX_BYTES = TileAddress.FULL * (2 + LogEntry.MAX_BYTES);

    private EntryBundle() {}

    static byte[] of(List<byte[]> leaves) {
        int length = 0;
        for (byte[] leaf : leaves) {
            if (leaf.length > LogEntry.MAX_BYTES) {
                throw new IllegalArgumentException("a leaf of " + leaf.length + " bytes");
            }
            length += 2 + leaf.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        leaves.forEach(leaf -> out.putShort((short) leaf.length).put(leaf));
        return out.array();
    }

    /**
     * @throws IllegalArgumentException if the bytes are not exactly so many entries
     */
    static List<byte[]> parse(byte[] bundle, int width) {
        ByteBuffer in = ByteBuffer.wrap(bundle);
        List<byte[]> leaves = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            int length = in.remaining() < 2 ? Integer.MAX_VALUE : in.getShort() & 0xffff;
            if (length > in.remaining()) {
                throw new IllegalArgumentException("it ends within entry " + i + " of " + width);
            }
            byte[] leaf = new byte[length];
            in.get(leaf);
            leaves.add(leaf);
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException(in.remaining() + " bytes behind its " + width + " entries");
        }
        return leaves;
    }
}
