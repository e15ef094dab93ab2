package org.camseal.media.mp4;

import org.camseal.media.MalformedException;

/**
 * The sizes of a track's samples: stsz or stz2 (ISO/IEC 14496-12 section 8.7.3).
 *
 * @param count of samples
 * @param constant size of all samples in bytes, or 0 where each has its own in the table
 * @param fieldBits bits of a size in the table: 4, 8, 16 or 32
 */
record SampleSizes(long count, long constant, int fieldBits, Table table) {
    static final SampleSizes NONE = new SampleSizes(0, 0, 32, Table.EMPTY);

    static SampleSizes readStsz(BoxBytes box, long fileLength) throws MalformedException {
        box.skip(4);
        long constant = box.u32();
        long count = box.u32();
        if (constant == 0) {
            return new SampleSizes(count, 0, 32, Table.of(box, count, 4));
        }
        if (count > fileLength / constant) {
            throw box.malformed(count + " samples of " + constant + " bytes; the whole file has " + fileLength);
        }
        return new SampleSizes(count, constant, 32, Table.EMPTY);
    }

    static SampleSizes readStz2(BoxBytes box) throws MalformedException {
        box.skip(7);
        int bits = box.u8();
        long count = box.u32();
        return switch (bits) {
            case 4 -> new SampleSizes(count, 0, 4, Table.of(box, (count + 1) / 2, 1));
            case 8 -> new SampleSizes(count, 0, 8, Table.of(box, count, 1));
            case 16 -> new SampleSizes(count, 0, 16, Table.of(box, count, 2));
            default -> throw box.malformed("sizes of " + bits + " bits; 4, 8 or 16 expected");
        };
    }

    long size(long sample) {
        if (constant != 0) {
            return constant;
        }
        int index = (int) sample;
        return switch (fieldBits) {
            case 4 -> (index & 1) == 0 ? table.u8(index / 2) >> 4 : table.u8(index / 2) & 0x0f;
            case 8 -> table.u8(index);
            case 16 -> table.u16(index);
            default -> table.u32(index, 0);
        };
    }
}
