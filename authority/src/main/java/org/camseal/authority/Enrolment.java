package org.camseal.authority;

import java.util.Optional;
import org.camseal.identity.CertificateProfile;

/** Whoever answers wishes for certificates: the registration authority, whatever protocol carries the question. Safe for use by several threads. */
public interface Enrolment {
    /**
     * Decides about one wish, and answers once the answer is written down durably. May be asked again, with the same answer: for the same
     * serial, profile and key, the same bytes.
     *
     * @throws AuthorityException if nobody can tell now, because the register, a key or another authority fails. Nothing that was not
     *     answered is lost: asking again is safe
     * @throws InterruptedException if the asking thread was interrupted; what was begun may still come to its end
     */
    EnrolmentAnswer enrol(Requester requester, EnrolmentRequest request)
            throws AuthorityException, InterruptedException;

    /**
     * What an attestation must be fresh for (AttestationAttribute.nonce): the challenge of the order that is open now for this requester
     * and demands attestations.
     *
     * @return 32 bytes; empty if none of its orders does
     * @throws AuthorityException if the register cannot be read
     */
    Optional<byte[]> attestationChallenge(Requester requester, CertificateProfile profile) throws AuthorityException;
}
