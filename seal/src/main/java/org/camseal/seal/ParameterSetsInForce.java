package org.camseal.seal;

import java.util.ArrayList;
import java.util.List;
import org.camseal.media.NalUnit;

/**
 * The parameter sets that a source has sent, so that every key picture can have them in front of it: a sealed stream must be readable
 * from any key picture on, also when the source sends them once, or beside the stream.
 */
final class ParameterSetsInForce {
    // More than any encoder sends between two pictures; beyond it the oldest are left out.
    private static final int MAX = 64;

    private final List<NalUnit> known;

    ParameterSetsInForce(List<NalUnit> besideTheStream) {
        this.known = new ArrayList<>(besideTheStream);
    }

    List<NalUnit> known() {
        return List.copyOf(known);
    }

    /** Takes in those of a unit. A unit with an SPS brings a whole new set. */
    void accept(List<NalUnit> inUnit) {
        if (inUnit.stream().anyMatch(ParameterSetsInForce::isSps)) {
            known.clear();
        }
        known.removeAll(inUnit);
        known.addAll(inUnit);
        while (known.size() > MAX) {
            known.removeFirst();
        }
    }

    /** Those that a key picture lacks: all known ones if it brings no SPS, else none. */
    List<NalUnit> missingFrom(List<NalUnit> inUnit) {
        return inUnit.stream().anyMatch(ParameterSetsInForce::isSps)
                ? List.of()
                : known.stream().filter(set -> !inUnit.contains(set)).toList();
    }

    private static boolean isSps(NalUnit nal) {
        return switch (nal.codec()) {
            case H264 -> nal.type() == 7;
            case H265 -> nal.type() == 33;
            case AAC, PCMA, PCMU, OPUS -> false;
        };
    }
}
