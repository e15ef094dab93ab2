package org.camseal.media.annexb;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.camseal.media.Codec;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes a byte stream apart into its NAL units while reading it. Memory: the longest unit, at most {@link #MAX_NAL_BYTES}, and a read
 * buffer. Does not close the stream. Confined to one thread.
 */
public final class AnnexBSplitter {
    /** The longest NAL unit read, in bytes: more than any level of H.264 and H.265 lets one picture have. */
    public static final int MAX_NAL_BYTES = 64 << 20;

    private static final int FIRST_BUFFER_BYTES = 1 << 14;

    private final Codec codec;
    private final InputStream in;
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private int start;
    private int end;
    private long streamOffset;
    private boolean inUnit;
    private boolean ended;

    public AnnexBSplitter(Codec codec, InputStream in) {
        if (!codec.isVideo()) {
            throw new IllegalArgumentException(codec + " has no NAL units");
        }
        this.codec = codec;
        this.in = in;
    }

    /**
     * The next NAL unit, or null at the end.
     *
     * @throws MalformedException where the stream does not begin with a start code, or a unit is empty, shorter than its header or longer
     *     than {@link #MAX_NAL_BYTES}
     */
    public @Nullable NalUnit next() throws MediaException, IOException {
        if (!inUnit && !toFirstUnit()) {
            return null;
        }
        int scanned = start;
        while (true) {
            int code = startCode(scanned);
            if (code >= 0) {
                return unit(code, code + 3);
            }
            // The last two bytes may be the beginning of a start code.
            scanned = Math.max(start, end - 2);
            int before = start;
            if (!fill()) {
                return unit(end, end);
            }
            scanned -= before - start;
        }
    }

    private NalUnit unit(int unitEnd, int nextStart) throws MalformedException {
        int last = unitEnd;
        // trailing_zero_8bits and the zero byte of a long start code belong to no unit, whose last byte is never zero.
        while (last > start && buffer[last - 1] == 0) {
            last--;
        }
        if (last - start < NalUnit.headerLength(codec)) {
            throw new MalformedException("byte stream, byte " + (streamOffset + start) + ": a NAL unit of "
                    + (last - start) + " bytes; its header alone has " + NalUnit.headerLength(codec));
        }
        NalUnit nal = NalUnit.of(codec, Arrays.copyOfRange(buffer, start, last));
        start = nextStart;
        inUnit = nextStart > unitEnd;
        return nal;
    }

    /** Moves behind the first start code; false where there is nothing at all. */
    private boolean toFirstUnit() throws MediaException, IOException {
        if (ended && start == end) {
            return false;
        }
        int zeros = 0;
        while (true) {
            while (start < end) {
                byte b = buffer[start++];
                if (b == 1 && zeros >= 2) {
                    inUnit = true;
                    return true;
                }
                if (b != 0) {
                    throw new MalformedException("byte stream, byte " + (streamOffset + start - 1)
                            + ": no start code (00 00 01) in front of the first NAL unit");
                }
                zeros = Math.min(zeros + 1, 2);
            }
            if (!fill()) {
                if (streamOffset + start == 0) {
                    return false;
                }
                throw new MalformedException(
                        "byte stream: " + (streamOffset + start) + " zero bytes and no start code");
            }
        }
    }

    /** Index of the next 00 00 01, or -1. */
    private int startCode(int from) {
        int i = from + 2;
        while (i < end) {
            byte b = buffer[i];
            if (b > 1 || b < 0) {
                i += 3;
            } else if (b == 0) {
                i++;
            } else if (buffer[i - 1] == 0 && buffer[i - 2] == 0) {
                return i - 2;
            } else {
                i += 3;
            }
        }
        return -1;
    }

    /** Reads on; the bytes from start on are kept, and may move to the buffer's beginning. */
    private boolean fill() throws MediaException, IOException {
        if (ended) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            streamOffset += start;
            end -= start;
            start = 0;
        }
        if (end > MAX_NAL_BYTES) {
            throw new MalformedException(
                    "byte stream, byte " + streamOffset + ": a NAL unit of more than " + MAX_NAL_BYTES + " bytes");
        }
        if (buffer.length - end < buffer.length / 4) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            ended = true;
            return false;
        }
        end += read;
        return true;
    }
}
