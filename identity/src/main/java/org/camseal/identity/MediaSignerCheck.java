package org.camseal.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.identity.MediaSignerTrust.Kind;
import org.camseal.identity.MediaSignerTrust.Note;
import org.camseal.identity.SignerTrust.Reason;

/**
 * One judgement of a chain that came in ONVIF Media Signing. Less is asked of the certificates than of ours, because makers agree on little:
 * no extended key usage, no serial number, key usage only where it is stated. Signatures, authorities, path lengths, strength and times
 * are as strict.
 */
final class MediaSignerCheck {
    private final List<X509Certificate> roots;
    private final Revocations revocations;
    private final Instant from;
    private final Instant to;
    private final Instant now;
    private final List<Note> notes = new ArrayList<>();

    /**
     * @param from when the video begins, by its signed times
     * @param to when it ends
     * @param now to say what has expired since; changes no answer
     */
    MediaSignerCheck(List<X509Certificate> roots, Revocations revocations, Instant from, Instant to, Instant now) {
        this.roots = roots;
        this.revocations = revocations;
        this.from = from;
        this.to = to;
        this.now = now;
    }

    MediaSignerTrust judge(List<X509Certificate> given) {
        try {
            List<X509Certificate> path = path(given);
            for (int i = 0; i < path.size(); i++) {
                requireSound(path.get(i));
                if (i > 0) {
                    requireIssued(path.get(i - 1), path.get(i), i - 1);
                }
            }
            requireLeaf(path.getFirst());
            requireUnrevoked(path);
            return new MediaSignerTrust.Trusted(name(path.getFirst()), path.getLast(), notes);
        } catch (ChainCheck.Broken broken) {
            return new MediaSignerTrust.Untrusted(broken.reason(), broken.detail());
        }
    }

    /** Leaf first, the root last. */
    private List<X509Certificate> path(List<X509Certificate> given) throws ChainCheck.Broken {
        if (given.isEmpty()) {
            throw new ChainCheck.Broken(Reason.NO_CERTIFICATE, "no certificate was shown");
        }
        if (given.size() > TrustEvaluator.MAX_CHAIN) {
            throw new ChainCheck.Broken(
                    Reason.CHAIN_TOO_LONG,
                    given.size() + " certificates; at most " + TrustEvaluator.MAX_CHAIN + " are looked at");
        }
        for (X509Certificate certificate : given) {
            if (ChainCheck.size(certificate) > TrustEvaluator.MAX_CERTIFICATE_BYTES) {
                throw new ChainCheck.Broken(
                        Reason.CHAIN_TOO_LONG,
                        "a certificate of more than " + TrustEvaluator.MAX_CERTIFICATE_BYTES + " bytes");
            }
        }
        List<X509Certificate> path = new ArrayList<>();
        for (X509Certificate certificate : given) {
            path.add(certificate);
            if (path.size() > 1 && roots.contains(certificate)) {
                return path; // some makers send the root too
            }
            Optional<X509Certificate> root = rootOver(certificate);
            if (root.isPresent()) {
                path.add(root.get());
                return path;
            }
        }
        X509Certificate last = given.getLast();
        boolean own = last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
        throw new ChainCheck.Broken(
                own ? Reason.SELF_SIGNED : Reason.UNKNOWN_ROOT,
                name(given.getFirst()) + ": vouched for by "
                        + CertificateSubject.display(last.getIssuerX500Principal()) + ", which is none of our "
                        + roots.size() + " roots");
    }

    /** The root that issued a certificate: by name and key, as two roots may share a name. */
    private Optional<X509Certificate> rootOver(X509Certificate certificate) {
        return roots.stream()
                .filter(root -> root.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(root -> !root.equals(certificate) && ChainCheck.verifies(certificate, root))
                .findFirst();
    }

    private void requireSound(X509Certificate certificate) throws ChainCheck.Broken {
        String weakness = AlgorithmPolicy.weaknessOf(certificate);
        if (!weakness.isEmpty()) {
            throw new ChainCheck.Broken(Reason.WEAK_ALGORITHM, name(certificate) + ": " + weakness);
        }
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (to.isAfter(end)) {
            throw new ChainCheck.Broken(
                    Reason.EXPIRED,
                    name(certificate) + ": valid until " + end + ", and the video was made at " + to
                            + ", by its signed times");
        }
        boolean early = from.isBefore(begin);
        if (early) {
            notes.add(new Note(
                    Kind.SIGNED_BEFORE_CERTIFICATE,
                    name(certificate) + ": valid from " + begin + ", and the video was made at " + from
                            + ", by its signed times: the camera's clock was wrong, or its certificate is newer"));
        }
        if (now.isAfter(end)) {
            notes.add(new Note(
                    Kind.EXPIRED_SINCE,
                    name(certificate) + ": expired at " + end
                            + (early
                                    ? "; the signed times do not say whether it was good when the video was made"
                                    : ", after the video was made: it was good then")));
        }
        ChainCheck.requireUnderstood(certificate, name(certificate));
    }

    private static void requireIssued(X509Certificate certificate, X509Certificate issuer, int authoritiesBelow)
            throws ChainCheck.Broken {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            throw new ChainCheck.Broken(
                    Reason.WRONG_ORDER, name(certificate) + ": not issued by the next one, " + name(issuer));
        }
        if (!ChainCheck.verifies(certificate, issuer)) {
            throw new ChainCheck.Broken(
                    Reason.BAD_SIGNATURE, name(certificate) + ": its signature does not match its issuer's key");
        }
        boolean[] usage = issuer.getKeyUsage();
        if (issuer.getBasicConstraints() < 0) {
            throw new ChainCheck.Broken(Reason.ISSUER_NOT_CA, name(issuer) + ": is no authority (CA flag)");
        }
        if (authoritiesBelow > issuer.getBasicConstraints()) {
            throw new ChainCheck.Broken(Reason.PATH_TOO_LONG, name(issuer) + ": too many authorities below it");
        }
        if (usage != null && !usage[ChainCheck.KEY_CERT_SIGN]) {
            throw new ChainCheck.Broken(Reason.WRONG_KEY_USAGE, name(issuer) + ": its key may not sign certificates");
        }
    }

    private static void requireLeaf(X509Certificate leaf) throws ChainCheck.Broken {
        if (leaf.getBasicConstraints() >= 0) {
            throw new ChainCheck.Broken(Reason.WRONG_PURPOSE, name(leaf) + ": an authority, not a camera");
        }
        boolean[] usage = leaf.getKeyUsage();
        if (usage != null && !usage[ChainCheck.DIGITAL_SIGNATURE] && !usage[ChainCheck.NON_REPUDIATION]) {
            throw new ChainCheck.Broken(Reason.WRONG_KEY_USAGE, name(leaf) + ": its key may not sign");
        }
        try {
            List<String> usages = leaf.getExtendedKeyUsage();
            boolean ours = usages != null && usages.stream().anyMatch(oid -> oid.startsWith(Oids.ARC + "."));
            if (ours && !usages.containsAll(Purpose.MEDIA_SIGNING.extendedKeyUsages())) {
                throw new ChainCheck.Broken(
                        Reason.WRONG_PURPOSE, name(leaf) + ": not for " + Purpose.MEDIA_SIGNING.description());
            }
        } catch (CertificateParsingException e) {
            throw new ChainCheck.Broken(Reason.MALFORMED, name(leaf) + ": its extended key usage cannot be read");
        }
    }

    private void requireUnrevoked(List<X509Certificate> path) throws ChainCheck.Broken {
        if (revocations.isEmpty()) {
            return;
        }
        boolean covered = false;
        for (int i = 0; i + 1 < path.size(); i++) {
            covered |= revocations.cover(path.get(i + 1));
            Optional<Revocations.Revoked> revoked = revocations.find(path.get(i), path.get(i + 1));
            if (revoked.isPresent()) {
                judgeRevoked(path.get(i), revoked.get());
            }
        }
        if (!covered) {
            notes.add(new Note(Kind.NO_LIST, "no revocation list that was given is of an authority in this chain"));
        }
    }

    private void judgeRevoked(X509Certificate certificate, Revocations.Revoked revoked) throws ChainCheck.Broken {
        String said = name(certificate) + ": revoked (" + revoked.reason() + ") as of " + revoked.since();
        if (!revoked.since().isAfter(to)) {
            throw new ChainCheck.Broken(
                    Reason.REVOKED, said + "; the video was made at " + to + ", by its signed times");
        }
        notes.add(new Note(
                Kind.REVOKED_LATER,
                said + "; the video was made before, at " + to
                        + ", by its signed times, for which the same key vouches"));
    }

    private static String name(X509Certificate certificate) {
        return CertificateSubject.display(certificate.getSubjectX500Principal());
    }
}
