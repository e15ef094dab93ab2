package org.camseal.media.mp4;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.camseal.media.MalformedException;
import org.camseal.media.UnsupportedException;

/**
 * What the standard boxes of a track fragment cannot hold exactly: for each sample, how far its capture time lies from the straight
 * line through the fragment's prft time, and for audio how far the number of samples lies from the sample's duration. Written as a
 * uuid box in the traf, and only where a number is not zero; other readers skip it.
 *
 * <p>Payload after the UUID: version u8 (0), then per sample two numbers in zigzag form, seven bits a byte, low bits first, the
 * top bit set on all but the last byte.
 */
final class UnitDetail {
    static final UUID ID = UUID.fromString("5c1d0c5e-6a0b-4f0e-9a43-ca35ea1d0001");
    private static final int MAX_BYTES_OF_NUMBER = 10;

    /**
     * @param capturedNanos what to add to the capture time the line gives
     * @param samples what to add to the duration to have the number of audio samples
     */
    record Entry(long capturedNanos, long samples) {
        static final Entry ZERO = new Entry(0, 0);
    }

    private UnitDetail() {}

    /** Writes the box unless it would say nothing. */
    static void write(BoxBuilder out, List<Entry> entries) {
        if (entries.stream().allMatch(Entry.ZERO::equals)) {
            return;
        }
        out.open("uuid").u64(ID.getMostSignificantBits()).u64(ID.getLeastSignificantBits());
        out.u8(0);
        for (Entry entry : entries) {
            writeNumber(out, entry.capturedNanos());
            writeNumber(out, entry.samples());
        }
        out.close();
    }

    /** Reads the box behind its UUID; more than {@code max} entries are refused. */
    static List<Entry> read(BoxBytes box, int max) throws MalformedException, UnsupportedException {
        int version = box.u8();
        if (version != 0) {
            throw new UnsupportedException("MP4 box " + box.path() + ": unit detail of version " + version
                    + "; 0 expected, so a newer program wrote this file");
        }
        List<Entry> entries = new ArrayList<>();
        while (box.remaining() > 0) {
            if (entries.size() == max) {
                throw box.malformed("unit detail for more than " + max + " samples");
            }
            entries.add(new Entry(readNumber(box), readNumber(box)));
        }
        return entries;
    }

    private static void writeNumber(BoxBuilder out, long number) {
        long rest = number << 1 ^ number >> 63;
        while ((rest & ~0x7fL) != 0) {
            out.u8((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.u8((int) rest);
    }

    private static long readNumber(BoxBytes box) throws MalformedException {
        long zigzag = 0;
        for (int i = 0; i < MAX_BYTES_OF_NUMBER; i++) {
            int next = box.u8();
            zigzag |= (long) (next & 0x7f) << (7 * i);
            if (next < 0x80) {
                return zigzag >>> 1 ^ -(zigzag & 1);
            }
        }
        throw box.malformed("a number of more than " + MAX_BYTES_OF_NUMBER + " bytes");
    }
}
