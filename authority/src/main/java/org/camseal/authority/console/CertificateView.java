package org.camseal.authority.console;

import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.log.Checkpoint;
import org.camseal.authority.log.InclusionProof;
import org.camseal.authority.log.LogEntry;
import org.camseal.authority.log.TransparencyLog;
import org.camseal.authority.log.TreeHash;
import org.camseal.authority.register.CertificateRow;
import org.camseal.authority.register.Register;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;
import org.jspecify.annotations.Nullable;

/**
 * A certificate, or the intent to issue it, as the page has it.
 *
 * @param validFrom null for an intent, as {@code validUntil}
 */
record CertificateView(
        String profile,
        String number,
        String state,
        String subject,
        String issuer,
        String key,
        String requester,
        @Nullable String validFrom,
        @Nullable String validUntil,
        LogPlace log) {

    private static final int ATTEMPTS = 5;

    /**
     * Where it is in the log.
     *
     * @param state "proven" if a path of hashes leads from it to the newest checkpoint, checked just now; "waiting" for the next checkpoint;
     *     "none" for what is not issued; "broken" if there is no such path, which must not happen
     * @param leaf its number in the log, from 0; -1 if it has none
     */
    record LogPlace(String state, long leaf, long size) {}

    static CertificateView of(Register register, TransparencyLog log, CertificateRow row) throws AuthorityException {
        Optional<X509Certificate> certificate = certificate(row);
        return new CertificateView(
                row.profile().label(),
                row.number().toString(16),
                row.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                row.subject().organization() + ", " + row.subject().name() + ", "
                        + row.subject().serial(),
                certificate
                        .map(known -> known.getIssuerX500Principal().getName())
                        .orElse(""),
                row.key().toString(),
                row.requester(),
                certificate
                        .map(known -> known.getNotBefore().toInstant().toString())
                        .orElse(null),
                certificate
                        .map(known -> known.getNotAfter().toInstant().toString())
                        .orElse(null),
                place(register, log, row));
    }

    static Optional<X509Certificate> certificate(CertificateRow row) throws AuthorityException {
        if (row.der().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pem.certificate(row.der().get(), "certificate " + row.id() + " in the register"));
        } catch (IdentityException e) {
            throw new AuthorityException.Damaged(String.valueOf(e.getMessage()), e);
        }
    }

    private static LogPlace place(Register register, TransparencyLog log, CertificateRow row)
            throws AuthorityException {
        OptionalLong leaf = row.der().isEmpty() ? OptionalLong.empty() : register.leafOf(row.id());
        long size = log.head().map(Checkpoint::size).orElse(0L);
        if (leaf.isEmpty()) {
            return new LogPlace("none", -1, size);
        }
        if (leaf.getAsLong() >= size) {
            return new LogPlace("waiting", leaf.getAsLong(), size);
        }
        byte[] entry = new LogEntry.Issued(
                        row.profile(), row.subject().serial(), row.der().orElseThrow())
                .bytes();
        for (int i = 0; i < ATTEMPTS; i++) { // the log may grow between the two questions
            InclusionProof proof = log.inclusion(leaf.getAsLong());
            Checkpoint head = log.head().orElseThrow();
            if (proof.treeSize() == head.size()) {
                boolean proven = proof.proves(TreeHash.leaf(entry), head.root());
                return new LogPlace(proven ? "proven" : "broken", leaf.getAsLong(), head.size());
            }
        }
        return new LogPlace("waiting", leaf.getAsLong(), size);
    }
}
