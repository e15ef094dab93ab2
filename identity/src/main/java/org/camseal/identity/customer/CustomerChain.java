package org.camseal.identity.customer;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.camseal.identity.AlgorithmPolicy;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.TrustEvaluator;

/**
 * Whether a chain may be used: that it is whole, for this key and for this use. Whether its authority is to be trusted is for others to decide, who
 * have roots of their own.
 */
final class CustomerChain {
    private CustomerChain() {}

    /** The chain to show: without a root at its end. */
    static List<X509Certificate> require(List<X509Certificate> chain, KeyHandle handle, CustomerUse use, Instant now)
            throws IdentityException {
        PublicKey key = handle.publicKey();
        if (chain.isEmpty() || chain.size() > TrustEvaluator.MAX_CHAIN + 1) {
            throw new IdentityException.Refused(
                    "a chain has 1 to " + (TrustEvaluator.MAX_CHAIN + 1) + " certificates, not " + chain.size());
        }
        X509Certificate leaf = chain.getFirst();
        if (!Arrays.equals(leaf.getPublicKey().getEncoded(), key.getEncoded())) {
            throw new IdentityException.Refused(forAnotherKey(chain, handle));
        }
        use.require(leaf);
        for (X509Certificate certificate : chain) {
            requireSound(certificate, now);
        }
        for (int i = 0; i + 1 < chain.size(); i++) {
            requireIssued(chain.get(i), chain.get(i + 1), i + 2);
        }
        X509Certificate last = chain.getLast();
        boolean root = chain.size() > 1 && last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
        return List.copyOf(root ? chain.subList(0, chain.size() - 1) : chain);
    }

    private static String forAnotherKey(List<X509Certificate> chain, KeyHandle handle) {
        PublicKey key = handle.publicKey();
        for (int i = 1; i < chain.size(); i++) {
            if (Arrays.equals(chain.get(i).getPublicKey().getEncoded(), key.getEncoded())) {
                return "the certificate for the key here is number " + (i + 1)
                        + " in the chain; it must be the first, each followed by its issuer's";
            }
        }
        return "the first certificate, " + named(chain.getFirst()) + ", is not for the "
                + handle.slot().label() + " key here: it was asked for with another key";
    }

    private static void requireSound(X509Certificate certificate, Instant now) throws IdentityException.Refused {
        String weakness = AlgorithmPolicy.weaknessOf(certificate);
        if (!weakness.isEmpty()) {
            throw new IdentityException.Refused(named(certificate) + ": " + weakness);
        }
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isBefore(from) || now.isAfter(until)) {
            throw new IdentityException.Refused(named(certificate) + " is valid from " + from + " until " + until
                    + ", and it is " + now + " now: see that the clock is right, or ask for a new one");
        }
    }

    private static void requireIssued(X509Certificate certificate, X509Certificate issuer, int place)
            throws IdentityException.Refused {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            throw new IdentityException.Refused(named(certificate) + " was issued by "
                    + CertificateSubject.display(certificate.getIssuerX500Principal()) + ", but number " + place
                    + " in the chain is " + named(issuer) + ": each certificate is followed by its issuer's");
        }
        try {
            certificate.verify(issuer.getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new IdentityException.Refused(
                    named(certificate) + ": its signature does not match the key of " + named(issuer));
        }
        if (issuer.getBasicConstraints() < 0) {
            throw new IdentityException.Refused(named(issuer) + " issued a certificate, but is no authority");
        }
    }

    private static String named(X509Certificate certificate) {
        return CertificateSubject.display(certificate.getSubjectX500Principal());
    }
}
