package org.camseal.authority;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/** What the registration authority says to a wish. Every answer was written down durably before it is given. */
public sealed interface EnrolmentAnswer {
    /**
     * The certificate: new, or, for the same serial and key, the same bytes again.
     *
     * @param chain leaf first, without the root
     * @param again true if it was issued before
     */
    record Issued(List<X509Certificate> chain, boolean again) implements EnrolmentAnswer {}

    /** Ask again, not sooner than that: the CA behind cannot be reached, or is busy. */
    record Later(Duration retryAfter, String detail) implements EnrolmentAnswer {}

    /**
     * The serial or the key is disputed; two persons have to release it.
     *
     * @param dispute its number, for the operator
     */
    record Held(String dispute, String detail) implements EnrolmentAnswer {}

    /** No. Asking again changes nothing unless the authority's orders change. */
    record Refused(RefusalReason reason, String detail) implements EnrolmentAnswer {}
}
