package org.camseal.manifest;

import java.util.List;
import org.camseal.media.NalUnit;

/** What one access unit tells the judge, in the order in which it counts. */
sealed interface Event {
    /** The unit it came with. */
    Position unit();

    /** A package. */
    record Sealed(Position unit, long n, Digest digest) implements Event {}

    /**
     * A manifest, well formed.
     *
     * @param parameterSets in force where it stands
     */
    record Manifested(Position unit, SignedManifest signed, List<ShortDigest> parameterSets) implements Event {}

    /** A parameter set in a unit without a manifest. */
    record LateParameterSet(Position unit, NalUnit nal, ShortDigest digest) implements Event {}

    /** Something that sealed video does not have. */
    record Odd(Position unit, UnitScan.Oddity oddity) implements Event {}
}
