package org.camseal.authority.registration;

import java.sql.SQLException;
import java.util.Optional;
import org.camseal.authority.EnrolmentAnswer.Held;
import org.camseal.authority.EnrolmentAnswer.Refused;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.RefusalReason;
import org.camseal.authority.Requester;
import org.camseal.authority.register.CertificateRow;
import org.camseal.authority.register.Device;
import org.camseal.authority.register.DeviceState;
import org.camseal.authority.register.Dispute;
import org.camseal.authority.register.Ledger;
import org.camseal.authority.register.OrderState;
import org.camseal.identity.KeyDigest;

/**
 * What a camera's own wish leads to: its own certificate again, or the same for a new key. The old one counts until the new one is issued;
 * if that answer was lost, the old one may ask again for the same key.
 */
final class DeviceDecision {
    private final Requester.Device device;
    private final EnrolmentRequest request;
    private final LineDecision.Making making;
    private final KeyDigest key;
    private final InFlight.Ticket mine;

    DeviceDecision(
            Requester.Device device, EnrolmentRequest request, LineDecision.Making making, InFlight.Ticket mine) {
        this.device = device;
        this.request = request;
        this.making = making;
        this.mine = mine;
        this.key = KeyDigest.of(request.request().publicKey());
    }

    Outcome decide(Ledger ledger) throws SQLException {
        Optional<CertificateRow> shown = ledger.byNumber(device.certificate().getSerialNumber())
                .filter(row ->
                        row.key().equals(KeyDigest.of(device.certificate().getPublicKey())))
                .filter(row -> row.state() != CertificateRow.State.INTENT);
        if (shown.isEmpty()) {
            return refused(RefusalReason.NOT_AUTHENTICATED, "the certificate that was shown is none of this authority");
        }
        CertificateRow own = shown.get();
        if (!own.subject().equals(request.subject()) || own.profile() != request.profile()) {
            return refused(
                    RefusalReason.OTHER_SUBJECT,
                    own.subject().serial() + " may renew its own "
                            + own.profile().label() + " certificate only, not "
                            + request.profile().label() + " of "
                            + request.subject().serial());
        }
        Device known = ledger.device(own.subject().serial())
                .orElseThrow(() -> new SQLException("a certificate without a device: " + own.id()));
        return switch (known.state()) {
            case RETIRED, SCRAPPED ->
                refused(RefusalReason.RETIRED, known.serial() + " is " + known.state() + " in the register");
            case DISPUTED -> held(ledger, known);
            case ACTIVE -> renewed(ledger, known, own);
        };
    }

    private Outcome renewed(Ledger ledger, Device known, CertificateRow own) throws SQLException {
        Optional<CertificateRow> live = ledger.live(known.serial(), request.profile());
        if (live.isPresent() && live.get().key().equals(key)) {
            boolean itself = live.get().id() == own.id();
            boolean successor =
                    live.get().replaces().filter(id -> id == own.id()).isPresent();
            if (itself || successor) {
                return switch (live.get().state()) {
                    case INTENT -> making.inFlight().take(live.get(), mine);
                    case LIVE -> new Outcome.Known(live.get());
                    case BEING_REPLACED, REVOKED -> throw new IllegalStateException("not live");
                };
            }
        }
        if (own.state() != CertificateRow.State.LIVE) {
            return refused(RefusalReason.RETIRED, "the certificate that was shown was replaced or revoked");
        }
        return replace(ledger, known, own);
    }

    private Outcome replace(Ledger ledger, Device known, CertificateRow own) throws SQLException {
        OrderState order = ledger.rules()
                .order(known.order())
                .orElseThrow(() -> new SQLException("a device without an order: " + known.serial()));
        Optional<String> wrongKey =
                KeyRule.objection(request.request().publicKey(), order.order().keys());
        if (wrongKey.isPresent()) {
            return refused(RefusalReason.KEY_REFUSED, wrongKey.get());
        }
        if (ledger.barred(key).isPresent() || ledger.byKey(key).isPresent()) {
            return refused(RefusalReason.KEY_REFUSED, "this key is known from elsewhere: a key is certified once");
        }
        Optional<Refused> attestation = AttestationRule.check(ledger, order, request);
        if (attestation.isPresent()) {
            return new Outcome.Answered(attestation.get());
        }
        if (!ledger.setBeingReplaced(own)) {
            throw new SQLException("certificate " + own.id() + " is not live, though it was read as such");
        }
        Ledger.Wish wish = new Ledger.Wish(
                key, making.number(), making.issuer(), "camera " + known.serial(), Optional.of(own.id()));
        CertificateRow intent = ledger.intend(
                        request.subject(),
                        request.profile(),
                        request.request().publicKey().getEncoded(),
                        wish)
                .orElseThrow(() -> new SQLException("the key of " + known.serial() + " was taken meanwhile"));
        return making.inFlight().take(intent, mine);
    }

    private Outcome held(Ledger ledger, Device known) throws SQLException {
        Dispute dispute = ledger.openDispute(known.serial())
                .orElseThrow(
                        () -> new SQLException(known.serial() + " is " + DeviceState.DISPUTED + " without a dispute"));
        return new Outcome.Answered(new Held(
                dispute.id(), known.serial() + " is disputed: nobody gets anything until two operators have decided"));
    }

    private static Outcome refused(RefusalReason reason, String detail) {
        return new Outcome.Answered(new Refused(reason, detail));
    }
}
