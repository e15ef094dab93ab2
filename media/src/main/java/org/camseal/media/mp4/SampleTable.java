package org.camseal.media.mp4;

import org.camseal.media.MalformedException;

/**
 * The sample table of a plain file (ISO/IEC 14496-12 sections 8.6 and 8.7), as it lies in memory: nothing is expanded.
 *
 * @param durations stts: count, delta
 * @param compositions ctts: count, offset
 * @param chunks stsc: first chunk, samples per chunk, sample description
 * @param offsets of chunks: stco or co64
 * @param wideOffsets whether it is co64
 */
record SampleTable(
        Table durations, Table compositions, Table chunks, SampleSizes sizes, Table offsets, boolean wideOffsets) {
    static SampleTable read(BoxBytes stbl, long fileLength) throws MalformedException {
        Table durations = Table.EMPTY;
        Table compositions = Table.EMPTY;
        Table chunks = Table.EMPTY;
        SampleSizes sizes = SampleSizes.NONE;
        Table offsets = Table.EMPTY;
        boolean wide = false;
        for (BoxBytes box = stbl.nextBox(); box != null; box = stbl.nextBox()) {
            switch (box.type()) {
                case "stts" -> durations = counted(box, 8);
                case "ctts" -> compositions = counted(box, 8);
                case "stsc" -> chunks = counted(box, 12);
                case "stsz" -> sizes = SampleSizes.readStsz(box, fileLength);
                case "stz2" -> sizes = SampleSizes.readStz2(box);
                case "stco" -> offsets = counted(box, 4);
                case "co64" -> {
                    offsets = counted(box, 8);
                    wide = true;
                }
                // stss repeats what the NAL units' types say; stsd is read before; the others are not needed.
                default -> {}
            }
        }
        if (sizes.count() > 0 && (durations.count() == 0 || chunks.count() == 0 || offsets.count() == 0)) {
            throw stbl.malformed(sizes.count() + " samples, but stts, stsc or stco is missing or empty");
        }
        return new SampleTable(durations, compositions, chunks, sizes, offsets, wide);
    }

    private static Table counted(BoxBytes box, int width) throws MalformedException {
        box.skip(4);
        return Table.of(box, box.u32(), width);
    }

    long chunkOffset(int chunk) {
        return wideOffsets ? offsets.i64(chunk) : offsets.u32(chunk, 0);
    }

    /**
     * Whether the table counts single samples of sound, as QuickTime does for G.711: then a run of them is a unit.
     *
     * @param bytesOfSample one per channel
     */
    boolean countsSoundSamples(int bytesOfSample) {
        return sizes.constant() == bytesOfSample && durations.count() == 1 && durations.u32(0, 1) == 1;
    }
}
