package org.camseal.media.mp4;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes at offsets, of a file or in memory. Its length is the one it had at the start: what is appended later is not seen. Small
 * reads of neighbouring places are served from one block of 256 KiB.
 */
final class ByteSource implements Closeable {
    private static final int BLOCK = 256 * 1024;

    private final @Nullable FileChannel channel;
    private final long length;
    private byte[] block;
    private long blockStart;

    private ByteSource(@Nullable FileChannel channel, long length, byte[] block) {
        this.channel = channel;
        this.length = length;
        this.block = block;
    }

    static ByteSource of(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new ByteSource(channel, channel.size(), new byte[0]);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Shares the array. */
    static ByteSource of(byte[] bytes) {
        return new ByteSource(null, bytes.length, bytes);
    }

    long length() {
        return length;
    }

    /**
     * A copy of {@code count} bytes from an offset; the caller has checked that they lie within the length.
     *
     * @throws EOFException where the file has become shorter since
     */
    byte[] read(long offset, int count) throws IOException {
        if (offset < 0 || count < 0 || offset > length - count) {
            throw new IndexOutOfBoundsException(offset + " + " + count + " of " + length);
        }
        if (offset < blockStart || offset + count > blockStart + block.length) {
            if (count > BLOCK / 4) {
                return load(offset, count);
            }
            block = load(offset, (int) Math.min(BLOCK, length - offset));
            blockStart = offset;
        }
        int from = (int) (offset - blockStart);
        return Arrays.copyOfRange(block, from, from + count);
    }

    private byte[] load(long offset, int count) throws IOException {
        FileChannel file = channel;
        if (file == null) {
            throw new IllegalStateException("bytes in memory are one block");
        }
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, offset + buffer.position()) < 0) {
                throw new EOFException(
                        "the file became shorter while it was read: byte " + (offset + buffer.position()) + " is gone");
            }
        }
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
