package org.camseal.authority.register;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.log.LogLeaves;
import org.camseal.authority.status.CertificateStatuses;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.KeyDigest;

/**
 * The register: one writer in this process with many works in each commit, and readers beside it. Several processes may have it open;
 * whoever answers cameras also holds {@link InstanceLock}. Safe for use by several threads.
 *
 * <p>Opening reads one row, however many certificates there are.
 */
public final class Register implements AutoCloseable {
    private final RegisterAddress at;
    private final InstantSource clock;
    private final GroupCommit writer;
    private final Readers readers;

    private Register(RegisterAddress at, InstantSource clock) {
        this.at = at;
        this.clock = clock;
        this.writer = new GroupCommit(at, clock);
        this.readers = new Readers(at);
    }

    /**
     * Opens a register; an empty database becomes one, and one of an earlier version is brought up to date.
     *
     * @param clock the time of what is written
     * @throws AuthorityException if the database cannot be used, or is of a later version
     */
    public static Register open(RegisterAddress at, InstantSource clock) throws AuthorityException {
        try (Statements statements = new Statements(at)) {
            Schema.migrate(statements.connection(), at);
            Head.createIfMissing(statements);
        } catch (SQLException e) {
            throw new AuthorityException.Store(
                    at + " cannot be opened: " + e.getMessage() + "; see that it is there and may be written", e);
        }
        Register register = new Register(at, clock);
        register.writer.start();
        return register;
    }

    /** Where it is. */
    public RegisterAddress address() {
        return at;
    }

    /** The time by the register's clock. */
    public Instant now() {
        return clock.instant();
    }

    /**
     * Does a work in a transaction, together with others, and returns once it is durable.
     *
     * @throws AuthorityException if it was not written, or nobody knows: asking again must be safe
     * @throws InterruptedException if the waiting thread was interrupted; the work may still be done
     */
    public <T> T write(Work<T> work) throws AuthorityException, InterruptedException {
        return writer.write(Optional.empty(), work);
    }

    /**
     * Does a work as {@link #write(Work)}; quicker in a group, because it was told what the work will ask about.
     *
     * @throws AuthorityException as {@link #write(Work)}
     * @throws InterruptedException as {@link #write(Work)}
     */
    public <T> T write(About about, Work<T> work) throws AuthorityException, InterruptedException {
        return writer.write(Optional.of(about), work);
    }

    /** The log's leaves. */
    public LogLeaves leaves() {
        return new RegisterLeaves(readers);
    }

    /** The audit log. */
    public AuditLog audit() {
        return new AuditLog(readers);
    }

    /**
     * What an issuing authority's certificates have become.
     *
     * @throws AuthorityException if the register does not know that authority, because it never issued here
     */
    public CertificateStatuses statuses(X509Certificate issuer) throws AuthorityException {
        Optional<Integer> number =
                readers.read(statements -> IssuerTable.find(statements, KeyDigest.of(issuer.getPublicKey())));
        return new RegisterStatuses(
                readers,
                number.orElseThrow(() -> new AuthorityException.Store(at + " knows no authority "
                        + issuer.getSubjectX500Principal().getName())));
    }

    /**
     * Certificates of another authority that were revoked here, and that it has not been told of; the oldest revocation first.
     *
     * @param after only those with a larger {@link Untold#revocation()}
     * @param most how many at most
     */
    public List<Untold> untold(X509Certificate issuer, long after, int most) throws AuthorityException {
        KeyDigest key = KeyDigest.of(issuer.getPublicKey());
        return readers.read(statements -> UntoldTable.after(statements, key, after, most));
    }

    /** The one of them with that certificate's number. */
    public Optional<Untold> untold(X509Certificate issuer, BigInteger certificate) throws AuthorityException {
        KeyDigest key = KeyDigest.of(issuer.getPublicKey());
        return readers.read(statements -> UntoldTable.byNumber(statements, key, certificate));
    }

    /** How often certificates were not given, by order and cause; under "" what no order names. */
    public Map<String, SortedMap<String, Long>> notGiven() throws AuthorityException {
        return readers.read(NotGiven::all);
    }

    /** All orders, the oldest first. */
    public List<OrderState> orders() throws AuthorityException {
        return readers.read(OrderTable::list);
    }

    /** One order. */
    public Optional<OrderState> order(String id) throws AuthorityException {
        return readers.read(statements -> OrderTable.find(statements, id));
    }

    /** All certificates of lines, operators and servers, taken back or not. */
    public List<Credential> credentials() throws AuthorityException {
        return readers.read(CredentialTable::list);
    }

    /** Whoever holds a certificate with that number, as such; empty if it was taken back or never stood here. */
    public Optional<Credential> credential(BigInteger number, CertificateProfile kind) throws AuthorityException {
        return credentials().stream()
                .filter(found -> found.kind() == kind
                        && found.number().equals(number)
                        && found.revokedAt().isEmpty())
                .findFirst();
    }

    /** What is known of a serial. */
    public Optional<Device> device(String serial) throws AuthorityException {
        return readers.read(statements -> DeviceTable.find(statements, serial));
    }

    /** All certificates and intents of a serial, in the order of the intents. */
    public List<CertificateRow> certificates(String serial) throws AuthorityException {
        return readers.read(statements -> CertificateTable.bySerial(statements, serial));
    }

    /** The certificate of that number, if it is a device's. */
    public Optional<CertificateRow> certificate(BigInteger number) throws AuthorityException {
        return readers.read(statements -> CertificateTable.byNumber(statements, number));
    }

    /**
     * Intents that led to no certificate yet.
     *
     * @param after only those with a larger {@link CertificateRow#id()}
     * @param most how many at most
     */
    public List<CertificateRow> intents(long after, int most) throws AuthorityException {
        return readers.read(statements -> CertificateTable.intents(statements, after, most));
    }

    /** How many serials of each order are not {@link DeviceState#ACTIVE}, by what they are; orders without such are not there. */
    public Map<String, Map<DeviceState, Long>> troubledDevices() throws AuthorityException {
        return readers.read(DeviceTable::troubled);
    }

    /** The log's leaf that says that a certificate was issued. */
    public OptionalLong leafOf(long certificate) throws AuthorityException {
        return readers.read(statements -> statements.one(
                        "SELECT leaf FROM leaves WHERE certificate = ? AND retired IS NULL",
                        row -> row.getLong(1),
                        certificate))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** Disputes that wait for operators, the oldest first. */
    public List<Dispute> openDisputes(int most) throws AuthorityException {
        return readers.read(statements -> DisputeTable.open(statements, most));
    }

    /** The open dispute about a serial. */
    public Optional<Dispute> openDispute(String serial) throws AuthorityException {
        return readers.read(statements -> DisputeTable.openFor(statements, serial));
    }

    /** One dispute. */
    public Optional<Dispute> dispute(String id) throws AuthorityException {
        return readers.read(statements -> DisputeTable.find(statements, id));
    }

    /** How much there is of everything; from counters, whatever the size. */
    public Totals totals() throws AuthorityException {
        return readers.read(statements -> {
            Head head = Head.read(statements);
            long intents = statements
                    .one("SELECT COUNT(*) FROM certificates WHERE state = 0", row -> row.getLong(1))
                    .orElse(0L);
            long disputes = statements
                    .one("SELECT COUNT(*) FROM disputes WHERE open = 1", row -> row.getLong(1))
                    .orElse(0L);
            return new Totals(head.leaves() - head.revocations(), head.revocations(), intents, disputes, head.audits());
        });
    }

    /**
     * What is in the register.
     *
     * @param issued certificates ever issued
     * @param revoked certificates of those that count no more
     * @param intents signed perhaps, given to nobody yet
     * @param openDisputes waiting for operators
     * @param auditEntries in the audit log
     */
    public record Totals(long issued, long revoked, long intents, long openDisputes, long auditEntries) {}

    /** Writes what waits, and closes. */
    @Override
    public void close() {
        writer.close();
        readers.close();
    }
}
