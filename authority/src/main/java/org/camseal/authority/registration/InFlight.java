package org.camseal.authority.registration;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.register.CertificateRow;

/**
 * Which intents somebody in this process has signed at this moment, so that no two sign the same. Taken within the register's one writing
 * transaction, so nobody can slip in between; an intent that is in the register but not here was left by a crash or a fault.
 */
final class InFlight {
    private static final long NONE = -1;

    private final Map<Long, Ticket> owners = new ConcurrentHashMap<>();

    /** One wish while it is being answered. */
    static final class Ticket {
        private final CompletableFuture<EnrolmentAnswer> answer = new CompletableFuture<>();
        private volatile long intent = NONE;

        /** What it will be told; others may wait for it. */
        CompletableFuture<EnrolmentAnswer> answer() {
            return answer;
        }
    }

    /** Takes an intent, or says who has it. A decision that is repeated finds itself. */
    Outcome take(CertificateRow intent, Ticket mine) {
        giveBack(mine);
        Ticket owner = owners.putIfAbsent(intent.id(), mine);
        if (owner != null) {
            return new Outcome.Wait(owner.answer());
        }
        mine.intent = intent.id();
        return new Outcome.ToSign(intent);
    }

    /** Gives back what that one has, if it has any. */
    void giveBack(Ticket mine) {
        if (mine.intent != NONE) {
            owners.remove(mine.intent, mine);
            mine.intent = NONE;
        }
    }
}
