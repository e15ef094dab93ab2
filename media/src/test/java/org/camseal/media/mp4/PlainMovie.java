package org.camseal.media.mp4;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.camseal.media.MediaException;

/**
 * Writes plain MP4 files for tests, with what FFmpeg and GStreamer do not write: odd length sizes, compact sizes, 64-bit offsets, every
 * kind of edit list.
 */
final class PlainMovie {
    /** One sample: its bytes, and ticks of duration and composition. */
    static final class Cut {
        private final byte[] bytes;
        private final int duration;
        private final int composition;

        Cut(byte[] bytes, int duration, int composition) {
            this.bytes = bytes;
            this.duration = duration;
            this.composition = composition;
        }
    }

    /** One track of the file; what differs from the usual is set before {@link PlainMovie#build}. */
    static final class Part {
        final List<Cut> samples = new ArrayList<>();
        String handler = "vide";
        int timescale = 90_000;
        long id = 1;
        int samplesPerChunk = 2;
        boolean wideOffsets;
        int compactSizeBits;
        int constantSize;
        int compositionVersion = 1;
        int hintedCount = -1;
        Consumer<BoxBuilder> edits = out -> {};
        Consumer<BoxBuilder> entry = PlainMovie::avc1;
    }

    long creation;
    boolean wideData;
    boolean dataInFront = true;
    int movieTimescale = 1_000;
    private final List<Part> parts = new ArrayList<>();

    Part part() {
        Part part = new Part();
        part.id = parts.size() + 1L;
        parts.add(part);
        return part;
    }

    byte[] build() {
        BoxBuilder head = new BoxBuilder(64)
                .open("ftyp")
                .ascii("isom")
                .u32(0)
                .ascii("isom")
                .close();
        byte[] data = data();
        int ftyp = head.toBytes().length;
        int dataHeader = wideData ? 16 : 8;
        int moovLength = dataInFront ? 0 : moov(0).length;
        byte[] moov = moov(ftyp + moovLength + dataHeader);
        if (!dataInFront) {
            head.bytes(moov);
        }
        if (wideData) {
            head.u32(1).ascii("mdat").u64(data.length + 16L).bytes(data);
        } else {
            head.open("mdat").bytes(data).close();
        }
        if (dataInFront) {
            head.bytes(moov);
        }
        return head.toBytes();
    }

    /** Chunks of the parts in turn. */
    private byte[] data() {
        BoxBuilder out = new BoxBuilder(1024);
        for (int chunk = 0; chunk < chunks(); chunk++) {
            for (Part part : parts) {
                for (Cut cut : chunk(part, chunk)) {
                    out.bytes(cut.bytes);
                }
            }
        }
        return out.toBytes();
    }

    private int chunks() {
        return parts.stream()
                .mapToInt(part -> Math.ceilDiv(part.samples.size(), part.samplesPerChunk))
                .max()
                .orElse(0);
    }

    private static List<Cut> chunk(Part part, int chunk) {
        int from = Math.min(chunk * part.samplesPerChunk, part.samples.size());
        return part.samples.subList(from, Math.min(from + part.samplesPerChunk, part.samples.size()));
    }

    private byte[] moov(long dataStart) {
        BoxBuilder out = new BoxBuilder(1024);
        out.open("moov")
                .openFull("mvhd", 1, 0)
                .u64(creation)
                .u64(creation)
                .u32(movieTimescale)
                .u64(0);
        out.zeros(80).close();
        for (Part part : parts) {
            out.open("trak")
                    .openFull("tkhd", 0, 3)
                    .u32(0)
                    .u32(0)
                    .u32(part.id)
                    .zeros(64)
                    .close();
            part.edits.accept(out);
            out.open("mdia")
                    .openFull("mdhd", 0, 0)
                    .u32(0)
                    .u32(0)
                    .u32(part.timescale)
                    .zeros(8)
                    .close();
            out.openFull("hdlr", 0, 0).u32(0).ascii(part.handler).zeros(13).close();
            out.open("minf").open("stbl");
            out.openFull("stsd", 0, 0).u32(1);
            part.entry.accept(out);
            out.close();
            tables(out, part, dataStart);
            out.close().close().close().close();
        }
        out.open("udta").open("meta").zeros(4).close().zeros(4).close();
        return out.close().toBytes();
    }

    private void tables(BoxBuilder out, Part part, long dataStart) {
        int count = part.samples.size();
        out.openFull("stts", 0, 0).u32(count);
        part.samples.forEach(cut -> out.u32(1).u32(cut.duration));
        out.close().openFull("ctts", part.compositionVersion, 0).u32(count);
        part.samples.forEach(cut -> out.u32(1).u32(cut.composition));
        out.close()
                .openFull("stsc", 0, 0)
                .u32(1)
                .u32(1)
                .u32(part.samplesPerChunk)
                .u32(1)
                .close();
        sizes(out, part, part.hintedCount < 0 ? count : part.hintedCount);
        List<Long> offsets = offsets(part, dataStart);
        out.openFull(part.wideOffsets ? "co64" : "stco", 0, 0).u32(offsets.size());
        offsets.forEach(offset -> {
            if (part.wideOffsets) {
                out.u64(offset);
            } else {
                out.u32(offset);
            }
        });
        out.close();
    }

    private static void sizes(BoxBuilder out, Part part, int count) {
        if (part.compactSizeBits == 0) {
            out.openFull("stsz", 0, 0).u32(part.constantSize).u32(count);
            if (part.constantSize == 0) {
                part.samples.forEach(cut -> out.u32(cut.bytes.length));
            }
        } else {
            out.openFull("stz2", 0, 0).u24(0).u8(part.compactSizeBits).u32(count);
            for (int i = 0; i < part.samples.size(); i++) {
                int size = part.samples.get(i).bytes.length;
                switch (part.compactSizeBits) {
                    case 16 -> out.u16(size);
                    case 8 -> out.u8(size);
                    default -> {
                        int next = i + 1 < part.samples.size() ? part.samples.get(i + 1).bytes.length : 0;
                        if (i % 2 == 0) {
                            out.u8(size << 4 | next);
                        }
                    }
                }
            }
        }
        out.close();
    }

    private List<Long> offsets(Part wanted, long dataStart) {
        List<Long> offsets = new ArrayList<>();
        long at = dataStart;
        for (int chunk = 0; chunk < chunks(); chunk++) {
            for (Part part : parts) {
                if (part == wanted && !chunk(part, chunk).isEmpty()) {
                    offsets.add(at);
                }
                for (Cut cut : chunk(part, chunk)) {
                    at += cut.bytes.length;
                }
            }
        }
        return offsets;
    }

    static void avc1(BoxBuilder out) {
        video(out, "avc1", 4);
    }

    /** An entry of 320 x 240 with the usual parameter sets. */
    static void video(BoxBuilder out, String type, int lengthSize) {
        out.open(type).zeros(24).u16(320).u16(240).zeros(50);
        int at = out.position();
        try {
            AvcConfig.write(out, List.of(Recordings.SPS, Recordings.PPS));
        } catch (MediaException e) {
            throw new IllegalStateException(e);
        }
        out.patchU32(at + 12, 0xfc00_0000L | (long) (lengthSize - 1) << 24 | 0xe1_0000 | Recordings.SPS.length());
        out.close();
    }

    /** A QuickTime sound description with the esds inside the box wave. */
    static void quickTimeAac(BoxBuilder out, int version) {
        out.open("mp4a").zeros(8).u16(version).zeros(6).u16(2).u16(16).zeros(4).u32(48_000L << 16);
        if (version == 1) {
            out.zeros(16);
        } else if (version == 2) {
            out.u32(72)
                    .u64(Double.doubleToLongBits(48_000))
                    .u32(1)
                    .u32(0x7f00_0000)
                    .zeros(16);
        }
        out.open("wave")
                .open("frma")
                .ascii("mp4a")
                .close()
                .open("mp4a")
                .zeros(4)
                .close();
        Esds.write(out, new byte[] {0x11, (byte) 0x88});
        out.u32(8).u32(0).close().close();
    }
}
