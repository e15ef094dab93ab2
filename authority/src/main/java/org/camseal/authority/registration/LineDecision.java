package org.camseal.authority.registration;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.camseal.authority.EnrolmentAnswer.Held;
import org.camseal.authority.EnrolmentAnswer.Refused;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.RefusalReason;
import org.camseal.authority.Requester;
import org.camseal.authority.register.CertificateRow;
import org.camseal.authority.register.Credential;
import org.camseal.authority.register.Device;
import org.camseal.authority.register.DeviceState;
import org.camseal.authority.register.Dispute;
import org.camseal.authority.register.Ledger;
import org.camseal.authority.register.OrderState;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.KeyDigest;

/** What a line's wish leads to. The rules come in the order in which they cost least to find out; the first that does not hold is the reason. */
final class LineDecision {
    private final Requester.Line line;
    private final EnrolmentRequest request;
    private final Making making;
    private final KeyDigest key;
    private final InFlight.Ticket mine;

    LineDecision(Requester.Line line, EnrolmentRequest request, Making making, InFlight.Ticket mine) {
        this.line = line;
        this.request = request;
        this.making = making;
        this.mine = mine;
        this.key = KeyDigest.of(request.request().publicKey());
    }

    /**
     * How certificates are made.
     *
     * @param issuer the register's number of the authority
     * @param number for the certificate, if there will be one
     */
    record Making(int issuer, BigInteger number, InFlight inFlight) {}

    Outcome decide(Ledger ledger) throws SQLException {
        Optional<Credential> credential =
                ledger.rules().credential(line.certificate().getSerialNumber(), CertificateProfile.LINE);
        if (credential.isEmpty() || !credential.get().holder().equals(line.id())) {
            return refused(
                    RefusalReason.NOT_AUTHENTICATED,
                    "the certificate of line " + line.id() + " was taken back, or is none that was given here");
        }
        if (!isDevice(request.profile())) {
            return refused(RefusalReason.NOT_ORDERED, "orders are for cameras' certificates, not " + request.profile());
        }
        String serial = request.subject().serial();
        Optional<Device> device = ledger.device(serial);
        List<OrderState> orders = ledger.rules().ordersFor(request.subject(), line.id()).stream()
                .filter(state -> device.isEmpty()
                        || state.order().id().equals(device.get().order()))
                .toList();
        if (orders.isEmpty()) {
            return refused(
                    RefusalReason.NOT_ORDERED,
                    "no order names " + request.subject().organization() + ", "
                            + request.subject().name() + ", " + serial + " for line " + line.id());
        }
        if (device.isPresent()) {
            return known(ledger, device.get(), orders.getFirst());
        }
        Optional<OrderState> open = orders.stream()
                .filter(state -> state.order().isOpenAt(ledger.now()))
                .findFirst();
        return open.isEmpty() ? outsideWindow(orders.getFirst(), ledger) : first(ledger, open.get());
    }

    private static boolean isDevice(CertificateProfile profile) {
        return profile == CertificateProfile.DEVICE_TLS || profile == CertificateProfile.MEDIA_SIGNING;
    }

    /** A serial that has something, or had. */
    private Outcome known(Ledger ledger, Device device, OrderState order) throws SQLException {
        Optional<CertificateRow> live = ledger.live(device.serial(), request.profile());
        return switch (device.state()) {
            case RETIRED, SCRAPPED ->
                refused(RefusalReason.RETIRED, device.serial() + " is " + device.state() + " in the register");
            case DISPUTED -> held(ledger, device, live);
            case ACTIVE -> {
                if (live.isPresent()) {
                    yield taken(ledger, device, live.get());
                }
                if (!order.order().isOpenAt(ledger.now())) {
                    yield outsideWindow(order, ledger);
                }
                Optional<Outcome> objection = objection(ledger, order);
                yield objection.isPresent() ? objection.get() : intend(ledger, device);
            }
        };
    }

    private Outcome first(Ledger ledger, OrderState order) throws SQLException {
        Optional<Outcome> objection = objection(ledger, order);
        if (objection.isPresent()) {
            return objection.get();
        }
        String serial = request.subject().serial();
        if (!ledger.addDevice(serial, order.order().id())) {
            return refused(
                    RefusalReason.QUANTITY_USED,
                    "all " + order.order().quantity() + " of order "
                            + order.order().id() + " are used");
        }
        return intend(ledger, new Device(serial, order.order().id(), DeviceState.ACTIVE));
    }

    /** A key that lost a dispute, or is known from elsewhere, makes no dispute: nobody could decide anything new about it. */
    private Optional<Outcome> settled(Ledger ledger) throws SQLException {
        Optional<String> barred = ledger.barred(key);
        if (barred.isPresent()) {
            return Optional.of(refused(RefusalReason.KEY_REFUSED, "this key lost dispute " + barred.get()));
        }
        return ledger.byKey(key).map(this::keyIsKnown);
    }

    private Optional<Outcome> objection(Ledger ledger, OrderState order) throws SQLException {
        Optional<String> wrongKey =
                KeyRule.objection(request.request().publicKey(), order.order().keys());
        if (wrongKey.isPresent()) {
            return Optional.of(refused(RefusalReason.KEY_REFUSED, wrongKey.get()));
        }
        Optional<Outcome> settled = settled(ledger); // the constraints decide; this spares the order's quantity
        if (settled.isPresent()) {
            return settled;
        }
        return AttestationRule.check(ledger, order, request).map(Outcome.Answered::new);
    }

    private Outcome intend(Ledger ledger, Device device) throws SQLException {
        Ledger.Wish wish =
                new Ledger.Wish(key, making.number(), making.issuer(), "line " + line.id(), Optional.empty());
        Optional<CertificateRow> intent = ledger.intend(
                request.subject(),
                request.profile(),
                request.request().publicKey().getEncoded(),
                wish);
        if (intent.isPresent()) {
            return making.inFlight().take(intent.get(), mine);
        }
        Optional<CertificateRow> live = ledger.live(device.serial(), request.profile());
        return live.isPresent()
                ? taken(ledger, device, live.get())
                : keyIsKnown(ledger.byKey(key).orElseThrow());
    }

    /** The serial has a certificate, or an intent: the same key gets the same, another one makes a dispute. */
    private Outcome taken(Ledger ledger, Device device, CertificateRow live) throws SQLException {
        if (!live.key().equals(key)) {
            Optional<Outcome> settled = settled(ledger);
            if (settled.isPresent()) {
                return settled.get();
            }
            Dispute dispute = ledger.openDispute(
                    device.serial(),
                    "line " + line.id(),
                    "a second key wants the " + request.profile().label() + " certificate, by " + request.protocol());
            return join(ledger, dispute);
        }
        if (!live.subject().equals(request.subject())) {
            return refused(
                    RefusalReason.NOT_ORDERED,
                    device.serial() + " was made as " + live.subject().organization() + ", "
                            + live.subject().name());
        }
        return switch (live.state()) {
            case INTENT -> making.inFlight().take(live, mine);
            case LIVE -> new Outcome.Known(live);
            case BEING_REPLACED, REVOKED -> throw new IllegalStateException("not live: " + live.state());
        };
    }

    private Outcome held(Ledger ledger, Device device, Optional<CertificateRow> live) throws SQLException {
        Dispute dispute = ledger.openDispute(device.serial())
                .orElseThrow(() -> new SQLException(device.serial() + " is disputed, but no dispute is open"));
        if (live.isPresent() && live.get().key().equals(key)) {
            return new Outcome.Answered(new Held(
                    dispute.id(),
                    device.serial() + " is disputed: nobody gets anything until two operators have decided"));
        }
        return join(ledger, dispute);
    }

    private Outcome join(Ledger ledger, Dispute dispute) throws SQLException {
        ledger.join(dispute.id(), new Dispute.Challenger(key, request.profile(), "line " + line.id(), ledger.now()));
        return new Outcome.Answered(
                new Held(
                        dispute.id(),
                        dispute.serial()
                                + " has other keys already: two operators have to decide, and nobody gets anything until then"));
    }

    private Outcome keyIsKnown(CertificateRow elsewhere) {
        return refused(
                RefusalReason.KEY_REFUSED,
                "this key has the " + elsewhere.profile().label() + " certificate of "
                        + elsewhere.subject().serial() + " (" + elsewhere.state()
                        + "): a key is certified once, for one camera and one purpose");
    }

    private Outcome outsideWindow(OrderState order, Ledger ledger) {
        return refused(
                RefusalReason.OUTSIDE_TIME_WINDOW,
                "order " + order.order().id() + " is open from " + order.order().opensAt() + " to "
                        + order.order().closesAt() + "; it is " + ledger.now());
    }

    private static Outcome refused(RefusalReason reason, String detail) {
        return new Outcome.Answered(new Refused(reason, detail));
    }
}
