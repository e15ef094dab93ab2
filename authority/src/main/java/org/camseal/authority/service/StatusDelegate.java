package org.camseal.authority.service;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.keys.AuthorityKeys;
import org.camseal.authority.status.OcspSigner;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertifiedKey;

/** Who signs status answers at the moment: renewed when two thirds of its life are over, while the authority runs. */
final class StatusDelegate implements Supplier<OcspSigner> {
    private final AuthorityKeys keys;
    private final InstantSource clock;
    private final String organization;
    private CertifiedKey current;

    StatusDelegate(AuthorityKeys keys, InstantSource clock, String organization) throws AuthorityException {
        this.keys = keys;
        this.clock = clock;
        this.organization = organization;
        this.current = certified();
    }

    private CertifiedKey certified() throws AuthorityException {
        return keys.statusSigner(new CertificateSubject(organization, "status signer", "status"));
    }

    @Override
    public synchronized OcspSigner get() {
        Instant end = current.chain().getFirst().getNotAfter().toInstant();
        if (!clock.instant().isBefore(CertificateProfile.OCSP_SIGNER.renewableFrom(end))) {
            try {
                current = certified();
            } catch (AuthorityException e) {
                // the old one counts for a third of its life yet; the next answer tries again
            }
        }
        return new OcspSigner(current.key(), current.chain().getFirst());
    }
}
