package org.camseal.authority.est;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.RefusalReason;
import org.camseal.authority.RegistrationDesk;
import org.camseal.authority.Requester;
import org.camseal.authority.RequesterCheck;
import org.camseal.identity.Attestation;
import org.camseal.identity.AttestationAttribute;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.IdentityException;
import org.camseal.identity.enrolment.CsrAttributes;
import org.camseal.identity.enrolment.EstPath;
import org.camseal.web.RouteHandler;
import org.camseal.web.Routes;
import org.camseal.web.WebRequest;
import org.camseal.web.WebResponse;

/**
 * The EST server (RFC 7030): cacerts, csrattrs, simpleenroll and simplereenroll, for both of a camera's certificates. Whoever asks is known by
 * the client certificate of the TLS connection alone, judged at each request; only cacerts, which is public, is for everybody. What is
 * refused is written to the audit log. Stateless; safe for use by several threads.
 */
public final class EstProtocol {
    private final RegistrationDesk desk;
    private final RequesterCheck requesters;
    private final Supplier<List<X509Certificate>> authorities;

    /**
     * @param desk decides
     * @param requesters says who asks
     * @param authorities the issuing authorities and the device root, for cacerts; asked each time
     */
    public EstProtocol(RegistrationDesk desk, RequesterCheck requesters, Supplier<List<X509Certificate>> authorities) {
        this.desk = desk;
        this.requesters = requesters;
        this.authorities = authorities;
    }

    /** Adds its paths, with and without label. */
    public void add(Routes routes) {
        add(routes, EstPath.BASE, _ -> EstPath.label(CertificateProfile.DEVICE_TLS));
        add(routes, EstPath.BASE + "/{label}", request -> request.parameter("label"));
    }

    private void add(Routes routes, String prefix, Function<WebRequest, String> label) {
        for (EstPath.Operation operation : EstPath.Operation.values()) {
            String path = prefix + "/" + operation.word();
            RouteHandler handler = request -> guarded(() -> answer(operation, label.apply(request), request));
            switch (operation) {
                case CACERTS, CSRATTRS -> routes.get(path, handler);
                case SIMPLEENROLL, SIMPLEREENROLL -> routes.post(path, handler);
            }
        }
        for (String word : List.of("serverkeygen", "fullcmc")) {
            routes.post(prefix + "/" + word, request -> guarded(() -> notServed(word, request)));
        }
    }

    /** An answer that the register may keep from being given. */
    private interface Answering {
        WebResponse answer() throws AuthorityException, InterruptedException;
    }

    private static WebResponse guarded(Answering answering) {
        try {
            return answering.answer();
        } catch (AuthorityException e) {
            return EstAnswer.unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return EstAnswer.stopping();
        }
    }

    private WebResponse answer(EstPath.Operation operation, String label, WebRequest request)
            throws AuthorityException, InterruptedException {
        String protocol = "EST " + operation.word();
        Requester requester = requesters.ofTls(request.clientChain());
        Optional<CertificateProfile> profile = EstPath.profile(label);
        if (profile.isEmpty()) {
            desk.refused(requester, protocol, "there is no such label");
            return EstAnswer.refused(
                    404, "there is no such label", "the labels are device-tls and media-signing", "NO_LABEL");
        }
        Asked asked = new Asked(requester, profile.get(), protocol);
        return switch (operation) {
            case CACERTS -> EstAnswer.certificates(authorities.get());
            case CSRATTRS ->
                switch (requester) {
                    case Requester.Line _, Requester.Device _ -> attributes(asked);
                    case Requester.Stranger stranger -> unknown(stranger, protocol);
                };
            case SIMPLEENROLL ->
                switch (requester) {
                    case Requester.Line _ -> enrol(asked, request);
                    case Requester.Device device -> notFirst(device, protocol);
                    case Requester.Stranger stranger -> unknown(stranger, protocol);
                };
            case SIMPLEREENROLL ->
                switch (requester) {
                    case Requester.Line _, Requester.Device _ -> enrol(asked, request);
                    case Requester.Stranger stranger -> unknown(stranger, protocol);
                };
        };
    }

    /** Who asks for what. */
    private record Asked(Requester requester, CertificateProfile profile, String protocol) {}

    private WebResponse attributes(Asked asked) throws AuthorityException {
        return desk.attestationChallenge(asked.requester(), asked.profile())
                .map(challenge -> EstAnswer.attributes(CsrAttributes.encode(challenge)))
                .orElse(WebResponse.noContent());
    }

    private WebResponse enrol(Asked asked, WebRequest request) throws AuthorityException, InterruptedException {
        String type = request.header("Content-Type").orElse("none");
        if (!type.toLowerCase(Locale.ROOT).startsWith(EstPath.REQUEST_TYPE)) {
            return malformed(
                    asked, 415, "the body is not called a certificate request", "send it as " + EstPath.REQUEST_TYPE);
        }
        try {
            CertificateRequest wish = EstBody.parse(request.body());
            Optional<CertificateSubject> subject = wish.subject();
            if (subject.isEmpty()) {
                return malformed(
                        asked,
                        400,
                        "the request names no camera",
                        "its subject must have exactly one organization (O), common name (CN: the model) and serialNumber");
            }
            Optional<Attestation> attestation = AttestationAttribute.of(wish);
            return EstAnswer.of(desk.enrol(
                    asked.requester(),
                    new EnrolmentRequest(wish, subject.get(), asked.profile(), attestation, asked.protocol())));
        } catch (IdentityException.Malformed e) {
            return malformed(asked, 400, String.valueOf(e.getMessage()), "send PKCS#10 in DER, as base64");
        }
    }

    private WebResponse malformed(Asked asked, int status, String message, String hint) throws AuthorityException {
        desk.refused(asked.requester(), asked.protocol(), message);
        return EstAnswer.refused(status, message, hint, "MALFORMED");
    }

    private WebResponse unknown(Requester.Stranger stranger, String protocol) throws AuthorityException {
        desk.refused(stranger, protocol, "not a line or a camera of ours");
        return EstAnswer.refused(RefusalReason.NOT_AUTHENTICATED, "who asks is not known here: " + stranger.seen());
    }

    /** A camera has its first certificate already; what it may have is another (RFC 7030 section 4.2.2). */
    private WebResponse notFirst(Requester.Device device, String protocol) throws AuthorityException {
        desk.refused(device, protocol, "a camera may only renew");
        return EstAnswer.refused(RefusalReason.OTHER_SUBJECT, "a first certificate is a line's to ask for");
    }

    private WebResponse notServed(String word, WebRequest request) throws AuthorityException {
        desk.refused(requesters.ofTls(request.clientChain()), "EST " + word, "not served");
        return EstAnswer.refused(
                501, word + " is not served here", "keys are made in the camera; ask with simpleenroll", "NOT_SERVED");
    }
}
