package org.camseal.identity;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRLException;
import java.security.cert.CRLReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1OctetString;

/**
 * Revocation lists that somebody gave (RFC 5280 section 5): whole lists, each of one authority about its own certificates. Nothing is fetched.
 * Immutable. How fresh a list is, is not judged: a recording is mostly older than any list.
 */
public final class Revocations {
    /** Largest list that is read, in bytes. */
    public static final int MAX_BYTES = 8 << 20;

    /** Most lists. */
    public static final int MAX_LISTS = 16;

    /** Nothing is known to be revoked. */
    public static final Revocations NONE = new Revocations(List.of());

    private static final String INVALIDITY_DATE = "2.5.29.24";
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final String CRL_NUMBER = "2.5.29.20";
    private static final Set<String> UNDERSTOOD = Set.of(AUTHORITY_KEY_IDENTIFIER, CRL_NUMBER);
    private static final int CRL_SIGN = 6;

    private final List<X509CRL> lists;

    private Revocations(List<X509CRL> lists) {
        this.lists = List.copyOf(lists);
    }

    /**
     * That a certificate counts no more.
     *
     * @param since the invalidity date where the list states one, or else the day of revocation
     * @param reason as the list has it, in small letters; "unspecified" where it has none
     */
    public record Revoked(Instant since, String reason) {}

    /**
     * Reads lists, each from a file of its own, DER or PEM.
     *
     * @throws IdentityException if there is no such file, it is larger than {@link #MAX_BYTES}, or no list of the kind that is read here
     */
    public static Revocations read(List<Path> files) throws IdentityException {
        if (files.size() > MAX_LISTS) {
            throw new IdentityException.Malformed(files.size() + " revocation lists; at most " + MAX_LISTS);
        }
        List<X509CRL> lists = new ArrayList<>();
        for (Path file : files) {
            byte[] bytes = DurableFile.read(file, MAX_BYTES)
                    .orElseThrow(() -> new IdentityException.Store("there is no file " + file));
            lists.add(parse(bytes, file.toString()));
        }
        return new Revocations(lists);
    }

    private static X509CRL parse(byte[] bytes, String where) throws IdentityException.Malformed {
        X509CRL list;
        try {
            list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(bytes));
        } catch (CertificateException | CRLException e) {
            throw new IdentityException.Malformed(where + ": not a revocation list (CRL, in DER or PEM)", e);
        }
        Set<String> critical = list.getCriticalExtensionOIDs();
        for (String oid : critical == null ? Set.<String>of() : critical) {
            if (!UNDERSTOOD.contains(oid)) {
                throw new IdentityException.Malformed(where + ": a revocation list with critical extension " + oid
                        + "; only whole lists of one" + " authority are read, no deltas and no indirect ones");
            }
        }
        return list;
    }

    public boolean isEmpty() {
        return lists.isEmpty();
    }

    /** True if one of the lists is this authority's: by name, and signed with its key. */
    boolean cover(X509Certificate authority) {
        return lists.stream().anyMatch(list -> isOf(list, authority));
    }

    /** What the lists of an authority say of a certificate that it issued. */
    Optional<Revoked> find(X509Certificate certificate, X509Certificate authority) {
        Optional<Revoked> earliest = Optional.empty();
        for (X509CRL list : lists) {
            X509CRLEntry entry = isOf(list, authority) ? list.getRevokedCertificate(certificate) : null;
            if (entry != null && entry.getRevocationReason() != CRLReason.REMOVE_FROM_CRL) {
                Revoked found = revoked(entry);
                if (earliest.isEmpty() || found.since().isBefore(earliest.get().since())) {
                    earliest = Optional.of(found);
                }
            }
        }
        return earliest;
    }

    private static boolean isOf(X509CRL list, X509Certificate authority) {
        boolean[] usage = authority.getKeyUsage();
        if (!list.getIssuerX500Principal().equals(authority.getSubjectX500Principal())
                || (usage != null && !usage[CRL_SIGN])) {
            return false;
        }
        try {
            list.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Revoked revoked(X509CRLEntry entry) {
        CRLReason reason = entry.getRevocationReason();
        String word = reason == null
                ? "unspecified"
                : reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        return new Revoked(
                invalidityDate(entry).orElse(entry.getRevocationDate().toInstant()), word);
    }

    private static Optional<Instant> invalidityDate(X509CRLEntry entry) {
        byte[] value = entry.getExtensionValue(INVALIDITY_DATE);
        if (value == null) {
            return Optional.empty();
        }
        try {
            byte[] inner = ASN1OctetString.getInstance(value).getOctets();
            return Optional.of(ASN1GeneralizedTime.getInstance(inner).getDate().toInstant());
        } catch (ParseException | IllegalArgumentException e) {
            return Optional.of(Instant.MIN); // a date that cannot be read must not make the key good for longer
        }
    }
}
