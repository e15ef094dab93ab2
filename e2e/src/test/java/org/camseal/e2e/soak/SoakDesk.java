package org.camseal.e2e.soak;

import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.RegistrationDesk;
import org.camseal.authority.Requester;
import org.camseal.authority.RevocationAnswer;
import org.camseal.authority.RevocationRequest;
import org.camseal.authority.register.Register;
import org.camseal.authority.registration.RegistrationAuthority;
import org.camseal.identity.CertificateProfile;

/** What EST asks, answered by the registration authority; nothing is revoked in a soak. */
record SoakDesk(RegistrationAuthority authority, Register register) implements RegistrationDesk {
    @Override
    public EnrolmentAnswer enrol(Requester requester, EnrolmentRequest request)
            throws AuthorityException, InterruptedException {
        return authority.enrol(requester, request);
    }

    @Override
    public Optional<byte[]> attestationChallenge(Requester requester, CertificateProfile profile)
            throws AuthorityException {
        return authority.attestationChallenge(requester, profile);
    }

    @Override
    public RevocationAnswer revoke(Requester requester, RevocationRequest request) {
        throw new IllegalStateException("nobody revokes in a soak");
    }

    @Override
    public void refused(Requester requester, String protocol, String detail) throws AuthorityException {
        try {
            boolean _ = register.write(ledger -> {
                ledger.audit("stranger", "refused", protocol, detail);
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
