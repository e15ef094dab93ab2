package org.camseal.identity.voucher;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.PolicyNode;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.SignerTrust.Reason;

/**
 * The path from a certificate to a public root (RFC 5280 section 6, by the platform's own PKIX: signatures, authorities, path lengths,
 * name constraints, policies). Nothing is fetched; a certificate that has expired since still has its path, as of when it began.
 */
final class PublicPath {
    private PublicPath() {}

    /** Whether there is one. */
    sealed interface Answer {
        /**
         * There is.
         *
         * @param policies those that count through the whole path, as dotted numbers; empty if its authorities state none
         */
        record Found(X509Certificate root, Set<String> policies) implements Answer {}

        /** There is none. */
        record None(Reason reason, String detail) implements Answer {}
    }

    static Answer of(List<X509Certificate> chain, List<X509Certificate> roots, Instant now) {
        if (roots.isEmpty()) {
            return new Answer.None(
                    Reason.UNKNOWN_ROOT, issuedBy(chain) + "; no public roots were given to look for it in");
        }
        Set<TrustAnchor> anchors = new HashSet<>();
        roots.forEach(root -> anchors.add(new TrustAnchor(root, null)));
        X509Certificate leaf = chain.getFirst();
        try {
            Answer atNow = found(chain, anchors, now);
            return atNow instanceof Answer.None
                    ? or(found(chain, anchors, leaf.getNotBefore().toInstant()), chain, anchors)
                    : atNow;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform checks certificate paths", e);
        }
    }

    private static Answer or(Answer answer, List<X509Certificate> chain, Set<TrustAnchor> anchors)
            throws GeneralSecurityException {
        return answer instanceof Answer.Found ? answer : why(chain, anchors);
    }

    private static Answer found(List<X509Certificate> chain, Set<TrustAnchor> anchors, Instant at)
            throws NoSuchAlgorithmException, InvalidAlgorithmParameterException {
        X509CertSelector wanted = new X509CertSelector();
        wanted.setCertificate(chain.getFirst());
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, wanted);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        parameters.setMaxPathLength(VoucherJudge.MAX_CHAIN);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
        try {
            PKIXCertPathBuilderResult result = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters);
            return new Answer.Found(result.getTrustAnchor().getTrustedCert(), policies(result));
        } catch (CertPathBuilderException e) {
            return new Answer.None(Reason.UNKNOWN_ROOT, "");
        }
    }

    /** The deepest nodes of the policy tree are what the certificate itself may state. */
    private static Set<String> policies(PKIXCertPathBuilderResult result) {
        Set<String> policies = new HashSet<>();
        PolicyNode tree = result.getPolicyTree();
        if (tree != null) {
            gather(tree, result.getCertPath().getCertificates().size(), policies);
        }
        return Set.copyOf(policies);
    }

    private static void gather(PolicyNode node, int depth, Set<String> policies) {
        if (node.getDepth() == depth) {
            policies.add(node.getValidPolicy());
        }
        for (Iterator<? extends PolicyNode> below = node.getChildren(); below.hasNext(); ) {
            gather(below.next(), depth, policies);
        }
    }

    /** The builder says only that there is none; the chain as it was shown says why. */
    private static Answer.None why(List<X509Certificate> chain, Set<TrustAnchor> anchors)
            throws GeneralSecurityException {
        List<X509Certificate> below = chain.stream()
                .filter(certificate -> chain.getFirst().equals(certificate)
                        || anchors.stream().noneMatch(anchor -> certificate.equals(anchor.getTrustedCert())))
                .toList();
        try {
            CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(below);
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(chain.getFirst().getNotBefore());
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return new Answer.None(Reason.UNKNOWN_ROOT, issuedBy(chain));
        } catch (CertPathValidatorException e) {
            Reason reason = reason(e);
            return new Answer.None(
                    reason, reason == Reason.UNKNOWN_ROOT ? issuedBy(chain) + unknown(anchors) : told(chain, e));
        } catch (CertificateException e) {
            return new Answer.None(Reason.MALFORMED, "the chain cannot be read as one");
        }
    }

    private static String unknown(Set<TrustAnchor> anchors) {
        return ", which is under none of the " + anchors.size() + " public roots that were given";
    }

    private static String told(List<X509Certificate> chain, CertPathValidatorException e) {
        String where = e.getIndex() >= 0 ? "certificate " + (e.getIndex() + 1) + " of " + chain.size() + ": " : "";
        return where + e.getMessage();
    }

    private static Reason reason(CertPathValidatorException e) {
        return switch (e.getReason()) {
            case BasicReason basic ->
                switch (basic) {
                    case EXPIRED -> Reason.EXPIRED;
                    case NOT_YET_VALID -> Reason.NOT_YET_VALID;
                    case REVOKED, UNDETERMINED_REVOCATION_STATUS -> Reason.REVOKED;
                    case INVALID_SIGNATURE -> Reason.BAD_SIGNATURE;
                    case ALGORITHM_CONSTRAINED -> Reason.WEAK_ALGORITHM;
                    case UNSPECIFIED -> Reason.MALFORMED;
                };
            case PKIXReason pkix ->
                switch (pkix) {
                    case NAME_CHAINING -> Reason.WRONG_ORDER;
                    case INVALID_KEY_USAGE -> Reason.WRONG_KEY_USAGE;
                    case INVALID_POLICY, INVALID_NAME -> Reason.WRONG_PURPOSE;
                    case NO_TRUST_ANCHOR -> Reason.UNKNOWN_ROOT;
                    case UNRECOGNIZED_CRIT_EXT -> Reason.UNKNOWN_CRITICAL_EXTENSION;
                    case NOT_CA_CERT -> Reason.ISSUER_NOT_CA;
                    case PATH_TOO_LONG -> Reason.PATH_TOO_LONG;
                };
            default -> Reason.MALFORMED; // the platform's own, an open set
        };
    }

    private static String issuedBy(List<X509Certificate> chain) {
        return "issued by " + CertificateSubject.display(chain.getFirst().getIssuerX500Principal());
    }
}
