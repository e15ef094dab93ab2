package org.camseal.authority.registration;

import java.util.concurrent.CompletableFuture;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.register.CertificateRow;

/** What one decision in the register led to. */
sealed interface Outcome {
    /** Nothing is left to be done. */
    record Answered(EnrolmentAnswer answer) implements Outcome {}

    /** It is there already. */
    record Known(CertificateRow certificate) implements Outcome {}

    /** The intent is written down, and whoever asked has it signed now. */
    record ToSign(CertificateRow intent) implements Outcome {}

    /** Somebody else has the same intent signed at this moment. */
    record Wait(CompletableFuture<EnrolmentAnswer> others) implements Outcome {}
}
