package org.camseal.identity;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.camseal.identity.SignerTrust.Reason;
import org.camseal.identity.SignerTrust.Trusted;
import org.camseal.identity.SignerTrust.Untrusted;

/**
 * Says whether a certificate chain is one of ours, for one purpose, at one time. A strict path check of its own (RFC 5280 section 6,
 * the part that such chains use): signatures, validity, authorities, path lengths, key usage, extended key usage through the whole
 * chain, critical extensions; bounded in length and work. It asks no host names, no network and no clock: the time is given, so a
 * recording is judged at the time it claims. Immutable.
 *
 * <p>Revocation is judged by the lists that are given, and only by those: nothing is fetched.
 */
public final class TrustEvaluator {
    /** Longest chain looked at, leaf included, root not. */
    public static final int MAX_CHAIN = 4;

    /** Largest certificate looked at, in bytes. */
    public static final int MAX_CERTIFICATE_BYTES = 16 * 1024;

    private final TrustRoots roots;
    private final Revocations revocations;

    /** Knows of no revocation. */
    public TrustEvaluator(TrustRoots roots) {
        this(roots, Revocations.NONE);
    }

    public TrustEvaluator(TrustRoots roots, Revocations revocations) {
        this.roots = roots;
        this.revocations = revocations;
    }

    public TrustRoots roots() {
        return roots;
    }

    /**
     * Judges a chain.
     *
     * @param chain leaf first, each certificate followed by its issuer's; the root may be there or not
     * @param at the time to judge at: now for a TLS peer, the claimed time for a recording
     * @param purpose what the leaf must be for
     */
    public SignerTrust evaluate(List<X509Certificate> chain, Instant at, Purpose purpose) {
        try {
            Trusted trusted = new ChainCheck(roots.of(purpose), at, purpose).judge(chain);
            requireUnrevoked(chain, trusted.root(), at);
            return trusted;
        } catch (ChainCheck.Broken broken) {
            return new Untrusted(broken.reason(), broken.detail());
        }
    }

    /** A certificate that was revoked for a later time counts: a recording is judged at the time it claims. */
    private void requireUnrevoked(List<X509Certificate> chain, X509Certificate root, Instant at)
            throws ChainCheck.Broken {
        for (int i = 0; i < chain.size() && !chain.get(i).equals(root); i++) {
            X509Certificate authority = i + 1 < chain.size() ? chain.get(i + 1) : root;
            Optional<Revocations.Revoked> revoked = revocations.find(chain.get(i), authority);
            if (revoked.isPresent() && !revoked.get().since().isAfter(at)) {
                throw new ChainCheck.Broken(
                        Reason.REVOKED,
                        CertificateSubject.display(chain.get(i).getSubjectX500Principal()) + ": revoked ("
                                + revoked.get().reason() + ") as of "
                                + revoked.get().since() + ", judged at " + at);
            }
        }
    }

    /**
     * Judges the chain of whoever signed clear video (ONVIF Media Signing), at the time that the video claims. Such certificates are the
     * maker's: less is asked of them than of ours (docs/spec/certificates.md, "Foreign media keys").
     *
     * @param chain leaf first; roots that are in it do not count as roots
     * @param from when the video begins, by its signed times
     * @param to when it ends
     * @param now to say what has expired since; it changes no answer
     */
    public MediaSignerTrust evaluateMediaSigner(List<X509Certificate> chain, Instant from, Instant to, Instant now) {
        return new MediaSignerCheck(roots.device(), revocations, from, to, now).judge(chain);
    }

    /**
     * Judges a chain that may be for any of several purposes.
     *
     * @return trusted for the first purpose that fits, or else the refusal that says most: one other than wrong purpose, if there is one
     */
    public SignerTrust evaluate(List<X509Certificate> chain, Instant at, Collection<Purpose> purposes) {
        Untrusted telling = new Untrusted(Reason.WRONG_PURPOSE, "no purpose is accepted");
        boolean first = true;
        for (Purpose purpose : purposes) {
            switch (evaluate(chain, at, purpose)) {
                case Trusted trusted -> {
                    return trusted;
                }
                case Untrusted refusal -> {
                    if (first || rank(refusal.reason()) > rank(telling.reason())) {
                        telling = refusal;
                    }
                    first = false;
                }
            }
        }
        return telling;
    }

    /** A chain under another domain's root, or for another purpose, says less about what is wrong than a broken one. */
    private static int rank(Reason reason) {
        return switch (reason) {
            case UNKNOWN_ROOT -> 0;
            case WRONG_PURPOSE -> 1;
            case NO_CERTIFICATE,
                    CHAIN_TOO_LONG,
                    MALFORMED,
                    SELF_SIGNED,
                    WRONG_ORDER,
                    BAD_SIGNATURE,
                    WEAK_ALGORITHM,
                    NOT_YET_VALID,
                    EXPIRED,
                    ISSUER_NOT_CA,
                    PATH_TOO_LONG,
                    WRONG_KEY_USAGE,
                    UNKNOWN_CRITICAL_EXTENSION,
                    REVOKED,
                    NO_SERIAL -> 2;
        };
    }
}
