package org.camseal.authority.console;

import java.util.List;
import org.camseal.authority.register.Dispute;
import org.jspecify.annotations.Nullable;

/**
 * A dispute as the page has it.
 *
 * @param proposal what one operator wants; null if nobody has voted
 * @param outcome what two decided; null while it is open
 */
record DisputeView(
        String id,
        String serial,
        String openedBy,
        String openedAt,
        String detail,
        @Nullable VoteView proposal,
        @Nullable VoteView outcome,
        List<KeyView> keys) {

    /** What an operator wants. */
    record VoteView(String decision, String operator) {
        static VoteView of(Dispute.Vote vote) {
            return new VoteView(vote.decision().label(), vote.operator());
        }
    }

    /** A key that wants the serial too. */
    record KeyView(String key, String profile, String requester, String at) {}

    static DisputeView of(Dispute dispute) {
        return new DisputeView(
                dispute.id(),
                dispute.serial(),
                dispute.openedBy(),
                dispute.openedAt().toString(),
                dispute.detail(),
                dispute.proposal().map(VoteView::of).orElse(null),
                dispute.outcome().map(VoteView::of).orElse(null),
                dispute.keys().stream()
                        .map(key -> new KeyView(
                                key.key().toString(),
                                key.profile().label(),
                                key.requester(),
                                key.at().toString()))
                        .toList());
    }
}
