package org.camseal.authority.cmp;

import org.camseal.authority.RefusalReason;

/** A rule of the protocol, or the authority's decision, that ends a message with a failure. */
final class CmpRefusal extends Exception {
    private final Failure failure;
    private final String detail;

    CmpRefusal(Failure failure, String detail) {
        super(detail);
        this.failure = failure;
        this.detail = detail;
    }

    Failure failure() {
        return failure;
    }

    /** What is wrong, and what to do; for the other side and the audit log. */
    String detail() {
        return detail;
    }

    static Failure failure(RefusalReason reason) {
        return switch (reason) {
            case NOT_AUTHENTICATED,
                    NOT_ORDERED,
                    QUANTITY_USED,
                    OUTSIDE_TIME_WINDOW,
                    ATTESTATION_WRONG,
                    OTHER_SUBJECT,
                    RETIRED -> Failure.NOT_AUTHORIZED;
            case ATTESTATION_MISSING -> Failure.ADD_INFO_NOT_AVAILABLE;
            case KEY_REFUSED -> Failure.BAD_CERT_TEMPLATE;
        };
    }
}
