package org.camseal.cli.evidence;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.annexb.AnnexBSplitter;
import org.camseal.signing.hashing.NalClass;
import org.jspecify.annotations.Nullable;

/**
 * A byte stream whose headers cannot be read, NAL unit by NAL unit: altered video must get its verdict, not an error. Pictures are told apart
 * by one bit; their times are guessed.
 */
final class RawByteStream implements UnitReader {
    /** 25 pictures a second. */
    private static final long TICKS = MediaTime.VIDEO_CLOCK_HZ / 25;

    private final InputStream in;
    private final AnnexBSplitter splitter;
    private final Track track;
    private long pictures;
    private @Nullable NalUnit read;

    private RawByteStream(InputStream in, Codec codec) {
        this.in = in;
        this.splitter = new AnnexBSplitter(codec, in);
        this.track = new Track(1, new VideoFormat(codec, 0, 0, List.of()));
    }

    static RawByteStream open(Path file, Codec codec) throws IOException {
        return new RawByteStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), codec);
    }

    @Override
    public List<Track> tracks() {
        return List.of(track);
    }

    @Override
    public @Nullable AccessUnit next() throws MediaException, IOException {
        List<NalUnit> nalUnits = new ArrayList<>();
        NalUnit nal = read != null ? read : splitter.next();
        read = null;
        boolean slice = false;
        while (nal != null) {
            NalClass nalClass = NalClass.of(nal);
            boolean begins = nalClass.isPrimary() || !(nalClass.isHashed() || nalClass == NalClass.UNHASHED_SLICE);
            if (slice && begins) {
                read = nal;
                break;
            }
            slice |= nalClass.isHashed();
            nalUnits.add(nal);
            nal = splitter.next();
        }
        if (nalUnits.isEmpty()) {
            return null;
        }
        MediaTime time = MediaTime.video(TICKS * pictures++);
        return new VideoUnit(1, nalUnits, time, time, Instant.EPOCH.plus(time.toDuration()));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
