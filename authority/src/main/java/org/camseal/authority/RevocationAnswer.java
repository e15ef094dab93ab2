package org.camseal.authority;

/** What the registration authority says to a wish for revocation. Every answer was written down durably before it is given. */
public sealed interface RevocationAnswer {
    /**
     * It is revoked.
     *
     * @param again true if it was before; reason and dates are those of the first time
     */
    record Done(boolean again) implements RevocationAnswer {}

    /** There is no such certificate of this authority, or none that this requester may know of: the two are not told apart. */
    record Unknown(String detail) implements RevocationAnswer {}

    /** No. */
    record Refused(RefusalReason reason, String detail) implements RevocationAnswer {}
}
