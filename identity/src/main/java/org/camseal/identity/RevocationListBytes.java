package org.camseal.identity;

import java.math.BigInteger;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.jspecify.annotations.Nullable;

/**
 * One revocation list (RFC 5280 section 5.1) as the bytes that it is: a list of a million entries is 40 MB, and as objects many times that. Its
 * form is checked when it is read, entry by entry; an entry's own words are read when it is asked for. Immutable.
 */
final class RevocationListBytes {
    private static final Set<ASN1ObjectIdentifier> UNDERSTOOD =
            Set.of(Extension.authorityKeyIdentifier, Extension.cRLNumber);
    private static final String[] REASONS = {
        "unspecified",
        "key compromise",
        "ca compromise",
        "affiliation changed",
        "superseded",
        "cessation of operation",
        "certificate hold",
        "unspecified", // 7 is not used
        "remove from crl",
        "privilege withdrawn",
        "aa compromise"
    };
    private static final int REMOVE_FROM_CRL = 8;

    private final byte[] der;
    private final DerReader.Value signed;
    private final AlgorithmIdentifier algorithm;
    private final byte[] signature;
    private final X500Principal issuer;
    private final DerReader.@Nullable Value entries;

    /** @param der the whole list, and nothing behind it; kept, not to be written to */
    RevocationListBytes(byte[] der, String where) throws IdentityException.Malformed {
        this.der = der;
        try {
            DerReader file = new DerReader(der, 0, der.length);
            DerReader parts = file.inside(file.take(DerReader.SEQUENCE));
            this.signed = parts.take(DerReader.SEQUENCE);
            byte[] outer = parts.take(DerReader.SEQUENCE).whole(der);
            DerReader.Value bits = parts.take(DerReader.BIT_STRING);
            if (file.hasMore() || parts.hasMore() || bits.end() - bits.start() < 2 || der[bits.start()] != 0) {
                throw new DerReader.Malformed("no signature, or something behind it", bits.from());
            }
            this.algorithm = AlgorithmIdentifier.getInstance(outer);
            this.signature = Arrays.copyOfRange(der, bits.start() + 1, bits.end());
            DerReader tbs = parts.inside(signed);
            if (tbs.isNext(DerReader.INTEGER)) {
                tbs.take(DerReader.INTEGER);
            }
            if (!Arrays.equals(outer, tbs.take(DerReader.SEQUENCE).whole(der))) {
                throw new DerReader.Malformed("two signature algorithms", signed.start());
            }
            this.issuer = new X500Principal(tbs.take(DerReader.SEQUENCE).whole(der));
            takeTime(tbs);
            if (tbs.isNext(DerReader.UTC_TIME) || tbs.isNext(DerReader.GENERALIZED_TIME)) {
                takeTime(tbs);
            }
            this.entries = tbs.isNext(DerReader.SEQUENCE) ? tbs.take(DerReader.SEQUENCE) : null;
            requireEntries();
            if (tbs.hasMore()) {
                DerReader.Value extensions = tbs.take(DerReader.EXPLICIT_0);
                requireUnderstood(Arrays.copyOfRange(der, extensions.start(), extensions.end()), where);
            }
            if (tbs.hasMore()) {
                throw new DerReader.Malformed("something behind the extensions", signed.end());
            }
        } catch (DerReader.Malformed | IllegalArgumentException e) {
            throw new IdentityException.Malformed(
                    where + ": not a revocation list (CRL, in DER or PEM): " + e.getMessage(), e);
        }
    }

    private static void takeTime(DerReader values) throws DerReader.Malformed {
        values.take(values.isNext(DerReader.GENERALIZED_TIME) ? DerReader.GENERALIZED_TIME : DerReader.UTC_TIME);
    }

    private void requireEntries() throws DerReader.Malformed {
        DerReader all = all();
        while (all.hasMore()) {
            DerReader entry = all.inside(all.take(DerReader.SEQUENCE));
            entry.take(DerReader.INTEGER);
            takeTime(entry);
            if (entry.hasMore()) {
                entry.take(DerReader.SEQUENCE);
            }
            if (entry.hasMore()) {
                throw new DerReader.Malformed("an entry of four parts", signed.start());
            }
        }
    }

    private DerReader all() {
        return entries == null ? new DerReader(der, 0, 0) : new DerReader(der, entries.start(), entries.end());
    }

    private static void requireUnderstood(byte[] extensions, String where) throws IdentityException.Malformed {
        for (ASN1ObjectIdentifier oid : Extensions.getInstance(extensions).getCriticalExtensionOIDs()) {
            if (!UNDERSTOOD.contains(oid)) {
                throw new IdentityException.Malformed(where + ": a revocation list with critical extension " + oid
                        + "; only whole lists of one authority are read, no deltas and no indirect ones");
            }
        }
    }

    X500Principal issuer() {
        return issuer;
    }

    /** True if that key signed it, by an algorithm that counts. */
    boolean isSignedBy(PublicKey key) {
        return SignatureCheck.matches(
                algorithm, key, new SignatureCheck.Part(der, signed.from(), signed.end() - signed.from()), signature);
    }

    /** What it says of a certificate's number: the earliest, should it be there twice. */
    Optional<Revocations.Revoked> find(BigInteger number) {
        byte[] wanted = number.toByteArray();
        Optional<Revocations.Revoked> earliest = Optional.empty();
        try {
            DerReader all = all();
            while (all.hasMore()) {
                DerReader.Value entry = all.take(DerReader.SEQUENCE);
                DerReader.Value seen = all.inside(entry).take(DerReader.INTEGER);
                if (Arrays.equals(wanted, 0, wanted.length, der, seen.start(), seen.end())) {
                    Optional<Revocations.Revoked> found = revoked(entry.whole(der));
                    if (found.isPresent()
                            && (earliest.isEmpty()
                                    || found.get()
                                            .since()
                                            .isBefore(earliest.get().since()))) {
                        earliest = found;
                    }
                }
            }
        } catch (DerReader.Malformed e) {
            throw new IllegalStateException("the entries were gone through when the list was read", e);
        }
        return earliest;
    }

    /** Words that cannot be read must not make a key good for longer. */
    private static Optional<Revocations.Revoked> revoked(byte[] der) {
        try {
            TBSCertList.CRLEntry entry = TBSCertList.CRLEntry.getInstance(der);
            Extensions words = entry.getExtensions();
            int reason = words == null || words.getExtension(Extension.reasonCode) == null
                    ? 0
                    : ASN1Enumerated.getInstance(words.getExtensionParsedValue(Extension.reasonCode))
                            .intValueExact();
            if (reason == REMOVE_FROM_CRL) {
                return Optional.empty();
            }
            Instant since = words == null || words.getExtension(Extension.invalidityDate) == null
                    ? entry.getRevocationDate().getDate().toInstant()
                    : ASN1GeneralizedTime.getInstance(words.getExtensionParsedValue(Extension.invalidityDate))
                            .getDate()
                            .toInstant();
            String word = reason >= 0 && reason < REASONS.length ? REASONS[reason] : REASONS[0];
            return Optional.of(new Revocations.Revoked(since, word));
        } catch (ParseException | RuntimeException e) {
            return Optional.of(new Revocations.Revoked(Instant.MIN, REASONS[0]));
        }
    }
}
