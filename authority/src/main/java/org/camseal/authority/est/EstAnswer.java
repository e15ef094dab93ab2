package org.camseal.authority.est;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.RefusalReason;
import org.camseal.identity.enrolment.Base64Body;
import org.camseal.identity.enrolment.CertsOnly;
import org.camseal.identity.enrolment.EstPath;
import org.camseal.web.WebException;
import org.camseal.web.WebResponse;

/** Answers as EST gives them (docs/spec/enrolment.md section 2.3). Bodies are base64 on one line, with a length. */
final class EstAnswer {
    /** The {@link RefusalReason}, for programs; the body has the words. */
    static final String REASON = "CamSeal-Refusal";

    /** When the register does not answer: soon enough for a line that waits. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private EstAnswer() {}

    static WebResponse of(EnrolmentAnswer answer) {
        return switch (answer) {
            // RFC 7030 section 4.2.3: the certificate that was issued, and no other.
            case EnrolmentAnswer.Issued issued ->
                certificates(List.of(issued.chain().getFirst()));
            case EnrolmentAnswer.Later(Duration retryAfter, String detail) ->
                later(
                        WebResponse.text(detail + "; send the same request again then\n")
                                .withStatus(202),
                        retryAfter);
            case EnrolmentAnswer.Held(String dispute, String detail) ->
                refused(
                        409,
                        "held as dispute " + dispute + ": " + detail,
                        "two operators must release it; send the same request again then",
                        "HELD");
            case EnrolmentAnswer.Refused(RefusalReason reason, String detail) ->
                refused(status(reason), detail, hint(reason), reason.name());
        };
    }

    static WebResponse certificates(List<X509Certificate> certificates) {
        return base64(EstPath.CERTIFICATES_TYPE + "; smime-type=certs-only", CertsOnly.encode(certificates));
    }

    static WebResponse attributes(byte[] der) {
        return base64(EstPath.ATTRIBUTES_TYPE, der);
    }

    static WebResponse refused(RefusalReason reason, String detail) {
        return refused(status(reason), detail, hint(reason), reason.name());
    }

    static WebResponse refused(int status, String message, String hint, String reason) {
        return WebResponse.refusal(new WebException.Refused(status, message, hint))
                .withHeader(REASON, reason);
    }

    /** Nobody can tell now; the message stays here, because it may name places of this machine. */
    static WebResponse unavailable(AuthorityException fault) {
        String what = switch (fault) {
            case AuthorityException.Upstream _ -> "the certificate authority behind this one does not answer";
            case AuthorityException.Store _,
                    AuthorityException.Key _,
                    AuthorityException.Log _,
                    AuthorityException.Malformed _,
                    AuthorityException.NotAllowed _,
                    AuthorityException.Damaged _,
                    AuthorityException.Peer _ -> "the authority cannot answer now";
        };
        return later(refused(503, what, "send the same request again: it is safe to repeat", "UNAVAILABLE"), SOON);
    }

    static WebResponse stopping() {
        return later(
                refused(
                        503,
                        "the authority is stopping",
                        "send the same request again: it is safe to repeat",
                        "UNAVAILABLE"),
                SOON);
    }

    private static WebResponse later(WebResponse answer, Duration wait) {
        return answer.withHeader(
                "Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }

    private static WebResponse base64(String type, byte[] der) {
        return WebResponse.bytes(type, Base64Body.encode(der)).withHeader("Content-Transfer-Encoding", "base64");
    }

    private static int status(RefusalReason reason) {
        return switch (reason) {
            case ATTESTATION_MISSING, KEY_REFUSED -> 400;
            case NOT_AUTHENTICATED,
                    NOT_ORDERED,
                    QUANTITY_USED,
                    OUTSIDE_TIME_WINDOW,
                    ATTESTATION_WRONG,
                    OTHER_SUBJECT,
                    RETIRED -> 403;
        };
    }

    private static String hint(RefusalReason reason) {
        return switch (reason) {
            case NOT_AUTHENTICATED -> "show a line's certificate in the TLS handshake, or, to renew, the camera's own";
            case NOT_ORDERED -> "see that an order for this line covers maker, model and serial";
            case QUANTITY_USED -> "raise the order's quantity, or make another order";
            case OUTSIDE_TIME_WINDOW -> "see the order's time window and the line's clock";
            case ATTESTATION_MISSING -> "ask for csrattrs and put an attestation for that challenge into the request";
            case ATTESTATION_WRONG -> "ask for csrattrs again, and see that the element is one of the order's";
            case OTHER_SUBJECT -> "a camera renews its own certificate only: same subject, same profile";
            case KEY_REFUSED -> "use a key of a kind that the order allows, made in this camera's element";
            case RETIRED -> "this serial gets no certificate any more; an operator can say why";
        };
    }
}
