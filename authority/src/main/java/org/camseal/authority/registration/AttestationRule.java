package org.camseal.authority.registration;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.camseal.authority.EnrolmentAnswer.Refused;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.ProductionOrder;
import org.camseal.authority.RefusalReason;
import org.camseal.authority.register.Ledger;
import org.camseal.authority.register.OrderState;
import org.camseal.identity.Attestation;
import org.camseal.identity.AttestationAttribute;
import org.camseal.identity.tpm2.TpmAttestationCheck;

/** Whether an order's demand for a genuine element is met: a list of attestation keys, and a statement that is fresh for this order and serial. */
final class AttestationRule {
    private AttestationRule() {}

    /** SHA-256 over a public attestation key as its element describes it: how an order's list names it. */
    static byte[] digest(byte[] attestationKey) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(attestationKey);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static Optional<Refused> check(Ledger ledger, OrderState state, EnrolmentRequest request) throws SQLException {
        String order = state.order().id();
        return switch (state.order().attestation()) {
            case NOT_DEMANDED -> Optional.empty();
            case DEMANDED -> {
                if (request.attestation().isEmpty()) {
                    yield Optional.of(new Refused(
                            RefusalReason.ATTESTATION_MISSING,
                            "order " + order + " demands that the element attests the key"));
                }
                yield judge(ledger, state, request, request.attestation().get());
            }
        };
    }

    private static Optional<Refused> judge(
            Ledger ledger, OrderState state, EnrolmentRequest request, Attestation attestation) throws SQLException {
        String order = state.order().id();
        byte[] key = attestation.attestationKey();
        if (!ledger.isGenuine(order, digest(key))) {
            return wrong("its attestation key is not among the genuine elements of order " + order);
        }
        byte[] nonce =
                AttestationAttribute.nonce(state.challenge(), request.subject().serial());
        return switch (attestation.format()) {
            case TPM2 -> {
                TpmAttestationCheck.Finding finding = TpmAttestationCheck.check(
                        attestation, key, nonce, request.request().publicKey());
                yield finding == TpmAttestationCheck.Finding.GENUINE
                        ? Optional.empty()
                        : wrong("the TPM's statement does not prove this key for this serial and order: " + finding);
            }
        };
    }

    private static Optional<Refused> wrong(String detail) {
        return Optional.of(new Refused(RefusalReason.ATTESTATION_WRONG, detail));
    }

    /** True if an order wants attestations. */
    static boolean demands(OrderState state) {
        return state.order().attestation() == ProductionOrder.Attestations.DEMANDED;
    }

    /** True if an order wants attestations, and is open at that time. */
    static boolean demands(OrderState state, Instant now) {
        return demands(state) && state.order().isOpenAt(now);
    }
}
