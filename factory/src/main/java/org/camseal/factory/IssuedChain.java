package org.camseal.factory;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.SignerTrust;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;

/**
 * Judges what an authority sent: is there a certificate for our key, for the camera and purpose that was asked for, under the pinned device
 * root? Whatever else the answer holds is dropped.
 */
public final class IssuedChain {
    private final X509Certificate deviceRoot;
    private final ClockFloor clock;
    private final Set<X509Certificate> underRoot = ConcurrentHashMap.newKeySet();

    /**
     * @param deviceRoot the only root that counts, known beforehand
     */
    public IssuedChain(X509Certificate deviceRoot, ClockFloor clock) {
        this.deviceRoot = deviceRoot;
        this.clock = clock;
        clock.saw(List.of(deviceRoot));
    }

    /**
     * What a certificate was asked for.
     *
     * @param key whose private half the camera has
     */
    public record Asked(CertificateSubject subject, CertificateProfile profile, PublicKey key) {}

    /**
     * The authorities of an answer to cacerts that the device root vouches for.
     *
     * @throws FactoryException.WrongAnswer if the pinned root is not among them: it is another authority
     */
    public List<X509Certificate> authorities(Collection<X509Certificate> answer) throws FactoryException.WrongAnswer {
        if (!answer.contains(deviceRoot)) {
            throw new FactoryException.WrongAnswer(
                    "the authority does not name the device root "
                            + deviceRoot.getSubjectX500Principal().getName() + " as its own: it is another authority",
                    null);
        }
        return answer.stream()
                .filter(certificate -> !certificate.equals(deviceRoot) && isUnderRoot(certificate))
                .toList();
    }

    /**
     * Puts the chain together and judges it.
     *
     * @param answer the certificates that came, in any order
     * @param authorities more that may stand in the middle
     * @return leaf first, without the root
     * @throws FactoryException.WrongAnswer if anything is not as it was asked for
     */
    public List<X509Certificate> check(
            Asked asked, Collection<X509Certificate> answer, Collection<X509Certificate> authorities)
            throws FactoryException.WrongAnswer {
        String what = "the " + asked.profile().label() + " certificate for "
                + asked.subject().serial();
        X509Certificate leaf = answer.stream()
                .filter(certificate -> isFor(asked.key(), certificate))
                .findFirst()
                .orElseThrow(() -> new FactoryException.WrongAnswer(
                        what + ": none of the " + answer.size() + " certificates that came is for the camera's key",
                        null));
        List<X509Certificate> chain = chain(leaf, answer, authorities);
        clock.saw(chain.stream().filter(this::isUnderRoot).toList());
        SignerTrust trust = new TrustEvaluator(new TrustRoots(List.of(deviceRoot), List.of()))
                .evaluate(chain, clock.instant(), asked.profile().purpose());
        if (trust instanceof SignerTrust.Untrusted(SignerTrust.Reason reason, String detail)) {
            throw new FactoryException.WrongAnswer(
                    what + " is not under the device root: " + reason + ": " + detail, null);
        }
        Optional<CertificateSubject> named = CertificateSubject.of(leaf);
        if (!named.equals(Optional.of(asked.subject()))) {
            throw new FactoryException.WrongAnswer(
                    what + " names " + leaf.getSubjectX500Principal().getName() + " instead of " + asked.subject(),
                    null);
        }
        return chain;
    }

    private List<X509Certificate> chain(
            X509Certificate leaf, Collection<X509Certificate> answer, Collection<X509Certificate> authorities) {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
        while (chain.size() < TrustEvaluator.MAX_CHAIN && !isUnderRoot(chain.getLast())) {
            X509Certificate last = chain.getLast();
            Optional<X509Certificate> issuer = Stream.concat(answer.stream(), authorities.stream())
                    .filter(certificate -> !chain.contains(certificate) && issued(certificate, last))
                    .findFirst();
            if (issuer.isEmpty()) {
                break;
            }
            chain.add(issuer.get());
        }
        return chain;
    }

    private static boolean isFor(PublicKey key, X509Certificate certificate) {
        return Arrays.equals(certificate.getPublicKey().getEncoded(), key.getEncoded());
    }

    /** A root signs few certificates, and each camera comes with the same one: it is verified once. */
    private boolean isUnderRoot(X509Certificate certificate) {
        boolean known = underRoot.contains(certificate) || issued(deviceRoot, certificate);
        if (known) {
            underRoot.add(certificate);
        }
        return known;
    }

    private static boolean issued(X509Certificate issuer, X509Certificate certificate) {
        if (!issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
