package org.camseal.authority.register;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.KeyDigest;

/**
 * A serial that more than one key wants, or that an operator doubts.
 *
 * @param id its number, for people
 * @param openedBy who made it: the line whose request was the second, or an operator
 * @param detail why
 * @param proposal what one operator wants, and who that is
 * @param outcome what two operators decided; empty while it is open
 * @param keys who wants the serial beside the one that has it
 */
public record Dispute(
        String id,
        String serial,
        String openedBy,
        Instant openedAt,
        String detail,
        Optional<Vote> proposal,
        Optional<Vote> outcome,
        List<Challenger> keys) {
    /** What an operator wants or confirmed. */
    public record Vote(Decision decision, String operator) {}

    /** A key that is not the serial's. */
    public record Challenger(KeyDigest key, CertificateProfile profile, String requester, Instant at) {}

    /** True until two operators have decided. */
    public boolean isOpen() {
        return outcome.isEmpty();
    }
}
