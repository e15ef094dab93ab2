package org.camseal.authority.console;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.log.TransparencyLog;
import org.camseal.authority.register.AuditEntry;
import org.camseal.authority.register.Decision;
import org.camseal.authority.register.Register;
import org.camseal.authority.registration.OperatorDesk;
import org.camseal.identity.Pem;
import org.camseal.web.Routes;
import org.camseal.web.WebException;
import org.camseal.web.WebRequest;
import org.camseal.web.WebResponse;

/** The console over HTTP: the page under {@code /console/}, and under {@code /console/api/} what it shows. */
public final class ConsoleRoutes {
    /** Where the page is. */
    public static final String PREFIX = "/console/";

    private static final String API = PREFIX + "api/";
    private static final int DISPUTES = 200;
    private static final int AUDIT_PAGE = 100;
    private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
    private static final Pattern NUMBER = Pattern.compile("[0-9a-fA-F]{1,40}");

    private final Register register;
    private final TransparencyLog log;
    private final List<X509Certificate> issuers;
    private final Door door;
    private final OperatorDesk desk;

    /**
     * @param issuers the certificates between a camera's and the root, the issuer's first
     * @param door who may come in
     * @param desk where votes go; it decides whether they count
     */
    public ConsoleRoutes(
            Register register, TransparencyLog log, List<X509Certificate> issuers, Door door, OperatorDesk desk) {
        this.register = register;
        this.log = log;
        this.issuers = List.copyOf(issuers);
        this.door = door;
        this.desk = desk;
    }

    /** What is answered once somebody is in. */
    @FunctionalInterface
    private interface Answer {
        WebResponse answer(WebRequest request, Optional<String> operator)
                throws WebException.Refused, AuthorityException, InterruptedException;
    }

    /** Adds the page and its paths. */
    public void add(Routes routes) {
        routes.get(API + "overview", request -> inside(request, this::overview))
                .get(API + "orders", request -> inside(request, (_, _) -> WebResponse.json(OrderView.all(register))))
                .get(API + "disputes", request -> inside(request, (_, _) -> disputes()))
                .post(API + "disputes/{dispute}/vote", request -> inside(request, this::vote))
                .get(API + "devices/{serial}", request -> inside(request, (asked, _) -> device(asked)))
                .get(API + "numbers/{number}", request -> inside(request, (asked, _) -> number(asked)))
                .get(API + "certificates/{number}/chain", request -> inside(request, (asked, _) -> chain(asked)))
                .get(API + "audit", request -> inside(request, (asked, _) -> audit(asked)))
                .resources(PREFIX, ConsoleRoutes.class, "page");
    }

    private WebResponse inside(WebRequest request, Answer answer) throws WebException.Refused {
        try {
            return answer.answer(request, door.enter(request));
        } catch (AuthorityException.NotAllowed e) {
            throw new WebException.Refused(409, String.valueOf(e.getMessage()), "look at the dispute again");
        } catch (AuthorityException e) {
            throw new WebException.Refused(503, String.valueOf(e.getMessage()), "ask again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WebException.Refused(503, "the authority is ending", "ask again");
        }
    }

    private WebResponse overview(WebRequest request, Optional<String> operator) throws AuthorityException {
        return WebResponse.json(Overview.of(register, log, operator));
    }

    private WebResponse disputes() throws AuthorityException {
        return WebResponse.json(
                register.openDisputes(DISPUTES).stream().map(DisputeView::of).toList());
    }

    /** What the page sends. */
    record Ballot(String decision) {}

    private WebResponse vote(WebRequest request, Optional<String> operator)
            throws WebException.Refused, AuthorityException, InterruptedException {
        String voter = operator.orElseThrow(() -> new WebException.Refused(
                403,
                "only operators vote",
                "open the console with an operator's certificate; the token is for looking"));
        Decision decision = decision(request.json(Ballot.class).decision());
        String dispute = request.parameter("dispute");
        OperatorDesk.VoteOutcome _ = desk.vote(voter, dispute, decision);
        return WebResponse.json(DisputeView.of(register.dispute(dispute)
                .orElseThrow(() -> WebException.Refused.notFound("there is no such dispute"))));
    }

    private static Decision decision(String label) throws WebException.Refused {
        for (Decision decision : Decision.values()) {
            if (decision.label().equals(label)) {
                return decision;
            }
        }
        throw WebException.Refused.badRequest("a decision is one of keep, rework, scrap");
    }

    private WebResponse device(WebRequest request) throws WebException.Refused, AuthorityException {
        String serial = request.parameter("serial");
        if (!SERIAL.matcher(serial).matches()) {
            throw WebException.Refused.badRequest("that is no serial: 1 to 64 letters, digits, . _ : -");
        }
        return WebResponse.json(DeviceView.of(register, log, serial)
                .orElseThrow(() -> WebException.Refused.notFound("the register knows no camera of this serial")));
    }

    private WebResponse number(WebRequest request) throws WebException.Refused, AuthorityException {
        var row = register.certificate(numberIn(request))
                .orElseThrow(() -> WebException.Refused.notFound("no camera's certificate has this number"));
        return WebResponse.json(DeviceView.of(register, log, row.subject().serial())
                .orElseThrow(() -> WebException.Refused.notFound("the register knows no camera of this serial")));
    }

    private WebResponse chain(WebRequest request) throws WebException.Refused, AuthorityException {
        var row = register.certificate(numberIn(request))
                .orElseThrow(() -> WebException.Refused.notFound("no camera's certificate has this number"));
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(CertificateView.certificate(row)
                .orElseThrow(() -> WebException.Refused.notFound("this certificate is not issued yet")));
        chain.addAll(issuers);
        return WebResponse.text(Pem.encode(chain))
                .asDownload(row.subject().serial() + "-" + row.profile().name().toLowerCase(Locale.ROOT) + ".pem");
    }

    private static BigInteger numberIn(WebRequest request) throws WebException.Refused {
        String number = request.parameter("number");
        if (!NUMBER.matcher(number).matches()) {
            throw WebException.Refused.badRequest("that is no certificate's number: up to 40 hexadecimal digits");
        }
        return new BigInteger(number, 16);
    }

    /** The newest last; {@code before} pages back. */
    private WebResponse audit(WebRequest request) throws WebException.Refused, AuthorityException {
        Optional<String> before = request.query("before");
        if (before.isEmpty()) {
            return WebResponse.json(register.audit().last(AUDIT_PAGE).stream()
                    .map(AuditView::of)
                    .toList());
        }
        if (!before.get().matches("[0-9]{1,18}")) {
            throw WebException.Refused.badRequest("before is the number of an entry");
        }
        long to = Long.parseLong(before.get());
        long from = Math.max(1, to - AUDIT_PAGE);
        return WebResponse.json(register.audit().from(from, (int) Math.max(1, Math.min(AUDIT_PAGE, to - from))).stream()
                .filter(entry -> entry.seq() < to)
                .map(AuditView::of)
                .toList());
    }

    /** An audit entry as the page has it. */
    record AuditView(long seq, String at, String actor, String event, String subject, String detail) {
        static AuditView of(AuditEntry entry) {
            return new AuditView(
                    entry.seq(), entry.at().toString(), entry.actor(), entry.event(), entry.subject(), entry.detail());
        }
    }
}
