package org.camseal.authority.registration;

import java.security.cert.CRLReason;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.Requester;
import org.camseal.authority.register.CertificateRow;
import org.camseal.authority.register.Device;
import org.camseal.authority.register.DeviceState;
import org.camseal.authority.register.Ledger;
import org.camseal.authority.status.Revoked;

/** How decisions about certificates stand in the register and in its audit log. */
final class Answers {
    private Answers() {}

    /** Who asks, for the audit log. */
    static String actor(Requester requester) {
        return switch (requester) {
            case Requester.Line line -> "line " + line.id();
            case Requester.Device device ->
                "camera certificate " + device.certificate().getSerialNumber().toString(16);
            case Requester.Stranger(String seen) -> "stranger " + seen;
        };
    }

    /** What was decided; that a certificate is issued is written with the certificate. */
    static void audit(Ledger ledger, Requester requester, EnrolmentRequest request, Outcome outcome)
            throws SQLException {
        String serial = request.subject().serial();
        String what = request.profile().label() + " by " + request.protocol();
        switch (outcome) {
            case Outcome.Answered(EnrolmentAnswer.Refused(var reason, String detail)) -> {
                ledger.audit(actor(requester), "refused", serial, reason + ": " + detail + "; " + what);
                ledger.notGiven(order(ledger, request), reason.name());
            }
            case Outcome.Answered(EnrolmentAnswer.Held(String dispute, String detail)) -> {
                ledger.audit(actor(requester), "held", serial, dispute + ": " + detail + "; " + what);
                ledger.notGiven(order(ledger, request), "HELD");
            }
            case Outcome.Answered(EnrolmentAnswer.Later later) -> {
                ledger.audit(actor(requester), "later", serial, later.detail() + "; " + what);
                ledger.notGiven(order(ledger, request), "LATER");
            }
            case Outcome.Known(CertificateRow row) -> again(ledger, requester, row, what);
            case Outcome.Answered(EnrolmentAnswer.Issued _), Outcome.ToSign _, Outcome.Wait _ -> {
                // written with the certificate
            }
        }
    }

    /** Whose yield it is: the camera's order, or the one that it would be of; "" if there is none. */
    private static String order(Ledger ledger, EnrolmentRequest request) throws SQLException {
        Optional<String> known = ledger.device(request.subject().serial()).map(Device::order);
        return known.or(() -> ledger.rules()
                        .newestOrderFor(request.subject())
                        .map(state -> state.order().id()))
                .orElse("");
    }

    private static void again(Ledger ledger, Requester requester, CertificateRow row, String what) throws SQLException {
        ledger.audit(
                actor(requester),
                "given-again",
                row.subject().serial(),
                what + ", number " + row.number().toString(16));
    }

    /**
     * The intent becomes a certificate, and what it replaces is taken back. If the camera was retired while this was signed, the certificate
     * is taken back in the same breath: every signature has its row, and this one is given to nobody.
     *
     * @return what is thought of the camera now; empty if it was no intent any more
     */
    static Optional<DeviceState> issue(
            Ledger ledger, CertificateRow intent, X509Certificate signed, byte[] der, String actor, String protocol)
            throws SQLException {
        if (intent.replaces().isPresent()) {
            CertificateRow old = ledger.byId(intent.replaces().get())
                    .orElseThrow(() -> new SQLException("certificate " + intent.id() + " replaces none"));
            ledger.revoke(
                    old,
                    new Revoked(
                            old.number(),
                            ledger.now().truncatedTo(ChronoUnit.SECONDS),
                            CRLReason.SUPERSEDED,
                            Optional.empty()));
        }
        if (!ledger.issue(intent, signed, der)) {
            return Optional.empty();
        }
        ledger.audit(
                actor,
                "issued",
                intent.subject().serial(),
                intent.profile().label() + " by " + protocol + ", number "
                        + signed.getSerialNumber().toString(16) + ", key " + intent.key());
        DeviceState state = ledger.device(intent.subject().serial())
                .orElseThrow(() -> new SQLException("a certificate without a device: " + intent.id()))
                .state();
        if (state == DeviceState.RETIRED || state == DeviceState.SCRAPPED) {
            OperatorDesk.revokeAll(
                    ledger, intent.subject().serial(), CRLReason.CESSATION_OF_OPERATION, Optional.empty());
        }
        return Optional.of(state);
    }
}
