package org.camseal.factory;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.IdentityException;
import org.camseal.identity.enrolment.Base64Body;
import org.camseal.identity.enrolment.CertsOnly;
import org.camseal.identity.enrolment.CsrAttributes;
import org.camseal.identity.enrolment.EstPath;
import org.camseal.web.WebAnswer;
import org.camseal.web.WebClient;
import org.camseal.web.WebException;

/**
 * Asks an authority for certificates by EST (RFC 7030, RFC 8951). It tries again where no answer came, because the authority gives the same
 * certificate for the same request; it waits as the authority asks, within bounds. What it gets is not checked here: see
 * {@link IssuedChain}. Safe for use by several threads.
 *
 * <p>Once nobody answers any more, all requests of the next seconds fail at once, so that a station with a thousand cameras does not wait a
 * thousand times.
 */
public final class EstClient {
    private final WebClient web;
    private final Patience patience;
    private final Pace pace;
    private volatile Instant downUntil = Instant.MIN;

    /** What waiting needs: a clock that is only compared with itself, chance, and the waiting itself. */
    public record Pace(InstantSource clock, RandomGenerator random, Pause pause) {}

    /**
     * @param web whose base is the authority's address, whose TLS context judges the authority and shows the line's certificate
     */
    public EstClient(WebClient web, Patience patience, Pace pace) {
        this.web = web;
        this.patience = patience;
        this.pace = pace;
    }

    /** The authority's own certificates (cacerts), in no order; unchecked. */
    public List<X509Certificate> authorities() throws FactoryException, InterruptedException {
        return certificates(ask(new Question.Get(EstPath.Operation.CACERTS, CertificateProfile.DEVICE_TLS)));
    }

    /** The challenge that elements must answer in a request (csrattrs); empty if the authority demands none. */
    public Optional<byte[]> challenge(CertificateProfile profile) throws FactoryException, InterruptedException {
        WebAnswer answer = ask(new Question.Get(EstPath.Operation.CSRATTRS, profile));
        if (answer.status() != 200 || answer.body().length == 0) {
            return Optional.empty();
        }
        try {
            String where = "what the authority wants in requests";
            return CsrAttributes.challenge(decoded(answer, where), where);
        } catch (IdentityException.Malformed e) {
            throw new FactoryException.WrongAnswer(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Asks for a certificate (simpleenroll).
     *
     * @param request PKCS#10 in DER
     * @return the certificates of the answer, in no order; unchecked
     */
    public List<X509Certificate> enrol(CertificateProfile profile, byte[] request)
            throws FactoryException, InterruptedException {
        return certificates(ask(new Question.Enrol(profile, request)));
    }

    /** One thing to ask for. */
    private sealed interface Question {
        CertificateProfile profile();

        EstPath.Operation operation();

        record Get(EstPath.Operation operation, CertificateProfile profile) implements Question {}

        final class Enrol implements Question {
            private final CertificateProfile profile;
            private final byte[] request;

            Enrol(CertificateProfile profile, byte[] request) {
                this.profile = profile;
                this.request = request;
            }

            @Override
            public CertificateProfile profile() {
                return profile;
            }

            @Override
            public EstPath.Operation operation() {
                return EstPath.Operation.SIMPLEENROLL;
            }
        }

        default String path() {
            return EstPath.of(profile(), operation()).substring(1);
        }
    }

    /** What to do after one try. */
    private sealed interface Try {
        record Answered(WebAnswer answer) implements Try {}

        /** Wait so long and try again; {@code asked} if the authority said so, which is no failure. */
        record Again(Duration pause, boolean asked, FactoryException why) implements Try {}
    }

    private WebAnswer ask(Question question) throws FactoryException, InterruptedException {
        requireNotDown();
        Duration left = patience.total();
        int failures = 0;
        while (true) {
            switch (once(question, failures + 1)) {
                case Try.Answered(WebAnswer answer) -> {
                    downUntil = Instant.MIN;
                    return answer;
                }
                case Try.Again(Duration pause, boolean asked, FactoryException why) -> {
                    failures += asked ? 0 : 1;
                    left = left.minus(pause);
                    if (failures >= patience.attempts() || left.isNegative()) {
                        throw given(why);
                    }
                    pace.pause().last(pause);
                }
            }
        }
    }

    private Try once(Question question, int failure) throws FactoryException, InterruptedException {
        try {
            WebAnswer answer = switch (question) {
                case Question.Get get -> web.ask(get.path());
                case Question.Enrol enrol ->
                    web.tell(enrol.path(), EstPath.REQUEST_TYPE, Base64Body.encode(enrol.request));
            };
            if (answer.status() == 404 && question.operation() == EstPath.Operation.CSRATTRS) {
                return new Try.Answered(answer); // RFC 7030 section 4.5.2: it has no wishes
            }
            return judged(answer, failure);
        } catch (WebException e) {
            return new Try.Again(
                    patience.after(failure, pace.random()),
                    false,
                    new FactoryException.LinkDown("the authority does not answer: " + e.message(), e));
        }
    }

    /** RFC 7030 section 4.2.3: 202 is patience; 409 is ours for a dispute (docs/spec/enrolment.md). */
    private Try judged(WebAnswer answer, int failure) throws FactoryException {
        int status = answer.status();
        String said = answer.complaint().orElse("status " + status)
                + answer.header("CamSeal-Refusal")
                        .map(reason -> " (" + reason + ")")
                        .orElse("");
        return switch (status) {
            case 200, 204 -> new Try.Answered(answer);
            case 202 ->
                new Try.Again(
                        RetryAfter.parse(
                                        answer.header("Retry-After"),
                                        pace.clock().instant())
                                .map(patience::granted)
                                .orElseGet(() -> patience.after(failure, pace.random())),
                        true,
                        new FactoryException.Busy("the authority asks to come back later: " + said));
            case 429, 500, 502, 503, 504 ->
                new Try.Again(
                        RetryAfter.parse(
                                        answer.header("Retry-After"),
                                        pace.clock().instant())
                                .map(patience::granted)
                                .orElseGet(() -> patience.after(failure, pace.random())),
                        false,
                        new FactoryException.Busy("the authority cannot answer now: " + said));
            case 409 -> throw new FactoryException.Held("the authority holds it: " + said);
            default -> throw new FactoryException.Refused("the authority refused: " + said);
        };
    }

    private FactoryException given(FactoryException why) {
        if (why instanceof FactoryException.LinkDown) {
            downUntil = pace.clock().instant().plus(patience.longest());
        }
        return why;
    }

    private void requireNotDown() throws FactoryException.LinkDown {
        if (pace.clock().instant().isBefore(downUntil)) {
            throw new FactoryException.LinkDown("the authority did not answer a moment ago", null);
        }
    }

    private static List<X509Certificate> certificates(WebAnswer answer) throws FactoryException.WrongAnswer {
        String where = "the authority's answer";
        try {
            return CertsOnly.decode(decoded(answer, where), where);
        } catch (IdentityException.Malformed e) {
            throw new FactoryException.WrongAnswer(String.valueOf(e.getMessage()), e);
        }
    }

    private static byte[] decoded(WebAnswer answer, String where) throws FactoryException.WrongAnswer {
        try {
            return Base64Body.decode(answer.body(), where);
        } catch (IdentityException.Malformed e) {
            throw new FactoryException.WrongAnswer(String.valueOf(e.getMessage()), e);
        }
    }
}
