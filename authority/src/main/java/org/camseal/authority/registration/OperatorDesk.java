package org.camseal.authority.registration;

import java.security.SecureRandom;
import java.security.cert.CRLReason;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.ProductionOrder;
import org.camseal.authority.register.CertificateRow;
import org.camseal.authority.register.Decision;
import org.camseal.authority.register.Device;
import org.camseal.authority.register.DeviceState;
import org.camseal.authority.register.Dispute;
import org.camseal.authority.register.Ledger;
import org.camseal.authority.register.OrderState;
import org.camseal.authority.register.Register;
import org.camseal.authority.register.Work;
import org.camseal.authority.status.Revoked;
import org.camseal.identity.AttestationAttribute;
import org.camseal.identity.CertificateProfile;

/**
 * What operators do: orders, disputes, revocation. Each act stands in the audit log with who did it. Whether the operator is who they say was
 * proven before, by TLS or by their key. Safe for use by several threads.
 */
public final class OperatorDesk {
    private final Register register;
    private final SecureRandom random;

    public OperatorDesk(Register register, SecureRandom random) {
        this.register = register;
        this.random = random;
    }

    /**
     * Adds an order.
     *
     * @param genuine SHA-256 digests of the attestation keys of elements that are genuine; for orders that demand attestations
     * @throws AuthorityException.NotAllowed if there is an order of that id, or one of its lines has another order that demands attestations
     *     at the same time: a line could not tell which challenge is meant
     */
    public void addOrder(String operator, ProductionOrder order, List<byte[]> genuine)
            throws AuthorityException, InterruptedException {
        byte[] challenge = new byte[AttestationAttribute.CHALLENGE_BYTES];
        random.nextBytes(challenge);
        decide(ledger -> {
            Optional<String> overlap = overlap(ledger, order);
            if (overlap.isPresent()) {
                return overlap;
            }
            if (!ledger.addOrder(new OrderState(order, 0, challenge, ledger.now()), genuine)) {
                return Optional.of(
                        "there is an order " + order.id() + " already; an order is not changed, only closed");
            }
            ledger.audit(
                    by(operator),
                    "order-added",
                    order.id(),
                    order.quantity() + " of " + order.maker() + " " + order.model() + ", " + order.serials()
                            + ", lines "
                            + order.lines() + ", " + order.opensAt() + " to " + order.closesAt() + ", attestation "
                            + order.attestation() + " by " + genuine.size() + " elements, keys " + order.keys());
            return Optional.empty();
        });
    }

    private static Optional<String> overlap(Ledger ledger, ProductionOrder order) {
        if (order.attestation() == ProductionOrder.Attestations.NOT_DEMANDED) {
            return Optional.empty();
        }
        for (String line : order.lines()) {
            for (OrderState other : ledger.rules().attesting(line)) {
                if (other.order().opensAt().isBefore(order.closesAt())
                        && order.opensAt().isBefore(other.order().closesAt())) {
                    return Optional.of("line " + line + " has order "
                            + other.order().id() + ", which demands attestations at the same time: close it first");
                }
            }
        }
        return Optional.empty();
    }

    /** Ends an order now; what it gave stays. */
    public void closeOrder(String operator, String id) throws AuthorityException, InterruptedException {
        decide(ledger -> {
            if (!ledger.closeOrder(id)) {
                return Optional.of("there is no order " + id + ", or it is over");
            }
            ledger.audit(by(operator), "order-closed", id, "");
            return Optional.empty();
        });
    }

    /** From now on that certificate counts: a line's, an operator's, the server's. */
    public void certify(String operator, CertificateProfile kind, String holder, X509Certificate certificate)
            throws AuthorityException, InterruptedException {
        decide(ledger -> {
            ledger.addCredential(kind, holder, certificate);
            ledger.audit(
                    by(operator),
                    kind.label() + "-certified",
                    holder,
                    "number " + certificate.getSerialNumber().toString(16) + ", until "
                            + certificate.getNotAfter().toInstant());
            return Optional.empty();
        });
    }

    /** Takes back all certificates of a line or operator, from this moment on. */
    public void dismiss(String operator, CertificateProfile kind, String holder)
            throws AuthorityException, InterruptedException {
        decide(ledger -> {
            int taken = ledger.revokeCredentials(kind, holder);
            if (taken == 0) {
                return Optional.of("no certificate of " + kind.label() + " " + holder + " counts now");
            }
            ledger.audit(by(operator), kind.label() + "-dismissed", holder, taken + " certificates");
            return Optional.empty();
        });
    }

    /**
     * Opens a dispute without a second key: because a camera comes back for repair, or something is wrong with it.
     *
     * @return its number
     */
    public String openDispute(String operator, String serial, String why)
            throws AuthorityException, InterruptedException {
        decide(ledger -> {
            Optional<Device> device = ledger.device(serial);
            if (device.isEmpty()) {
                return Optional.of(serial + " is not in the register");
            }
            return switch (device.get().state()) {
                case DISPUTED -> Optional.of(serial + " is disputed already");
                case SCRAPPED -> Optional.of(serial + " is scrapped: for ever");
                case ACTIVE, RETIRED -> {
                    Dispute dispute = ledger.openDispute(serial, by(operator), why);
                    ledger.audit(by(operator), "dispute-opened", serial, dispute.id() + ": " + why);
                    yield Optional.empty();
                }
            };
        });
        return register.openDispute(serial)
                .map(Dispute::id)
                .orElseThrow(
                        () -> new AuthorityException.NotAllowed("the dispute about " + serial + " is decided already"));
    }

    /** What became of a vote. */
    public enum VoteOutcome {
        /** Another operator has to say the same. */
        PROPOSED,
        /** Two have said the same: it is done. */
        DECIDED
    }

    /**
     * One operator's vote in a dispute. The first is a proposal; the same by another operator decides. Another decision takes the place of the
     * proposal.
     *
     * @throws AuthorityException.NotAllowed if there is no such open dispute, or the same operator said it before
     */
    public VoteOutcome vote(String operator, String dispute, Decision decision)
            throws AuthorityException, InterruptedException {
        boolean[] decided = {false};
        decide(ledger -> {
            decided[0] = false;
            Optional<Dispute> found = ledger.dispute(dispute).filter(Dispute::isOpen);
            if (found.isEmpty()) {
                return Optional.of("there is no open dispute " + dispute);
            }
            Optional<Dispute.Vote> proposal = found.get().proposal();
            if (proposal.isEmpty() || proposal.get().decision() != decision) {
                ledger.propose(dispute, new Dispute.Vote(decision, operator));
                ledger.audit(by(operator), "dispute-proposed", found.get().serial(), dispute + ": " + decision.label());
                return Optional.empty();
            }
            if (proposal.get().operator().equals(operator)) {
                return Optional.of("operator " + operator + " proposed to " + decision.label() + " in " + dispute
                        + "; another operator has to confirm it");
            }
            settle(ledger, found.get(), decision, operator, proposal.get().operator());
            decided[0] = true;
            return Optional.empty();
        });
        return decided[0] ? VoteOutcome.DECIDED : VoteOutcome.PROPOSED;
    }

    private static void settle(Ledger ledger, Dispute dispute, Decision decision, String operator, String proposer)
            throws SQLException {
        if (!ledger.decide(dispute.id(), operator)) {
            throw new SQLException("dispute " + dispute.id() + " cannot be decided by " + operator);
        }
        switch (decision) {
            case KEEP -> {
                for (Dispute.Challenger challenger : dispute.keys()) {
                    ledger.bar(dispute.id(), challenger.key());
                }
                ledger.setState(dispute.serial(), DeviceState.ACTIVE);
            }
            case REWORK -> {
                revokeAll(ledger, dispute.serial(), CRLReason.SUPERSEDED, Optional.empty());
                ledger.setState(dispute.serial(), DeviceState.ACTIVE);
            }
            case SCRAP -> {
                revokeAll(ledger, dispute.serial(), CRLReason.CESSATION_OF_OPERATION, Optional.empty());
                ledger.setState(dispute.serial(), DeviceState.SCRAPPED);
            }
        }
        ledger.audit(
                by(operator),
                "dispute-decided",
                dispute.serial(),
                dispute.id() + ": " + decision.label() + ", proposed by operator " + proposer);
    }

    /** Whether a revoked serial may come back. */
    public enum Afterwards {
        /** Two operators may send it to rework. */
        RETIRED,
        /** Never. */
        SCRAPPED
    }

    /** Reasons that last; RFC 5280 section 5.3.1. */
    public static final Set<CRLReason> REASONS = Set.of(
            CRLReason.UNSPECIFIED,
            CRLReason.KEY_COMPROMISE,
            CRLReason.AFFILIATION_CHANGED,
            CRLReason.SUPERSEDED,
            CRLReason.CESSATION_OF_OPERATION,
            CRLReason.PRIVILEGE_WITHDRAWN);

    /**
     * Takes back all that a serial has; at once, by one operator, because it makes nothing possible.
     *
     * @param invalidSince since when its keys are not to be believed, if that is not now
     * @return how many certificates were taken back
     */
    public int revoke(
            String operator, String serial, CRLReason reason, Optional<Instant> invalidSince, Afterwards afterwards)
            throws AuthorityException, InterruptedException {
        if (!REASONS.contains(reason)) {
            throw new AuthorityException.NotAllowed(reason + " is no reason for a camera's certificate that lasts");
        }
        int[] taken = {0};
        decide(ledger -> {
            Optional<Device> device = ledger.device(serial);
            if (device.isEmpty()) {
                return Optional.of(serial + " is not in the register");
            }
            if (device.get().state() == DeviceState.DISPUTED) {
                return Optional.of(serial + " is disputed: two operators decide what becomes of it");
            }
            taken[0] = revokeAll(ledger, serial, reason, invalidSince);
            ledger.setState(serial, afterwards == Afterwards.SCRAPPED ? DeviceState.SCRAPPED : DeviceState.RETIRED);
            ledger.audit(
                    by(operator),
                    "revoked",
                    serial,
                    taken[0] + " certificates, " + reason + ", "
                            + invalidSince
                                    .map(date -> "invalid since " + date + ", ")
                                    .orElse("")
                            + afterwards);
            return Optional.empty();
        });
        return taken[0];
    }

    /** Takes back what is issued; an intent that is being signed is left to become a certificate of a retired serial, given to nobody. */
    static int revokeAll(Ledger ledger, String serial, CRLReason reason, Optional<Instant> invalidSince)
            throws SQLException {
        int taken = 0;
        for (CertificateRow row : ledger.bySerial(serial)) {
            Revoked revoked = new Revoked(
                    row.number(),
                    ledger.now().truncatedTo(ChronoUnit.SECONDS),
                    reason,
                    invalidSince.map(date -> date.truncatedTo(ChronoUnit.SECONDS)));
            if (ledger.revoke(row, revoked)) {
                taken++;
            }
        }
        return taken;
    }

    private void decide(Work<Optional<String>> work) throws AuthorityException, InterruptedException {
        Optional<String> objection = register.write(work);
        if (objection.isPresent()) {
            throw new AuthorityException.NotAllowed(objection.get());
        }
    }

    private static String by(String operator) {
        return "operator " + operator;
    }
}
