package org.camseal.authority;

/** What takes a certificate back. Thread-safe; blocks until the answer is durable. */
public interface Revocation {
    /**
     * Decides and, if it may be, revokes: a line within its own orders, a camera only the certificate that it speaks with, nobody else.
     * Idempotent: what is revoked stays as it was revoked first. Refusals are written to the audit log.
     *
     * @throws AuthorityException if the register cannot be read or written; nothing is known then, ask again
     * @throws InterruptedException if the asking thread was interrupted; what was begun may still come to its end
     */
    RevocationAnswer revoke(Requester requester, RevocationRequest request)
            throws AuthorityException, InterruptedException;
}
