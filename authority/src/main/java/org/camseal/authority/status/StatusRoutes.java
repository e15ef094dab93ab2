package org.camseal.authority.status;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camseal.web.Routes;
import org.camseal.web.WebException;
import org.camseal.web.WebRequest;
import org.camseal.web.WebResponse;

/**
 * Status over HTTP, for everybody: {@code POST /ocsp}, {@code GET /ocsp/REQUEST} with the request in base64 (RFC 6960 appendix A, RFC 5019), and
 * {@code GET /crl/NAME.crl}. What is served is signed, so plain HTTP does.
 */
public final class StatusRoutes {
    private static final String REQUEST_TYPE = "application/ocsp-request";
    private static final String RESPONSE_TYPE = "application/ocsp-response";
    private static final String LIST_TYPE = "application/pkix-crl";
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final OcspResponder responder;
    private final Map<String, RevocationList> lists = new TreeMap<>();
    private final InstantSource clock;

    /**
     * @param lists the revocation lists, each served under the name of its file
     */
    public StatusRoutes(OcspResponder responder, List<RevocationList> lists, InstantSource clock) {
        this.responder = responder;
        this.clock = clock;
        lists.forEach(list -> this.lists.put(String.valueOf(list.file().getFileName()), list));
    }

    /** Adds the paths. */
    public void add(Routes routes) {
        routes.post("/ocsp", this::post);
        routes.opaque("/ocsp/").get("/ocsp/{request}", this::get);
        routes.get("/crl/{name}", this::list);
    }

    private WebResponse post(WebRequest request) throws WebException.Refused {
        if (!request.header("Content-Type").orElse("").equals(REQUEST_TYPE)) {
            throw new WebException.Refused(415, "the body is not an OCSP request", "send it as " + REQUEST_TYPE);
        }
        return WebResponse.bytes(RESPONSE_TYPE, responder.answer(request.body()).der());
    }

    private WebResponse get(WebRequest request) throws WebException.Refused {
        byte[] der;
        try {
            der = Base64.getDecoder().decode(request.parameter("request"));
        } catch (IllegalArgumentException e) {
            throw WebException.Refused.badRequest("what is behind /ocsp/ is not base64");
        }
        OcspAnswer answer = responder.answer(der);
        WebResponse response = WebResponse.bytes(RESPONSE_TYPE, answer.der());
        if (answer.freshness().isEmpty()) {
            return response;
        }
        OcspAnswer.Freshness freshness = answer.freshness().get();
        Instant now = clock.instant();
        long seconds = Math.max(0, Duration.between(now, freshness.nextUpdate()).toSeconds() / 2);
        return response.withHeader("Cache-Control", "max-age=" + seconds + ", public, no-transform, must-revalidate")
                .withHeader("Last-Modified", HTTP_DATE.format(freshness.thisUpdate()))
                .withHeader("Expires", HTTP_DATE.format(freshness.nextUpdate()));
    }

    private WebResponse list(WebRequest request) throws WebException.Refused {
        RevocationList list = lists.get(request.parameter("name"));
        if (list == null) {
            throw WebException.Refused.notFound("there is no revocation list of that name");
        }
        return WebResponse.file(LIST_TYPE, list.file()).withHeader("Cache-Control", "no-cache");
    }
}
