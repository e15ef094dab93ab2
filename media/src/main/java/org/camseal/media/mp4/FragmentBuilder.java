package org.camseal.media.mp4;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lays out one fragment: a prft per track, moof, mdat (ISO/IEC 14496-12 sections 8.8.4 to 8.8.8, 8.16.5). The mdat holds the units
 * in the order in which they came, so a track has a trun for each of its uninterrupted runs.
 */
final class FragmentBuilder {
    private static final int BASE_IS_MOOF = 0x02_0000;
    private static final int DEFAULT_DURATION = 0x08;
    private static final int DEFAULT_FLAGS = 0x20;
    /** The instant at which the samples were captured, and consistently so (prft flags 16 and 8). */
    private static final int PRFT_CAPTURED = 24;

    private static final int MAX_BYTES = 1 << 30;

    private final long sequence;
    private final Lead lead;
    private final Map<Integer, MediaTime> next;
    private final TreeMap<Integer, TrackPart> parts = new TreeMap<>();
    private final List<AccessUnit> units = new ArrayList<>();
    private @Nullable TrackPart current;
    private long dataBytes;

    /**
     * @param next the decode time that follows this fragment, for the tracks where it is known: it ends the last sample
     */
    FragmentBuilder(long sequence, Lead lead, Map<Integer, MediaTime> next) {
        this.sequence = sequence;
        this.lead = lead;
        this.next = next;
    }

    void add(AccessUnit unit) {
        TrackPart part = parts.computeIfAbsent(unit.track(), number -> new TrackPart());
        part.add(unit, part == current ? -1 : dataBytes);
        current = part;
        units.add(unit);
        dataBytes += storedBytes(unit);
    }

    /** Bytes a unit takes in the mdat: NAL units have four bytes of length in front. */
    static long storedBytes(AccessUnit unit) {
        return switch (unit) {
            case VideoUnit video -> 4L * video.nalUnits().size() + video.sizeBytes();
            case AudioUnit audio -> audio.sizeBytes();
        };
    }

    byte[] build() throws MalformedException {
        if (dataBytes > MAX_BYTES) {
            throw new MalformedException("a fragment of " + dataBytes + " bytes; " + MAX_BYTES + " at most expected");
        }
        BoxBuilder out = new BoxBuilder((int) dataBytes + 1024 + 64 * units.size());
        for (Map.Entry<Integer, TrackPart> entry : parts.entrySet()) {
            prft(out, entry.getKey(), entry.getValue());
        }
        int moof = out.position();
        out.open("moof").openFull("mfhd", 0, 0).u32(sequence).close();
        for (Map.Entry<Integer, TrackPart> entry : parts.entrySet()) {
            traf(out, entry.getKey(), entry.getValue());
        }
        out.close();
        int data = out.position() + 8;
        for (TrackPart part : parts.values()) {
            for (TrackPart.Run run : part.runs()) {
                out.patchU32(run.offsetPosition(), data - moof + run.dataStart());
            }
        }
        mdat(out);
        return out.toBytes();
    }

    private long stored(MediaTime time) {
        return time.ticks() + lead.ticks(time.clockHz());
    }

    private void prft(BoxBuilder out, int track, TrackPart part) throws MalformedException {
        AccessUnit first = part.units().getFirst();
        out.openFull("prft", 1, PRFT_CAPTURED).u32(track).u64(NtpTime.of(first.capturedAt()));
        out.u64(stored(first.presentationTime())).close();
    }

    private void traf(BoxBuilder out, int track, TrackPart part) throws MalformedException {
        long[] durations = part.durations(track, next.get(track));
        long start = stored(part.units().getFirst().decodeTime());
        if (start < 0) {
            throw new MalformedException("track " + track + ": a decode time of "
                    + part.units().getFirst().decodeTime() + " cannot be stored; a longer lead than " + lead.millis()
                    + " ms makes room for it");
        }
        out.open("traf").openFull("tfhd", 0, BASE_IS_MOOF | DEFAULT_DURATION | DEFAULT_FLAGS);
        out.u32(track).u32(durations[0]).u32(part.defaultFlags()).close();
        out.openFull("tfdt", 1, 0).u64(start).close();
        for (TrackPart.Run run : part.runs()) {
            part.writeRun(out, run, durations);
        }
        UnitDetail.write(out, part.detail(durations));
        out.close();
    }

    private void mdat(BoxBuilder out) {
        out.open("mdat");
        for (AccessUnit unit : units) {
            switch (unit) {
                case VideoUnit video -> {
                    for (NalUnit nal : video.nalUnits()) {
                        out.u32(nal.length()).bytes(nal.bytes());
                    }
                }
                case AudioUnit audio -> out.bytes(audio.frame());
            }
        }
        out.close();
    }
}
