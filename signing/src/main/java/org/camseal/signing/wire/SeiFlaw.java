package org.camseal.signing.wire;

/** The rules that a malformed signing SEI can break (docs/spec/media-signing.md, sections 2 to 4). */
public enum SeiFlaw {
    /** H.265: in a suffix SEI; a prefix SEI expected. */
    SUFFIX_CARRIER,
    /** Longer than all tags together can be. */
    TOO_LARGE,
    /** payloadSize says more bytes than there are. */
    SIZE_BEYOND_UNIT,
    /** Bytes behind the message: a signing SEI is alone in its NAL unit. */
    SEVERAL_MESSAGES,
    /** No room for UUID and reserved byte. */
    TOO_SHORT,
    /** A reserved bit that must be 0 is 1. */
    RESERVED_BIT,
    /** A tag says more bytes than there are. */
    TAG_BEYOND_PAYLOAD,
    UNKNOWN_TAG,
    TAG_TWICE,
    /** A tag of a version that nobody has written down. */
    TAG_VERSION,
    /** A tag's value is shorter or longer than its fields. */
    TAG_LENGTH,
    /** Hash list and group hash differ in size or number, or not in the algorithm that tag 4 names. */
    HASH_SIZE,
    UNKNOWN_HASH_ALGORITHM,
    /** Says a signature of no bytes, or of more than its field has. */
    SIGNATURE_SIZE,
    /** A tag behind the signature: nobody signed it. */
    TAG_BEHIND_SIGNATURE,
    /** A tag that must not stand in this kind of SEI, or arbitrary data beside other tags. */
    MISPLACED_TAG,
    /** A tag that this kind of SEI must have is not there. */
    MISSING_TAG
}
