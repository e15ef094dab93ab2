package org.camseal.authority;

/** Why there is no certificate. */
public enum RefusalReason {
    /** Who asks is not a line with a valid certificate. */
    NOT_AUTHENTICATED,
    /** The line is known, but this serial, model or maker is in no order open for it now. */
    NOT_ORDERED,
    /** The order's quantity is used up. */
    QUANTITY_USED,
    /** The order's time window is over, or has not begun. */
    OUTSIDE_TIME_WINDOW,
    /** The order demands an attestation, and there is none. */
    ATTESTATION_MISSING,
    /** The attestation does not prove what the order demands. */
    ATTESTATION_WRONG,
    /** A camera may renew only its own certificate: same subject, same profile. */
    OTHER_SUBJECT,
    /** The key is too weak, of an algorithm not allowed by the order, or known from elsewhere. */
    KEY_REFUSED,
    /** The serial was scrapped or its certificate revoked. */
    RETIRED
}
