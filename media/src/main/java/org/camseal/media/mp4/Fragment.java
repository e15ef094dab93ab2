package org.camseal.media.mp4;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camseal.media.MalformedException;
import org.camseal.media.MediaException;
import org.jspecify.annotations.Nullable;

/**
 * One moof (ISO/IEC 14496-12 sections 8.8.4 to 8.8.12): the runs of its track fragments, placed in the file and in time.
 */
final class Fragment {
    private static final int MAX_RUNS = 1 << 16;
    private static final int MAX_DETAILS = 1 << 20;
    private static final int TFHD_BASE = 0x01;
    private static final int TFHD_DESCRIPTION = 0x02;
    private static final int TFHD_DURATION = 0x08;
    private static final int TFHD_SIZE = 0x10;
    private static final int TFHD_FLAGS = 0x20;
    private static final int TFHD_BASE_IS_MOOF = 0x02_0000;

    private final Movie movie;
    private final long moofStart;
    private final long fileLength;
    private final Map<MovieTrack, List<SampleRun>> runs = new LinkedHashMap<>();
    private long sequence;
    /** Behind the data of the run before: where a run without an offset begins. */
    private long dataPosition;

    private int runCount;
    private int detailCount;
    private long dataEnd;

    private Fragment(Movie movie, long moofStart, long fileLength) {
        this.movie = movie;
        this.moofStart = moofStart;
        this.fileLength = fileLength;
        this.dataPosition = moofStart;
    }

    /** Reads the payload of a moof; the tracks' next decode times move on. */
    static Fragment read(BoxBytes moof, long moofStart, Movie movie, long fileLength) throws MediaException {
        Fragment fragment = new Fragment(movie, moofStart, fileLength);
        for (BoxBytes box = moof.nextBox(); box != null; box = moof.nextBox()) {
            switch (box.type()) {
                case "mfhd" -> {
                    box.skip(4);
                    fragment.sequence = box.u32();
                }
                case "traf" -> fragment.traf(box);
                default -> {}
            }
        }
        return fragment;
    }

    /** sequence_number. */
    long sequence() {
        return sequence;
    }

    /** Offset in the file behind the last byte of its samples. */
    long dataEnd() {
        return dataEnd;
    }

    List<SampleCursor> cursors() throws MalformedException {
        List<SampleCursor> cursors = new ArrayList<>();
        for (Map.Entry<MovieTrack, List<SampleRun>> entry : runs.entrySet()) {
            cursors.add(new RunCursor(entry.getKey(), entry.getValue()));
        }
        return cursors;
    }

    private void traf(BoxBytes traf) throws MediaException {
        BoxBytes header = traf.demand("tfhd");
        int flags = header.i32() & 0xff_ffff;
        long id = header.u32();
        MovieTrack track = movie.byId(id);
        MovieTrack.Defaults defaults = movie.defaults(id);
        long base = dataPosition;
        if ((flags & TFHD_BASE) != 0) {
            base = header.u64();
        } else if ((flags & TFHD_BASE_IS_MOOF) != 0 || runCount == 0) {
            base = moofStart;
        }
        if ((flags & TFHD_DESCRIPTION) != 0) {
            header.skip(4);
        }
        long duration = (flags & TFHD_DURATION) != 0 ? header.u32() : defaults.duration();
        long size = (flags & TFHD_SIZE) != 0 ? header.u32() : defaults.size();
        if ((flags & TFHD_FLAGS) != 0) {
            header.skip(4);
        }
        dataPosition = base;
        runsOf(traf, track, base, new MovieTrack.Defaults(duration, size));
    }

    private void runsOf(BoxBytes traf, @Nullable MovieTrack track, long base, MovieTrack.Defaults defaults)
            throws MediaException {
        BoxBytes tfdt = traf.find("tfdt");
        long time = tfdt == null ? (track == null ? 0 : track.nextDecodeTime()) : decodeTime(tfdt);
        List<UnitDetail.Entry> details = details(traf);
        List<SampleRun> own = new ArrayList<>();
        long samples = 0;
        for (BoxBytes box = traf.nextBox(); box != null; box = traf.nextBox()) {
            if (box.type().equals("trun")) {
                if (++runCount > MAX_RUNS) {
                    throw box.malformed("more than " + MAX_RUNS + " runs in one fragment");
                }
                SampleRun run = SampleRun.read(box, base, dataPosition, time, defaults);
                run.checkWithin(box, fileLength);
                own.add(run.withDetails(details, samples));
                samples += run.count();
                if (track != null) {
                    time = track.plus(time, run.totalDuration());
                    track.noteLast(run.count() == 0 ? track.lastDecodeTime() : time - run.duration(run.count() - 1));
                }
                dataPosition = run.dataStart() + run.totalSize();
                dataEnd = Math.max(dataEnd, dataPosition);
            }
        }
        if (!details.isEmpty() && details.size() != samples) {
            throw traf.malformed("unit detail for " + details.size() + " of " + samples + " samples");
        }
        if (track != null) {
            track.continueAt(time);
            runs.computeIfAbsent(track, _ -> new ArrayList<>()).addAll(own);
        }
    }

    private static long decodeTime(BoxBytes tfdt) throws MalformedException {
        int version = tfdt.u8();
        tfdt.skip(3);
        return version == 0 ? tfdt.u32() : tfdt.u64();
    }

    private List<UnitDetail.Entry> details(BoxBytes traf) throws MediaException {
        BoxBytes here = traf.fork();
        for (BoxBytes box = here.nextBox(); box != null; box = here.nextBox()) {
            if (box.type().equals("uuid") && box.remaining() >= 16) {
                ByteBuffer id = box.view(16);
                if (new UUID(id.getLong(), id.getLong()).equals(UnitDetail.ID)) {
                    List<UnitDetail.Entry> details = UnitDetail.read(box, MAX_DETAILS - detailCount);
                    detailCount += details.size();
                    return details;
                }
            }
        }
        return List.of();
    }
}
