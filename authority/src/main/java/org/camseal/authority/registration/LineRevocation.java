package org.camseal.authority.registration;

import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.RefusalLog;
import org.camseal.authority.RefusalReason;
import org.camseal.authority.Requester;
import org.camseal.authority.Revocation;
import org.camseal.authority.RevocationAnswer;
import org.camseal.authority.RevocationRequest;
import org.camseal.authority.register.CertificateRow;
import org.camseal.authority.register.DeviceState;
import org.camseal.authority.register.Ledger;
import org.camseal.authority.register.Register;
import org.camseal.authority.status.Revoked;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.KeyDigest;

/**
 * Revocation as the protocols ask for it, and their refusals: a line takes back what was made under its own orders, a camera the certificate
 * that it speaks with.
 */
final class LineRevocation implements Revocation, RefusalLog {
    /** Strangers' refusals that are written one by one in each minute; more are counted together. */
    private static final int STRANGERS_A_MINUTE = 120;

    private final Register register;
    private final Issuing issuing;
    private final Forwarding forwarding;
    private final Knocks knocks = new Knocks();

    LineRevocation(Register register, Issuing issuing) {
        this.register = register;
        this.issuing = issuing;
        this.forwarding = new Forwarding(register, issuing);
    }

    /** How often strangers knocked in this minute; used within the register's one writer only. */
    private static final class Knocks {
        private long minute;
        private int seen;

        /** How many were not written in the last minute; -1 if this one is not to be written either. */
        int next(long now) {
            if (now != minute) {
                int silent = Math.max(0, seen - STRANGERS_A_MINUTE);
                minute = now;
                seen = 1;
                return silent;
            }
            seen++;
            return seen > STRANGERS_A_MINUTE ? -1 : 0;
        }
    }

    @Override
    public RevocationAnswer revoke(Requester requester, RevocationRequest request)
            throws AuthorityException, InterruptedException {
        RevocationAnswer written = register.write(ledger -> {
            RevocationAnswer answer = switch (issuing.revoking()) {
                case Revoking.Here _, Revoking.Elsewhere _ -> decide(ledger, requester, request);
                case Revoking.ByHand _ ->
                    new RevocationAnswer.Unknown(
                            "the authority behind this one revokes what it has signed, and its operators have to be asked");
            };
            String what = request.protocol() + ", number "
                    + request.certificateSerial().toString(16);
            switch (answer) {
                case RevocationAnswer.Done(boolean again) ->
                    ledger.audit(
                            Answers.actor(requester),
                            "revoked",
                            serial(ledger, request),
                            what + ", " + request.reason() + (again ? ", again" : ""));
                case RevocationAnswer.Unknown(String detail) ->
                    ledger.audit(Answers.actor(requester), "refused", "", "revocation: " + detail + "; " + what);
                case RevocationAnswer.Refused(RefusalReason reason, String detail) ->
                    ledger.audit(
                            Answers.actor(requester),
                            "refused",
                            "",
                            "revocation: " + reason + ": " + detail + "; " + what);
            }
            return answer;
        });
        if (written instanceof RevocationAnswer.Done) {
            forwarding.tell(
                    request.certificateSerial()); // if it fails, who asks again finds it done here, and it is told
            // again
        }
        return written;
    }

    private static String serial(Ledger ledger, RevocationRequest request) throws SQLException {
        return ledger.byNumber(request.certificateSerial())
                .map(row -> row.subject().serial())
                .orElse("");
    }

    private static RevocationAnswer decide(Ledger ledger, Requester requester, RevocationRequest request)
            throws SQLException {
        Optional<CertificateRow> row = ledger.byNumber(request.certificateSerial())
                .filter(found -> found.state() != CertificateRow.State.INTENT);
        return switch (requester) {
            case Requester.Stranger(String seen) ->
                new RevocationAnswer.Refused(RefusalReason.NOT_AUTHENTICATED, "nobody known asks: " + seen);
            case Requester.Device device -> {
                boolean own = row.isPresent()
                        && device.certificate().getSerialNumber().equals(request.certificateSerial())
                        && KeyDigest.of(device.certificate().getPublicKey())
                                .equals(row.get().key());
                yield own
                        ? taken(ledger, row.get(), request)
                        : new RevocationAnswer.Unknown("a camera revokes the certificate only that it speaks with");
            }
            case Requester.Line line -> {
                boolean known = ledger.rules()
                        .credential(line.certificate().getSerialNumber(), CertificateProfile.LINE)
                        .filter(credential -> credential.holder().equals(line.id()))
                        .isPresent();
                if (!known) {
                    yield new RevocationAnswer.Refused(
                            RefusalReason.NOT_AUTHENTICATED,
                            "the certificate of line " + line.id() + " does not count");
                }
                yield row.isPresent() && isOfLine(ledger, row.get(), line.id())
                        ? taken(ledger, row.get(), request)
                        : new RevocationAnswer.Unknown(
                                "no certificate of this number under an order of line " + line.id());
            }
        };
    }

    private static boolean isOfLine(Ledger ledger, CertificateRow row, String line) throws SQLException {
        return ledger.device(row.subject().serial())
                .flatMap(device -> ledger.rules().order(device.order()))
                .filter(order -> order.order().lines().contains(line))
                .isPresent();
    }

    private static RevocationAnswer taken(Ledger ledger, CertificateRow row, RevocationRequest request)
            throws SQLException {
        if (row.state() == CertificateRow.State.REVOKED) {
            return new RevocationAnswer.Done(true);
        }
        boolean done = ledger.revoke(
                row,
                new Revoked(
                        row.number(),
                        ledger.now().truncatedTo(ChronoUnit.SECONDS),
                        request.reason(),
                        request.invalidityDate().map(date -> date.truncatedTo(ChronoUnit.SECONDS))));
        if (!done) {
            throw new SQLException("certificate " + row.id() + " was not revoked, though it was live");
        }
        boolean disputed = ledger.device(row.subject().serial())
                .filter(device -> device.state() == DeviceState.DISPUTED || device.state() == DeviceState.SCRAPPED)
                .isPresent();
        if (!disputed) {
            ledger.setState(row.subject().serial(), DeviceState.RETIRED);
        }
        return new RevocationAnswer.Done(false);
    }

    @Override
    public void refused(Requester requester, String protocol, String detail) throws AuthorityException {
        try {
            boolean _ = register.write(ledger -> {
                int silent = requester instanceof Requester.Stranger
                        ? knocks.next(ledger.now().getEpochSecond() / 60)
                        : 0;
                if (silent > 0) {
                    ledger.audit("strangers", "refused", "", silent + " more were refused in a minute before");
                }
                if (silent >= 0) {
                    ledger.audit(Answers.actor(requester), "refused", "", protocol + ": " + detail);
                }
                return true;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AuthorityException.Store("the refusal was perhaps not written: interrupted", e);
        }
    }
}
