package org.camseal.media.mp4;

import java.time.Instant;
import java.util.List;
import org.camseal.media.AudioFormat;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;

/**
 * Writes ftyp and a moov without samples (ISO/IEC 14496-12 sections 4.3 and 8.2 to 8.8): all samples are in the fragments that
 * follow. Each track's time scale is its own clock, its track_ID its number.
 */
final class InitSegment {
    /** Seconds from 1904, where MP4's dates begin, to 1970. */
    static final long SECONDS_1904_TO_1970 = 2_082_844_800L;

    private static final int MOVIE_TIMESCALE = 1_000;
    private static final int TRACK_ENABLED_IN_MOVIE = 3;
    private static final int[] UNITY_MATRIX = {0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000};
    private static final int LANGUAGE_UNDETERMINED = 0x55c4;

    private final BoxBuilder out = new BoxBuilder(2048);
    private final Lead lead;
    private final long created;

    /** @param created the date in the header; before 1904 and after 2040 it is left out */
    InitSegment(Lead lead, Instant created) {
        this.lead = lead;
        long seconds = created.getEpochSecond() + SECONDS_1904_TO_1970;
        this.created = created.equals(Instant.EPOCH) || seconds < 0 || seconds > 0xffff_ffffL ? 0 : seconds;
    }

    byte[] build(List<Track> tracks) throws MediaException {
        // iso6 has tfdt and signed composition offsets; prft is an addition that older readers skip.
        out.open("ftyp").ascii("iso6").u32(0).ascii("iso6").ascii("mp41").close();
        out.open("moov");
        int nextTrack = tracks.stream().mapToInt(Track::number).max().orElse(0) + 1;
        out.openFull("mvhd", 0, 0)
                .u32(created)
                .u32(created)
                .u32(MOVIE_TIMESCALE)
                .u32(0);
        out.u32(0x1_0000).u16(0x100).zeros(10);
        matrix();
        out.zeros(24).u32(nextTrack).close();
        for (Track track : tracks) {
            trak(track);
        }
        out.open("mvex");
        for (Track track : tracks) {
            // sample description 1; no defaults, as each fragment has its own
            out.openFull("trex", 0, 0).u32(track.number()).u32(1).zeros(12).close();
        }
        out.close().close();
        return out.toBytes();
    }

    private void trak(Track track) throws MediaException {
        out.open("trak");
        switch (track.format()) {
            case VideoFormat video -> {
                int[] size = SampleEntries.pictureSize(video);
                tkhd(track, 0, size[0], size[1]);
            }
            case AudioFormat _ -> tkhd(track, 0x100, 0, 0);
        }
        if (lead.millis() != 0) {
            long start = lead.ticks(track.format().clockHz());
            out.open("edts").openFull("elst", 1, 0).u32(1);
            out.u64(0).u64(start).u16(1).u16(0).close().close();
        }
        mdia(track);
        out.close();
    }

    private void tkhd(Track track, int volume, int width, int height) {
        out.openFull("tkhd", 0, TRACK_ENABLED_IN_MOVIE).u32(created).u32(created);
        out.u32(track.number())
                .zeros(4)
                .u32(0)
                .zeros(8)
                .u16(0)
                .u16(0)
                .u16(volume)
                .u16(0);
        matrix();
        out.u32((long) width << 16).u32((long) height << 16).close();
    }

    private void mdia(Track track) throws MediaException {
        boolean video = track.format().codec().isVideo();
        out.open("mdia").openFull("mdhd", 0, 0).u32(created).u32(created);
        out.u32(track.format().clockHz())
                .u32(0)
                .u16(LANGUAGE_UNDETERMINED)
                .u16(0)
                .close();
        out.openFull("hdlr", 0, 0).u32(0).ascii(video ? "vide" : "soun").zeros(12);
        out.ascii(video ? "video" : "audio").u8(0).close();
        out.open("minf");
        if (video) {
            out.openFull("vmhd", 0, 1).zeros(8).close();
        } else {
            out.openFull("smhd", 0, 0).zeros(4).close();
        }
        // The data is in this file itself.
        out.open("dinf")
                .openFull("dref", 0, 0)
                .u32(1)
                .openFull("url ", 0, 1)
                .close()
                .close()
                .close();
        out.open("stbl").openFull("stsd", 0, 0).u32(1);
        SampleEntries.write(out, track);
        out.close();
        out.openFull("stts", 0, 0).u32(0).close().openFull("stsc", 0, 0).u32(0).close();
        out.openFull("stsz", 0, 0)
                .u32(0)
                .u32(0)
                .close()
                .openFull("stco", 0, 0)
                .u32(0)
                .close();
        out.close().close().close();
    }

    private void matrix() {
        for (int value : UNITY_MATRIX) {
            out.u32(value);
        }
    }
}
