package org.camseal.media.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.camseal.media.TruncatedException;

/**
 * Finds how much of a recording is whole, by its {@link FragmentTrailer}s. Each fragment was forced to the disk before the next was
 * begun, so only the last can be torn: too short, or with holes where blocks never arrived.
 */
final class FragmentScan {
    private static final int BLOCK = 1 << 20;
    private static final int ID_BYTES = 16;

    private final ByteSource source;
    private long wholeEnd;
    private long lastStart;
    private int fragments;

    FragmentScan(ByteSource source) {
        this.source = source;
    }

    /**
     * What to keep and what to cut.
     *
     * @throws MediaException Truncated where nothing is whole, Malformed where damage has whole fragments behind it
     */
    Recovery recovery() throws MediaException, IOException {
        walk();
        if (fragments > 0 && !checksumIsRight()) {
            if (wholeEnd < source.length()) {
                throw damaged(lastStart);
            }
            wholeEnd = lastStart;
            fragments--;
        }
        if (fragments == 0) {
            throw new TruncatedException("MP4 file of " + source.length()
                    + " bytes: not one whole fragment of a CamSeal recording is in it; nothing was changed");
        }
        if (trailerBehind(wholeEnd)) {
            throw damaged(wholeEnd);
        }
        return new Recovery(fragments, wholeEnd, source.length() - wholeEnd);
    }

    /** Goes from box to box, and notes the place behind the last trailer that stands where it should. */
    private void walk() throws IOException {
        long position = 0;
        while (position < source.length()) {
            FileBox box;
            try {
                box = FileBox.at(source, position);
                FragmentTrailer trailer = box.isWhole(source) ? FragmentTrailer.at(source, box) : null;
                if (trailer != null && trailer.length() == position - wholeEnd) {
                    lastStart = wholeEnd;
                    wholeEnd = box.end();
                    fragments++;
                }
            } catch (MediaException _) {
                // What comes from here on is torn, or damage; which of the two, recovery() finds out.
                return;
            }
            position = box.end();
        }
    }

    private boolean checksumIsRight() throws MediaException, IOException {
        long end = wholeEnd - FragmentTrailer.BYTES;
        FragmentTrailer trailer = FragmentTrailer.at(source, FileBox.at(source, end));
        CRC32C crc = new CRC32C();
        for (long at = lastStart; at < end; at += BLOCK) {
            crc.update(source.read(at, (int) Math.min(BLOCK, end - at)));
        }
        return trailer != null && trailer.crc() == (int) crc.getValue();
    }

    /** Whether a trailer ends before the end of the file: then what is broken from a place on is not just the last fragment. */
    private boolean trailerBehind(long from) throws IOException {
        byte[] id = ByteBuffer.allocate(ID_BYTES)
                .putLong(FragmentTrailer.ID.getMostSignificantBits())
                .putLong(FragmentTrailer.ID.getLeastSignificantBits())
                .array();
        // The ID must end so far from the end that the trailer does not end with the file.
        long last = source.length() - (FragmentTrailer.BYTES - 8 - ID_BYTES) - 1;
        for (long at = from; at < last; at += BLOCK) {
            byte[] block = source.read(at, (int) Math.min(BLOCK + ID_BYTES, last - at));
            if (contains(block, id)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(byte[] block, byte[] wanted) {
        for (int i = 0; i <= block.length - wanted.length; i++) {
            if (block[i] == wanted[0] && Arrays.equals(block, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    private static MalformedException damaged(long at) {
        return new MalformedException("MP4 file: damaged behind byte " + at
                + ", but whole fragments follow; this is no torn end, and nothing was changed");
    }
}
