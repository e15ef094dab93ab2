package org.camseal.signing.validation;

/**
 * Why a verdict on signed video is what it is. The names are stable: reports and other programs may rely on them
 * (docs/spec/media-signing.md, "Validation").
 */
public enum SigningReason {
    // authentic
    /** Every NAL unit the signer listed is there, unchanged and in order. */
    COMPLETE,

    // incomplete, or cannot tell
    /** NAL units the signer listed are not there; what is there is unchanged and in order. */
    UNITS_LOST,
    /** The video begins inside this group; what is there is unchanged and in order. */
    CUT_AT_START,
    /** Whole groups are missing, pictures and signatures: the counter jumps, with nothing in between. */
    GROUPS_LOST,
    /** Parameter sets are missing of those whose digest the signer states. */
    PARAMETER_SETS_LOST,
    /** A new signing session of the same key begins: what lies between the two is unknown. */
    SESSION_RESTARTED,
    /** The signature is good, but it repeats the hash of the group before, and has no list: it says nothing of this one. */
    STALE_SIGNATURE,
    /** No certificate in the video fits its signatures, so they cannot be checked. */
    KEY_UNKNOWN,
    /** The key is of a kind that this program does not check. */
    KEY_UNSUPPORTED,
    /** There are signatures, but they are all for video that is not in this file. */
    NOTHING_COVERED,
    /** Signed in Axis's own format, which this program cannot check. */
    AXIS_FORMAT,

    // unsigned
    /** No signature anywhere. */
    NOT_SIGNED,
    /** Signatures were there, and stop: more video follows than ever waited for its signature before. */
    SIGNATURES_STOP,
    /** The SEI that covers these NAL units is not there. */
    SEI_LOST,
    /** NAL units are missing from a group that has no hash list: the rest of it cannot be checked. */
    GROUP_NOT_WHOLE,
    /** NAL units in front of the first group that a signature in this file covers. */
    HEAD_NOT_COVERED,
    /** NAL units between the last signature of one session and the beginning of the next. */
    SESSION_ENDED_OPEN,
    /** Coded picture data of a type that the signature does not cover. */
    UNCOVERED_SLICE,
    /** More NAL units were waiting for a signature than the validator keeps. */
    TOO_MANY_WAITING,

    // forged
    /** A signature does not verify. */
    BAD_SIGNATURE,
    /** A signing SEI breaks the format. */
    MALFORMED_SEI,
    /** A NAL unit is not what the signer listed in its place. */
    ALTERED,
    /** A NAL unit that the signer did not list. */
    INSERTED,
    /** A NAL unit that the signer listed in another place. */
    REORDERED,
    /** A NAL unit is there twice. */
    DUPLICATED,
    /** The group is whole by number, but its hash is another: something in it was altered, or its order. */
    GROUP_DIFFERS,
    /** No list that was signed fits any of these NAL units: signatures of other video. */
    OTHER_VIDEO,
    /** The group does not follow from the one before it: put together from parts. */
    LINK_BROKEN,
    /** A signing SEI with a counter that was passed already: replayed, or in another order. */
    SEI_OUT_OF_ORDER,
    /** An SEI without a signature of its own is not the one that the next signature vouches for. */
    SEI_NOT_VOUCHED,
    /** Another key signs from here on. */
    KEY_CHANGED,
    /** Another hash algorithm is used from here on. */
    HASH_ALGORITHM_CHANGED,
    /** The parameter sets are not those whose digest the signer states. */
    PARAMETER_SETS_DIFFER
}
