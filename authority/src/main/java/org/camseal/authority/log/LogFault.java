package org.camseal.authority.log;

/** How a log betrays what it promised, or what is wrong in it. Each is proof against whoever signed, but for {@link #MISSING}. */
public enum LogFault {
    /** The checkpoint lacks a good signature of a key that should have signed it, or is no checkpoint of this log. */
    NOT_SIGNED,
    /** The log has fewer entries than it had when it was seen last. */
    ROLLED_BACK,
    /** Two trees of one size. */
    SPLIT_VIEW,
    /** The entries that were there when the log was seen last are others now: one was changed, dropped, moved, or put in. */
    HISTORY_CHANGED,
    /** An entry is not the one that the tree is over. */
    ENTRY_NOT_IN_TREE,
    /** A tile has another hash than the tiles below it give. */
    TILE_WRONG,
    /** The tiles do not have the root that was signed. */
    ROOT_WRONG,
    /** An entry is not of the form that entries have, or a certificate is not what its entry says. */
    ENTRY_MALFORMED,
    /** A serial has a second live certificate of one profile. */
    SECOND_CERTIFICATE,
    /** What is retired is not the live certificate of its serial and profile. */
    RETIRED_ANOTHER,
    /** A file of the log is not there, so nobody can tell. */
    MISSING
}
