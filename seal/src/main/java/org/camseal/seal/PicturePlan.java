package org.camseal.seal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.SealedSei;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.SliceHeaders;
import org.camseal.media.VideoUnit;

/**
 * What becomes of each NAL unit of a picture, decided before anything of it is sealed: a unit that cannot be sealed exactly is refused
 * whole, and leaves no trace in counters and manifests.
 *
 * @param clear the delimiter and parameter sets that stand in front of everything else
 * @param steps the rest, in the order in which it is sent
 */
record PicturePlan(List<NalUnit> clear, List<Step> steps) {
    /**
     * One NAL unit.
     *
     * @param clearLength bytes of a slice that stay clear; 0 for all else
     */
    record Step(NalUnit nal, Treatment treatment, int clearLength) {}

    PicturePlan {
        clear = List.copyOf(clear);
        steps = List.copyOf(steps);
    }

    /**
     * Plans.
     *
     * @param headers takes the unit's parameter sets in
     */
    static PicturePlan of(VideoUnit unit, SliceHeaders headers) throws SealException.Refused {
        List<NalUnit> clear = new ArrayList<>();
        List<Step> inFront = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        boolean leading = true;
        int firstSlice = -1;
        for (NalUnit nal : unit.nalUnits()) {
            Treatment treatment = Treatment.of(nal);
            leading &= nal.isDelimiter() || nal.isParameterSet();
            if (leading) {
                clear.add(nal);
                accept(nal, headers);
                continue;
            }
            switch (treatment) {
                case CLEAR -> {
                    accept(nal, headers);
                    steps.add(new Step(nal, treatment, 0));
                }
                case SLICE -> {
                    requireNoFiller(inFront, nal);
                    firstSlice = firstSlice < 0 ? steps.size() : firstSlice;
                    steps.add(new Step(nal, treatment, clearLength(nal, headers)));
                }
                case WRAPPED -> {
                    if (Treatment.isFiller(nal)) {
                        requireSlice(firstSlice, nal);
                    } else {
                        requireForeign(nal);
                        requireNoFiller(inFront, nal);
                    }
                    steps.add(new Step(nal, treatment, 0));
                }
                case WRAPPED_IN_FRONT -> {
                    requireSlice(firstSlice, nal);
                    inFront.add(new Step(nal, treatment, 0));
                }
            }
        }
        steps.addAll(Math.max(firstSlice, 0), inFront);
        return new PicturePlan(clear, steps);
    }

    private static void accept(NalUnit nal, SliceHeaders headers) throws SealException.Refused {
        try {
            headers.accept(nal);
        } catch (MediaException e) {
            throw new SealException.Refused("parameter set: " + e.getMessage(), e);
        }
    }

    private static int clearLength(NalUnit slice, SliceHeaders headers) throws SealException.Refused {
        try {
            int length = headers.clearLength(slice);
            if (length >= slice.length()) {
                throw new SealException.Refused(
                        slice + " is all header; slice data expected behind its " + length + " bytes");
            }
            return length;
        } catch (MediaException e) {
            throw new SealException.Refused("slice header: " + e.getMessage(), e);
        }
    }

    private static void requireForeign(NalUnit sei) throws SealException.Refused {
        try {
            if (SealedSei.find(sei).isEmpty()) {
                return;
            }
        } catch (ManifestException.Malformed e) {
            throw new SealException.Refused("the source is sealed already, and badly: " + e.getMessage(), e);
        }
        throw new SealException.Refused("the source is sealed already; give it to a recorder or viewer as it is");
    }

    /** The opener puts filler data back behind the last slice, the one place where it stands in H.264. */
    private static void requireNoFiller(List<Step> filler, NalUnit behind) throws SealException.Refused {
        if (!filler.isEmpty()) {
            throw new SealException.Refused(behind + " behind filler data; filler data expected behind all slices");
        }
    }

    private static void requireSlice(int firstSlice, NalUnit filler) throws SealException.Refused {
        if (firstSlice < 0) {
            throw new SealException.Refused(filler + ": filler data in front of the slices; expected behind them");
        }
    }

    /** All parameter sets of the unit, wherever they stand. */
    List<NalUnit> parameterSets() {
        return Stream.concat(clear.stream(), steps.stream().map(Step::nal))
                .filter(NalUnit::isParameterSet)
                .toList();
    }

    /** True if it has a slice of a key picture. */
    boolean isKey() {
        return steps.stream().anyMatch(step -> step.nal().isKeySlice());
    }
}
