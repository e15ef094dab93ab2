package org.camseal.media.annexb;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.TrackFormat;
import org.camseal.media.UnitWriter;
import org.camseal.media.UnsupportedException;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;

/**
 * Writes the access units of one video track as a byte stream; their times are lost. Parameter sets that the track has out of band are
 * put into the first unit and into every key unit that has none of its own; nothing else is changed.
 */
public final class AnnexBWriter implements UnitWriter {
    private final Track track;
    private final OutputStream out;
    private boolean begun;

    /**
     * @param track of video
     * @param out closed with the writer
     */
    public AnnexBWriter(Track track, OutputStream out) {
        if (!track.format().codec().isVideo()) {
            throw new IllegalArgumentException(track + " is not video");
        }
        this.track = track;
        this.out = out;
    }

    /** @throws UnsupportedException for a unit of another track */
    @Override
    public void write(AccessUnit unit) throws MediaException, IOException {
        if (unit.track() != track.number() || !(unit instanceof VideoUnit video)) {
            throw new UnsupportedException("a unit of track " + unit.track() + " in a byte stream, which holds track "
                    + track.number() + " alone");
        }
        out.write(AnnexB.join(withParameterSets(video)));
        begun = true;
    }

    private List<NalUnit> withParameterSets(VideoUnit video) {
        List<NalUnit> units = video.nalUnits();
        boolean wanted = !begun || video.isKey();
        if (!wanted || units.stream().anyMatch(NalUnit::isParameterSet)) {
            return units;
        }
        List<NalUnit> all = new ArrayList<>(units);
        all.addAll(units.getFirst().isDelimiter() ? 1 : 0, outOfBand(track.format()));
        return all;
    }

    private static List<NalUnit> outOfBand(TrackFormat format) {
        return format instanceof VideoFormat video ? video.parameterSets() : List.of();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
