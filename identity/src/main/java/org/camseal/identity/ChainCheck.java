package org.camseal.identity;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.camseal.identity.SignerTrust.Reason;
import org.camseal.identity.SignerTrust.Trusted;

/** One judgement of one chain: each rule either holds or ends it with a reason. */
final class ChainCheck {
    /** Bits of KeyUsage (RFC 5280 section 4.2.1.3). */
    static final int DIGITAL_SIGNATURE = 0;

    static final int NON_REPUDIATION = 1;
    static final int KEY_CERT_SIGN = 5;
    private static final int KEY_AGREEMENT = 4;

    private static final Set<String> UNDERSTOOD =
            Set.of(Oids.BASIC_CONSTRAINTS, Oids.KEY_USAGE, Oids.EXTENDED_KEY_USAGE, Oids.SUBJECT_ALTERNATIVE_NAME);

    private final List<X509Certificate> roots;
    private final Instant at;
    private final Purpose purpose;

    ChainCheck(List<X509Certificate> roots, Instant at, Purpose purpose) {
        this.roots = roots;
        this.at = at;
        this.purpose = purpose;
    }

    /** A rule that does not hold. */
    static final class Broken extends Exception {
        private final Reason reason;
        private final String detail;

        Broken(Reason reason, String detail) {
            super(detail);
            this.reason = reason;
            this.detail = detail;
        }

        Reason reason() {
            return reason;
        }

        String detail() {
            return detail;
        }
    }

    Trusted judge(List<X509Certificate> given) throws Broken {
        List<X509Certificate> chain = bounded(given);
        X509Certificate root = rootOf(chain);
        List<X509Certificate> path = new ArrayList<>(chain);
        path.add(root);
        for (int i = 0; i < path.size(); i++) {
            requireSound(path.get(i), at(i, path));
        }
        for (int i = 0; i + 1 < path.size(); i++) {
            requireIssued(path.get(i), path.get(i + 1), at(i, path));
            requireAuthority(path.get(i + 1), i, at(i + 1, path));
        }
        requirePurpose(path);
        X509Certificate leaf = path.getFirst();
        CertificateSubject subject = CertificateSubject.of(
                        X500Name.getInstance(leaf.getSubjectX500Principal().getEncoded()))
                .orElseThrow(() -> new Broken(
                        Reason.NO_SERIAL,
                        at(0, path) + ": the subject has not exactly one organization, common name and serialNumber"));
        return new Trusted(purpose, subject.serial(), subject.name(), root);
    }

    /** The chain without a root at its end that is ours. */
    private List<X509Certificate> bounded(List<X509Certificate> given) throws Broken {
        if (given.isEmpty()) {
            throw new Broken(Reason.NO_CERTIFICATE, "no certificate was shown");
        }
        List<X509Certificate> chain =
                given.size() > 1 && roots.contains(given.getLast()) ? given.subList(0, given.size() - 1) : given;
        if (chain.size() > TrustEvaluator.MAX_CHAIN) {
            throw new Broken(
                    Reason.CHAIN_TOO_LONG,
                    chain.size() + " certificates; at most " + TrustEvaluator.MAX_CHAIN + " are looked at");
        }
        for (X509Certificate certificate : chain) {
            if (size(certificate) > TrustEvaluator.MAX_CERTIFICATE_BYTES) {
                throw new Broken(
                        Reason.CHAIN_TOO_LONG,
                        "a certificate of " + size(certificate) + " bytes; at most "
                                + TrustEvaluator.MAX_CERTIFICATE_BYTES);
            }
        }
        return chain;
    }

    static int size(X509Certificate certificate) throws Broken {
        try {
            return certificate.getEncoded().length;
        } catch (CertificateEncodingException e) {
            throw new Broken(Reason.MALFORMED, "a certificate that cannot be encoded");
        }
    }

    /** By name and key: two roots may share a name. */
    private X509Certificate rootOf(List<X509Certificate> chain) throws Broken {
        X509Certificate last = chain.getLast();
        if (roots.contains(last)) {
            throw new Broken(
                    Reason.WRONG_PURPOSE, "the root itself was shown as the certificate of " + purpose.description());
        }
        X509Certificate named = null;
        for (X509Certificate root : roots) {
            if (root.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
                named = root;
                if (verifies(last, root)) {
                    return root;
                }
            }
        }
        if (named != null) {
            return named; // the signature check below says what is wrong
        }
        if (last.getSubjectX500Principal().equals(last.getIssuerX500Principal())) {
            throw new Broken(
                    Reason.SELF_SIGNED,
                    describe(last) + " vouches for itself, and is none of our " + roots.size() + " roots for "
                            + purpose.description());
        }
        throw new Broken(
                Reason.UNKNOWN_ROOT,
                describe(last) + " was issued by " + CertificateSubject.display(last.getIssuerX500Principal())
                        + ", which is none of our " + roots.size() + " roots for " + purpose.description());
    }

    private void requireSound(X509Certificate certificate, String where) throws Broken {
        String weakness = AlgorithmPolicy.weaknessOf(certificate);
        if (!weakness.isEmpty()) {
            throw new Broken(Reason.WEAK_ALGORITHM, where + ": " + weakness);
        }
        if (at.isBefore(certificate.getNotBefore().toInstant())) {
            throw new Broken(
                    Reason.NOT_YET_VALID,
                    where + ": valid from " + certificate.getNotBefore().toInstant() + ", judged at " + at);
        }
        if (at.isAfter(certificate.getNotAfter().toInstant())) {
            throw new Broken(
                    Reason.EXPIRED,
                    where + ": valid until " + certificate.getNotAfter().toInstant() + ", judged at " + at);
        }
        requireUnderstood(certificate, where);
    }

    static void requireUnderstood(X509Certificate certificate, String where) throws Broken {
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        for (String oid : critical == null ? Set.<String>of() : critical) {
            if (!UNDERSTOOD.contains(oid)) {
                throw new Broken(Reason.UNKNOWN_CRITICAL_EXTENSION, where + ": critical extension " + oid);
            }
        }
    }

    private static void requireIssued(X509Certificate certificate, X509Certificate issuer, String where) throws Broken {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            throw new Broken(
                    Reason.WRONG_ORDER,
                    where + ": issued by " + CertificateSubject.display(certificate.getIssuerX500Principal()) + ", but "
                            + CertificateSubject.display(issuer.getSubjectX500Principal()) + " follows in the chain");
        }
        if (!verifies(certificate, issuer)) {
            throw new Broken(Reason.BAD_SIGNATURE, where + ": its signature does not match its issuer's key");
        }
    }

    /** Authority over so many other authorities (RFC 5280 sections 4.2.1.9 and 6.1.4). */
    private static void requireAuthority(X509Certificate issuer, int authoritiesBelow, String where) throws Broken {
        int pathLength = issuer.getBasicConstraints();
        if (pathLength < 0) {
            throw new Broken(Reason.ISSUER_NOT_CA, where + ": issued a certificate, but is no authority (CA flag)");
        }
        if (authoritiesBelow > pathLength) {
            throw new Broken(
                    Reason.PATH_TOO_LONG,
                    where + ": " + authoritiesBelow + " authorities below it; it allows " + pathLength);
        }
        if (!hasUsage(issuer, KEY_CERT_SIGN)) {
            throw new Broken(Reason.WRONG_KEY_USAGE, where + ": its key may not sign certificates");
        }
    }

    private void requirePurpose(List<X509Certificate> path) throws Broken {
        X509Certificate leaf = path.getFirst();
        if (leaf.getBasicConstraints() >= 0) {
            throw new Broken(Reason.WRONG_PURPOSE, at(0, path) + ": an authority, not " + purpose.description());
        }
        for (int i = 0; i < path.size(); i++) {
            List<String> usages = extendedUsages(path.get(i), at(i, path));
            boolean unrestricted =
                    i > 0 && usages.isEmpty(); // an authority without the extension may issue for anything
            if (!unrestricted && !usages.containsAll(purpose.extendedKeyUsages())) {
                throw new Broken(Reason.WRONG_PURPOSE, at(i, path) + ": not for " + purpose.description());
            }
        }
        if (!hasUsage(leaf, purpose.agrees() ? KEY_AGREEMENT : DIGITAL_SIGNATURE)) {
            throw new Broken(
                    Reason.WRONG_KEY_USAGE,
                    at(0, path) + ": its key may not " + (purpose.agrees() ? "agree on secrets" : "sign"));
        }
    }

    private static List<String> extendedUsages(X509Certificate certificate, String where) throws Broken {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null ? List.of() : usages;
        } catch (CertificateParsingException e) {
            throw new Broken(Reason.MALFORMED, where + ": its extended key usage cannot be read");
        }
    }

    private static boolean hasUsage(X509Certificate certificate, int bit) {
        boolean[] usage = certificate.getKeyUsage();
        return usage != null && bit < usage.length && usage[bit];
    }

    static boolean verifies(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return isOfWholeBytes(certificate);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * Whether no bit of the signature counts as unused. The platform passes over up to seven of them where they are zero: then the same
     * certificate would be there in several forms of bytes, and what is kept or found by its digest would not be found.
     */
    private static boolean isOfWholeBytes(X509Certificate certificate) throws CertificateEncodingException {
        byte[] encoded = certificate.getEncoded();
        return encoded[encoded.length - certificate.getSignature().length - 1] == 0;
    }

    private static String at(int index, List<X509Certificate> path) {
        String place = index == path.size() - 1 ? "root" : "certificate " + (index + 1) + " of " + (path.size() - 1);
        return place + " (" + describe(path.get(index)) + ")";
    }

    private static String describe(X509Certificate certificate) {
        return CertificateSubject.display(certificate.getSubjectX500Principal());
    }
}
