package org.camseal.authority.register;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.camseal.authority.log.LogEntry;
import org.camseal.authority.status.Revoked;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.KeyDigest;

/**
 * One writing transaction: what is read here nobody else changes until it ends, and all that is written is durable together or not at all.
 * Only within {@link Register#write}; for one thread.
 */
public final class Ledger {
    /** Longest text of one audit entry; what strangers send is cut. */
    private static final int MAX_DETAIL = 600;

    private final Statements statements;
    private final Rules rules;
    private final Instant now;
    private final Counters counters;
    private final ReadAhead ahead;
    private final WriteBehind behind;
    private final NotGiven notGiven = new NotGiven();
    private final Batch audits = Batch.insert(
            "audit",
            "seq, at, actor, event, subject, detail, hash",
            Batch.Column.BIGINT,
            Batch.Column.BIGINT,
            Batch.Column.TEXT,
            Batch.Column.TEXT,
            Batch.Column.TEXT,
            Batch.Column.TEXT,
            Batch.Column.BYTES);
    private final Batch leaves = Batch.insert(
            "leaves", "leaf, certificate, retired", Batch.Column.BIGINT, Batch.Column.BIGINT, Batch.Column.BYTES);

    /**
     * @param ahead what was read for the whole group; where it knows of a camera and its key, rows are written together
     */
    Ledger(Statements statements, Head head, Rules rules, Instant now, ReadAhead ahead) {
        this.statements = statements;
        this.counters = new Counters(head);
        this.rules = rules;
        this.now = now.truncatedTo(ChronoUnit.MILLIS);
        this.ahead = ahead;
        this.behind = new WriteBehind(statements, this.now, ahead);
    }

    /** For whatever is not known ahead: first all is written that waits. */
    private Statements settled() throws SQLException {
        behind.settle();
        return statements;
    }

    /** What {@link Head} becomes. */
    private static final class Counters {
        private long generation;
        private long certificates;
        private long leaves;
        private long revocations;
        private long disputes;
        private long audits;
        private byte[] auditHash;

        Counters(Head head) {
            this.generation = head.generation();
            this.certificates = head.certificates();
            this.leaves = head.leaves();
            this.revocations = head.revocations();
            this.disputes = head.disputes();
            this.audits = head.audits();
            this.auditHash = head.auditHash();
        }

        Head head() {
            return new Head(generation, certificates, leaves, revocations, disputes, audits, auditHash);
        }
    }

    /** Writes what was kept together; to be called once, before the commit. */
    void finish() throws SQLException {
        behind.settle(List.of(audits, leaves, notGiven.batch(), counters.head().batch()));
    }

    /** The time of this transaction, in whole milliseconds. */
    public Instant now() {
        return now;
    }

    /** Orders and credentials as of the beginning of this transaction. */
    public Rules rules() {
        return rules;
    }

    /** Adds one line to the audit log. Control characters and what is too long are taken out. */
    public void audit(String actor, String event, String subject, String detail) throws SQLException {
        AuditEntry entry = new AuditEntry(
                counters.audits + 1, now, printable(actor), event, printable(subject), printable(detail));
        byte[] hash = entry.hash(counters.auditHash);
        audits.add(
                entry.seq(),
                entry.at().toEpochMilli(),
                entry.actor(),
                entry.event(),
                entry.subject(),
                entry.detail(),
                hash);
        counters.audits++;
        counters.auditHash = hash;
    }

    /**
     * Counts one certificate more that was not given.
     *
     * @param order that names the camera, or "" if none does
     * @param cause a word, the same for the same cause
     */
    public void notGiven(String order, String cause) {
        notGiven.add(order, cause);
    }

    private static String printable(String text) {
        String cut = text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL) + "...";
        return cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }

    /** The certificate, or the intent, that a serial has for a profile. */
    public Optional<CertificateRow> live(String serial, CertificateProfile profile) throws SQLException {
        return ahead.isFree(serial, profile) ? Optional.empty() : CertificateTable.live(settled(), serial, profile);
    }

    /** Whatever was written down for that key, ever. */
    public Optional<CertificateRow> byKey(KeyDigest key) throws SQLException {
        return ahead.isUnknown(key) ? Optional.empty() : CertificateTable.byKey(settled(), key);
    }

    /** The certificate of that number, if it is one of a device. */
    public Optional<CertificateRow> byNumber(BigInteger number) throws SQLException {
        return CertificateTable.byNumber(settled(), number);
    }

    /** One row by the register's own number. */
    public Optional<CertificateRow> byId(long id) throws SQLException {
        return CertificateTable.byId(settled(), id);
    }

    /** All that a serial ever had, in the order of the intents. */
    public List<CertificateRow> bySerial(String serial) throws SQLException {
        return CertificateTable.bySerial(settled(), serial);
    }

    /**
     * Writes down that a certificate is about to be signed. The database's constraints decide: one live certificate for a serial and
     * profile, one certificate for a key, ever.
     *
     * @return the intent; empty if a constraint is against it
     */
    public Optional<CertificateRow> intend(
            CertificateSubject subject, CertificateProfile profile, byte[] publicKey, Wish wish) throws SQLException {
        CertificateRow row = new CertificateRow(
                counters.certificates + 1,
                subject,
                profile,
                wish.key(),
                wish.number(),
                wish.issuer(),
                CertificateRow.State.INTENT,
                wish.requester(),
                Optional.of(publicKey),
                Optional.empty(),
                wish.replaces());
        counters.certificates++; // a number that is not used stays unused
        boolean sure = ahead.isUnknown(wish.key()) && ahead.isFree(subject.serial(), profile);
        ahead.intended(row);
        if (sure) {
            behind.intend(row);
            return Optional.of(row);
        }
        return CertificateTable.intend(settled(), row, now) ? Optional.of(row) : Optional.empty();
    }

    /**
     * How a certificate will be made.
     *
     * @param key the key's digest
     * @param number the serial number that it will have
     * @param issuer who signs
     * @param requester who asked
     * @param replaces the certificate whose place it takes
     */
    public record Wish(KeyDigest key, BigInteger number, int issuer, String requester, Optional<Long> replaces) {}

    /**
     * The certificate was signed: it is the serial's from now on, and a leaf of the log; false if the intent is none any more. Its number is
     * the intent's, unless another authority signed it.
     */
    public boolean issue(CertificateRow intent, X509Certificate certificate, byte[] der) throws SQLException {
        if (ahead.isAbout(intent)) {
            behind.issue(intent.id(), certificate.getSerialNumber(), der);
        } else if (!CertificateTable.issue(settled(), intent.id(), certificate.getSerialNumber(), der, now)) {
            return false;
        }
        leaves.add(counters.leaves, intent.id(), null);
        counters.leaves++;
        return true;
    }

    /** Makes room for another certificate of the same camera, while this one still counts. */
    public boolean setBeingReplaced(CertificateRow row) throws SQLException {
        return CertificateTable.setBeingReplaced(settled(), row.id());
    }

    /** Takes a certificate back, as a leaf of the log too; false if it was not issued, or taken back before. */
    public boolean revoke(CertificateRow row, Revoked revoked) throws SQLException {
        if (!CertificateTable.revoke(settled(), row.id(), revoked, counters.revocations)) {
            return false;
        }
        counters.revocations++;
        byte[] leaf = new LogEntry.Retired(row.profile(), row.subject().serial(), revoked).bytes();
        leaves.add(counters.leaves, row.id(), leaf);
        counters.leaves++;
        return true;
    }

    /** Its issuer, somebody else, has been told, or people were asked to tell it; false if that was written before. */
    public boolean setTold(Untold untold) throws SQLException {
        return UntoldTable.setTold(settled(), untold.certificate().id());
    }

    /** What is known of a serial. */
    public Optional<Device> device(String serial) throws SQLException {
        return ahead.knows(serial) ? ahead.device(serial) : DeviceTable.find(settled(), serial);
    }

    /** A serial seen for the first time: one of its order's quantity; false if that is used up. */
    public boolean addDevice(String serial, String order) throws SQLException {
        if (ahead.knows(serial) && ahead.device(serial).isEmpty()) {
            boolean added = behind.addDevice(serial, order);
            if (added) {
                ahead.added(new Device(serial, order, DeviceState.ACTIVE));
            }
            return added;
        }
        ahead.forgetLeft(order);
        if (!OrderTable.use(settled(), order, 1)) {
            return false;
        }
        DeviceTable.add(statements, serial, order, now);
        return true;
    }

    /** Changes what is thought of a serial. */
    public void setState(String serial, DeviceState state) throws SQLException {
        ahead.forget(serial);
        DeviceTable.setState(settled(), serial, state);
    }

    /** The open dispute about a serial. */
    public Optional<Dispute> openDispute(String serial) throws SQLException {
        return DisputeTable.openFor(settled(), serial);
    }

    /** A dispute, open or decided. */
    public Optional<Dispute> dispute(String id) throws SQLException {
        return DisputeTable.find(settled(), id);
    }

    /** Opens a dispute about a serial that has none open; nobody gets anything for it from now on. */
    public Dispute openDispute(String serial, String by, String detail) throws SQLException {
        counters.disputes++;
        String id = String.format(Locale.ROOT, "D-%06d", counters.disputes);
        Dispute dispute = new Dispute(
                id, serial, printable(by), now, printable(detail), Optional.empty(), Optional.empty(), List.of());
        DisputeTable.open(settled(), dispute);
        ahead.forget(serial);
        DeviceTable.setState(settled(), serial, DeviceState.DISPUTED);
        return dispute;
    }

    /** One more key wants the disputed serial. */
    public void join(String dispute, Dispute.Challenger challenger) throws SQLException {
        DisputeTable.join(settled(), dispute, challenger);
    }

    /** What one operator wants; takes the place of what was proposed before. */
    public void propose(String dispute, Dispute.Vote vote) throws SQLException {
        DisputeTable.propose(settled(), dispute, vote);
    }

    /** Another operator wants the same; false if it is the same operator, or nothing to be decided. */
    public boolean decide(String dispute, String operator) throws SQLException {
        return DisputeTable.decide(settled(), dispute, operator, now);
    }

    /** That key gets no certificate any more. */
    public void bar(String dispute, KeyDigest key) throws SQLException {
        ahead.barred(key);
        DisputeTable.bar(settled(), dispute, key);
    }

    /** The dispute that a key was barred in. */
    public Optional<String> barred(KeyDigest key) throws SQLException {
        return ahead.isUnbarred(key) ? Optional.empty() : DisputeTable.barred(settled(), key);
    }

    /** True if the order takes elements with that attestation key for genuine. */
    public boolean isGenuine(String order, byte[] attestationKeyDigest) throws SQLException {
        return OrderTable.hasElement(settled(), order, attestationKeyDigest);
    }

    /** Adds an order; false if there is one of that id. */
    public boolean addOrder(OrderState order, List<byte[]> attestationKeyDigests) throws SQLException {
        counters.generation++;
        if (!OrderTable.add(settled(), order)) {
            return false;
        }
        OrderTable.addElements(settled(), order.order().id(), attestationKeyDigests);
        return true;
    }

    /** Ends an order now; false if there is none of that id, or it is over. */
    public boolean closeOrder(String id) throws SQLException {
        counters.generation++;
        return OrderTable.close(settled(), id, now);
    }

    /** From now on that certificate counts, as a line's, an operator's or a server's. */
    public void addCredential(CertificateProfile kind, String holder, X509Certificate certificate) throws SQLException {
        counters.generation++;
        CredentialTable.add(settled(), kind, holder, certificate, now);
    }

    /** Takes back what a line or operator has; how many certificates those were. */
    public int revokeCredentials(CertificateProfile kind, String holder) throws SQLException {
        counters.generation++;
        return CredentialTable.revoke(settled(), kind, holder, now);
    }

    /** The register's number of an issuing authority; a new one if it was not known. */
    public int issuer(X509Certificate authority, byte[] der) throws SQLException {
        return IssuerTable.numberOf(settled(), KeyDigest.of(authority.getPublicKey()), der);
    }
}
