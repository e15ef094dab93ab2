package org.camseal.authority.upstream;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.register.CertificateRow;
import org.camseal.authority.registration.Issuing;
import org.camseal.authority.registration.Revoking;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.SignerTrust;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;

/**
 * Has certificates signed by the authority behind this one. What comes back is given out only if it is for the key and the subject that were
 * decided, of the profile that was decided, and issued by the one issuing authority that was configured.
 *
 * <p>The register stands in front: an answer that is lost leaves the intent as it is, and the same request asks again. Should the other
 * authority then have issued twice, one certificate is in the register and given out, and the other nobody has.
 */
public final class UpstreamIssuing implements Issuing {
    private final Upstream upstream;
    private final X509Certificate issuing;
    private final TrustEvaluator trust;
    private final InstantSource clock;

    /**
     * @param issuing the issuing authority whose certificates are expected
     * @param root the device root above it
     */
    public UpstreamIssuing(Upstream upstream, X509Certificate issuing, X509Certificate root, InstantSource clock) {
        this.upstream = upstream;
        this.issuing = issuing;
        this.trust = new TrustEvaluator(TrustRoots.NONE.withDevice(root));
        this.clock = clock;
    }

    @Override
    public X509Certificate authority() {
        return issuing;
    }

    @Override
    public List<X509Certificate> chain() {
        return List.of(issuing);
    }

    @Override
    public Revoking revoking() {
        return switch (upstream) {
            case EstUpstream _ -> new Revoking.ByHand();
            case CmpUpstream cmp ->
                new Revoking.Elsewhere((certificate, revoked) -> cmp.revoke(certificate.profile(), issuing, revoked));
        };
    }

    /** Asks again for each intent; after a crash it waits for the request to come again. */
    @Override
    public Optional<X509Certificate> issue(CertificateRow intent, Optional<CertificateRequest> request)
            throws AuthorityException.Upstream, InterruptedException {
        if (request.isEmpty()) {
            return Optional.empty();
        }
        List<X509Certificate> answer = upstream.ask(intent.profile(), request.get());
        byte[] key = request.get().publicKey().getEncoded();
        X509Certificate leaf = answer.stream()
                .filter(one -> Arrays.equals(one.getPublicKey().getEncoded(), key))
                .findFirst()
                .orElseThrow(() -> wrong(intent, "it has no certificate for the key that was asked for"));
        if (CertificateSubject.of(leaf).filter(intent.subject()::equals).isEmpty()) {
            throw wrong(intent, "it names " + leaf.getSubjectX500Principal());
        }
        return switch (trust.evaluate(
                List.of(leaf, issuing), clock.instant(), intent.profile().purpose())) {
            case SignerTrust.Trusted _ -> Optional.of(leaf);
            case SignerTrust.Untrusted(SignerTrust.Reason reason, String detail) ->
                throw wrong(intent, reason + ": " + detail);
        };
    }

    private static AuthorityException.Upstream wrong(CertificateRow intent, String what) {
        return new AuthorityException.Upstream("the authority behind this one answered for "
                + intent.subject().serial() + " with what cannot be given out: " + what);
    }
}
