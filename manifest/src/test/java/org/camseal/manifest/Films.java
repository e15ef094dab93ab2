package org.camseal.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.camseal.media.AccessUnit;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;

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

    static List<AccessUnit> without(List<AccessUnit> units, int... indexes) {
        List<AccessUnit> left = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            int index = i;
            if (java.util.Arrays.stream(indexes).noneMatch(other -> other == index)) {
                left.add(units.get(i));
            }
        }
        return left;
    }

    static List<AccessUnit> swapped(List<AccessUnit> units, int one, int other) {
        List<AccessUnit> result = new ArrayList<>(units);
        result.set(one, units.get(other));
        result.set(other, units.get(one));
        return result;
    }

    static List<AccessUnit> joined(List<AccessUnit> first, List<AccessUnit> second) {
        List<AccessUnit> result = new ArrayList<>(first);
        result.addAll(second);
        return result;
    }

    static List<AccessUnit> changed(List<AccessUnit> units, int index, UnaryOperator<List<NalUnit>> change) {
        List<AccessUnit> result = new ArrayList<>(units);
        VideoUnit video = (VideoUnit) units.get(index);
        result.set(index, video.withNalUnits(change.apply(new ArrayList<>(video.nalUnits()))));
        return result;
    }

    static UnaryOperator<List<NalUnit>> dropping(SealedSei.Kind kind) {
        return nals -> {
            nals.removeIf(nal -> isOwn(nal, kind));
            return nals;
        };
    }

    static boolean isOwn(NalUnit nal, SealedSei.Kind kind) {
        try {
            return SealedSei.find(nal).filter(sei -> sei.kind() == kind).isPresent();
        } catch (ManifestException e) {
            return false;
        }
    }

    static List<NalUnit> flipSlice(List<NalUnit> nals) {
        NalUnit slice = nals.getLast();
        byte[] bytes = slice.bytes().clone();
        bytes[6] ^= 0x40;
        nals.set(nals.size() - 1, NalUnit.of(slice.codec(), bytes));
        return nals;
    }
}
