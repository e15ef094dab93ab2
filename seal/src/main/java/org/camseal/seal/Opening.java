package org.camseal.seal;

import org.camseal.media.AccessUnit;

/** What became of a sealed unit: an answer, never an exception. */
public sealed interface Opening {
    /**
     * Open.
     *
     * @param unit bit by bit what was sealed, without the sealed stream's own SEI
     */
    record Opened(AccessUnit unit) implements Opening {}

    /**
     * Not open; nothing of its content is known.
     *
     * @param detail for people; no secrets
     */
    record NotOpened(Obstacle obstacle, String detail) implements Opening {}

    /** What stood in the way. */
    enum Obstacle {
        /** The unit is not sealed in form: clear, foreign or malformed. */
        NOT_SEALED,
        /** No manifest has said yet which epoch this is. */
        NO_MANIFEST_YET,
        /** There is a manifest, but the session certificate to check it has not come yet. */
        NO_CERTIFICATE_YET,
        /** Signed, but by somebody whose word does not count here. */
        SIGNER_NOT_ACCEPTED,
        /** The grants of this epoch have not come yet. */
        NO_GRANT_YET,
        /** The grants have come; none is for the keys at hand. */
        NO_GRANT_FOR_US,
        /** A grant is for a key at hand, but does not open with it: altered, or of another stream. */
        GRANT_REFUSED,
        /** A grant opened to another key than the camera committed to. */
        COMMITMENT_MISMATCH,
        /** A key at hand could not be used, for instance because its token was removed. */
        KEY_FAILED,
        /** The key is there, but a decoder has to begin with a key picture. */
        WAITING_FOR_KEY_PICTURE,
        /** A package does not open: altered, incomplete or moved. */
        ALTERED
    }
}
