package org.camseal.manifest;

import java.util.List;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;

/** What tests do to films besides cutting them. */
final class Films {
    private Films() {}

    /** The camera's tracks, with parameter sets beside the stream. */
    static List<Track> tracksWith(FakeCamera camera, List<NalUnit> parameterSets) {
        Track video = camera.tracks().getFirst();
        return List.of(
                new Track(video.number(), new VideoFormat(video.format().codec(), 16, 16, parameterSets)),
                camera.tracks().getLast());
    }
}
