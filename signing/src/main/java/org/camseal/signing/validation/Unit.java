package org.camseal.signing.validation;

import org.camseal.media.NalUnit;
import org.camseal.signing.hashing.NalHasher;
import org.camseal.signing.wire.Digest;
import org.camseal.signing.wire.SigningSei;
import org.jspecify.annotations.Nullable;

/** One NAL unit that waits for its signature: its hash, not its bytes, but for the beginning, where the algorithm is unknown. */
final class Unit {
    enum Kind {
        /** First slice of a picture that starts a group; its own hash is the anchor. */
        GROUP_START,
        /** Any other slice that is hashed. */
        SLICE,
        /** A signing SEI without a signature of its own. */
        SEI,
        /** Coded picture data of a type that readers in the field do not hash. */
        UNCOVERED
    }

    final Kind kind;
    final boolean picture;
    final NalPosition position;
    /** Number among all units that ever waited. */
    final long sequence;

    private final @Nullable Unit groupStart;
    private @Nullable NalUnit nal;
    private final @Nullable SigningSei sei;
    private Hashing.@Nullable Pending hashing;
    private @Nullable Digest own;
    private @Nullable Digest listed;

    /** What an unsigned SEI claims itself; it holds as soon as the SEI is vouched for. */
    final @Nullable Claim claim;

    /** Digests of the parameter sets in force at a group's start. */
    ParameterSetWatch.InForce parameterSets = ParameterSetWatch.InForce.NONE;

    private Unit(
            Kind kind,
            boolean picture,
            NalPosition position,
            long sequence,
            @Nullable Unit groupStart,
            @Nullable NalUnit nal,
            @Nullable SigningSei sei,
            @Nullable Claim claim) {
        this.kind = kind;
        this.picture = picture;
        this.position = position;
        this.sequence = sequence;
        this.groupStart = groupStart;
        this.nal = nal;
        this.sei = sei;
        this.claim = claim;
    }

    static Unit slice(
            Kind kind, boolean picture, NalPosition position, long sequence, @Nullable Unit groupStart, NalUnit nal) {
        return new Unit(kind, picture, position, sequence, groupStart, nal, null, null);
    }

    static Unit sei(NalPosition position, long sequence, SigningSei sei, @Nullable Claim claim) {
        return new Unit(Kind.SEI, false, position, sequence, null, null, sei, claim);
    }

    /** Bytes that are kept as long as the unit is not hashed. */
    long keptBytes() {
        return nal == null ? 0 : nal.length();
    }

    /** Has the unit hashed, and forgets its bytes. */
    void hash(NalHasher hasher, Hashing elsewhere) {
        if (sei != null) {
            own = hasher.hash(sei);
        } else if (nal != null) {
            hashing = elsewhere.begin(hasher.algorithm(), nal);
            nal = null;
        }
        listed = null;
    }

    /** The unit's own hash; it was given to be hashed before. */
    Digest own() {
        if (own == null) {
            if (hashing == null) {
                throw new IllegalStateException("not hashed yet");
            }
            own = hashing.get();
            hashing = null;
        }
        return own;
    }

    private boolean isHashed() {
        return own != null || hashing != null;
    }

    /** True if its own hash is what a list has: nothing binds it to an anchor. */
    boolean isUnbound() {
        return kind == Kind.GROUP_START || kind == Kind.SEI;
    }

    /** The hash of the slice that starts its group of pictures in this video; null in front of the first. */
    @Nullable
    Digest anchor() {
        return groupStart == null || !groupStart.isHashed() ? null : groupStart.own();
    }

    /** What a list would have for it, if the slice that starts its group is the right one. */
    Digest listed(NalHasher hasher) {
        if (listed == null) {
            Digest anchor = anchor();
            listed = isUnbound() || anchor == null ? own() : hasher.bound(anchor, own());
        }
        return listed;
    }
}
