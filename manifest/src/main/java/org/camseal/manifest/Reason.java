package org.camseal.manifest;

/** Why a verdict is what it is. The names are stable: reports and other programs may rely on them. */
public enum Reason {
    // authentic
    /** Every package the manifest lists is there, unchanged and in order. */
    COMPLETE,
    /** A run of the camera begins here: its first manifest, which lists nothing yet. */
    RUN_BEGINS,
    /** What is there is unchanged and in order; the recording begins inside this group. */
    CUT_AT_START,
    /** What is there is unchanged and in order; a track ends inside this group, at the end of the recording. */
    CUT_AT_END,

    // incomplete, or cannot tell
    /** Packages the manifest lists are not there. */
    PACKAGES_LOST,
    /** The recording does not have a track that the manifest lists. */
    TRACK_LEFT_OUT,
    /** Whole groups are missing: the manifest numbers leave a gap, with nothing in between. */
    GROUPS_LOST,
    /** Packages are there whose manifest is not: nobody vouches for them. */
    MANIFEST_LOST,
    /** Packages stand after the last manifest of a run that ended: nobody vouches for them. */
    RUN_ENDED_OPEN,
    /** A new run is entered without its first manifest: what lies between is unknown. */
    RUN_WITHOUT_BEGINNING,
    /** A new run begins at an earlier time than the one before it ended. */
    CLOCK_WENT_BACK,
    /** The session certificate that the manifest names is not in the recording. */
    SIGNER_UNKNOWN,
    /** The manifest was signed outside its session certificate's times. */
    SIGNER_OUT_OF_TIME,
    /** More packages were waiting for their manifest than the checker keeps. */
    TOO_MANY_WAITING,

    // forged
    /** A manifest's or a session certificate's signature does not verify. */
    BAD_SIGNATURE,
    /** A manifest, session certificate or package of this stream breaks the format. */
    MALFORMED,
    /** A package is not what its manifest lists under its number. */
    ALTERED,
    /** A package is there twice. */
    DUPLICATED,
    /** Packages stand in another order than they were sealed in. */
    REORDERED,
    /** A package that no manifest lists. */
    INSERTED,
    /** The packages match one by one, but not the root over their whole digests. */
    ROOT_DIFFERS,
    /** A clear slice or audio frame inside sealed video. */
    CLEAR_CONTENT,
    /** A NAL unit of a type that sealed video never has. */
    FOREIGN_NAL_UNIT,
    /** A unit of a track that sealed video does not have. */
    FOREIGN_TRACK,
    /** Parameter sets that the manifest does not list. */
    PARAMETER_SETS_DIFFER,
    /** The manifest does not follow from the one before it: its hash or its epoch is another. */
    CHAIN_BROKEN,
    /** A manifest number that was passed already, or a run that was left already. */
    REPLAYED,
    /** A manifest of another camera or stream. */
    OTHER_STREAM,
    /** Two signers vouch for one session key. */
    SIGNER_CONFLICT,

    // unsigned
    /** Sealed packages, but no manifest at all. */
    NO_MANIFEST,
    /** Clear video: neither sealed nor signed. */
    NOT_SEALED
}
