package org.camseal.authority.registration;

import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.CertificateRow;
import org.camseal.authority.status.Revoked;

/** Who tells the world that a certificate counts no more: whoever signed it. */
public sealed interface Revoking {
    /** The register here, by its revocation list and OCSP. */
    record Here() implements Revoking {}

    /**
     * The authority behind this one, which is told of each revocation.
     *
     * @param telling how
     */
    record Elsewhere(Telling telling) implements Revoking {}

    /** The authority behind this one, whose operators have to be told by people: its protocol knows no revocation. */
    record ByHand() implements Revoking {}

    /** Tells the other authority once. Safe for use by several threads. */
    @FunctionalInterface
    interface Telling {
        /**
         * Returns once the other authority has said that the certificate is revoked, now or before.
         *
         * @throws AuthorityException.Upstream if it did not say so; telling it again is harmless
         * @throws InterruptedException if the waiting thread was interrupted; it may have been told
         */
        void tell(CertificateRow certificate, Revoked revoked) throws AuthorityException.Upstream, InterruptedException;
    }
}
