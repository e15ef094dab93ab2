package org.camseal.acme;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.identity.IdentityException;
import org.shredzone.acme4j.Account;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeServerException;

/**
 * Asks one authority for certificates. Blocking, bounded in time; for one thread at a time. The port of the question is bound only while it
 * is open.
 */
public final class AcmeClient {
    private static final int MAX_CHAIN = 6;

    private final AcmeAuthority authority;
    private final Path accountKey;
    private final Proving proving;
    private final Limits limits;
    private final SecureRandom random;

    /**
     * How long it may take.
     *
     * @param patience for one order, all of it; and the clock it is measured by
     */
    public record Limits(Duration patience, InstantSource clock) {}

    /**
     * @param accountKey the file of the account's key, which is made if it is not there
     */
    public AcmeClient(AcmeAuthority authority, Path accountKey, Proving proving, Limits limits, SecureRandom random) {
        this.authority = authority;
        this.accountKey = accountKey;
        this.proving = proving;
        this.limits = limits;
        this.random = random;
    }

    /**
     * Who asks.
     *
     * @param email where the authority may write to; empty for none
     * @param agrees true if its terms of service were read and agreed to
     */
    public record Asker(Optional<String> email, boolean agrees) {}

    /**
     * Proves the names and gets a certificate for a request.
     *
     * @param names the DNS names of the request, all of them
     * @param request PKCS#10, DER
     * @throws IssuanceException if the authority gives none; nothing is changed here then, but the account may be there
     * @throws IdentityException if the account's key cannot be read or kept
     */
    public Issued obtain(List<String> names, byte[] request, Asker asker)
            throws IssuanceException, IdentityException, InterruptedException {
        Instant end = limits.clock().instant().plus(limits.patience());
        KeyPair key = AccountKey.readOrMake(accountKey, random);
        try {
            Session session = new Session(authority.directory(), new AuthorityConnection(authority.roots()));
            session.networkSettings().setTimeout(Duration.ofSeconds(20));
            Order order = account(session, key, asker).newOrder().domains(names).create();
            for (Authorization authorization : order.getAuthorizations()) {
                prove(authorization, end);
            }
            require(order.waitUntilReady(left(end)), Status.READY, order.getError());
            order.execute(request);
            require(order.waitForCompletion(left(end)), Status.VALID, order.getError());
            return issued(order.getCertificate());
        } catch (AcmeException e) {
            throw told(e);
        } catch (AcmeLazyLoadingException e) {
            if (e.getCause() instanceof AcmeException cause) {
                throw told(cause);
            }
            throw e;
        }
    }

    private Account account(Session session, KeyPair key, Asker asker) throws AcmeException, IssuanceException {
        AccountBuilder builder = new AccountBuilder().useKeyPair(key);
        Optional<java.net.URI> terms = session.getMetadata().getTermsOfService();
        if (asker.agrees()) {
            builder.agreeToTermsOfService();
        } else if (terms.isPresent()) {
            throw new IssuanceException.Refused(
                    where() + " asks that its terms are agreed to: read " + terms.get() + " and say so", null);
        }
        asker.email().ifPresent(builder::addEmail);
        return builder.create(session);
    }

    private void prove(Authorization authorization, Instant end)
            throws AcmeException, IssuanceException, InterruptedException {
        if (authorization.getStatus() == Status.VALID) {
            return; // proved before, and remembered
        }
        String name = authorization.getIdentifier().getDomain();
        Class<? extends Challenge> kind = switch (proving) {
            case Proving.Http _ -> Http01Challenge.class;
            case Proving.TlsAlpn _ -> TlsAlpn01Challenge.class;
        };
        Challenge challenge = authorization
                .findChallenge(kind)
                .orElseThrow(() -> new IssuanceException.Refused(
                        where() + " does not prove " + name + " by " + proving.label() + "; it offers "
                                + authorization.getChallenges().stream()
                                        .map(Challenge::getType)
                                        .toList(),
                        null));
        try (Answering _ = answering(challenge, name)) {
            challenge.trigger();
            challenge.waitForCompletion(left(end));
            Status status = authorization.waitForCompletion(left(end));
            if (status != Status.VALID) {
                String why = challenge.getError().flatMap(Problem::getDetail).orElse("it is " + status);
                throw new IssuanceException.NotProved(
                        where() + " did not find that " + name + " leads here: " + why + " (see that port "
                                + (proving instanceof Proving.Http ? "80" : "443") + " of " + name + " leads to "
                                + place() + ")",
                        null);
            }
        }
    }

    private Answering answering(Challenge challenge, String name) throws IssuanceException {
        try {
            return switch (challenge) {
                case Http01Challenge http -> new Answering.OverHttp(proving.listen(), http);
                case TlsAlpn01Challenge tls -> new Answering.OverTls(proving.listen(), tls, name, random);
                default -> throw new IllegalStateException("asked for " + proving.label());
            };
        } catch (BindException e) {
            throw new IssuanceException.NotProved(
                    "cannot listen on " + place() + " (" + e.getMessage()
                            + "): end what has the port meanwhile, or listen elsewhere and forward the port",
                    e);
        } catch (IOException e) {
            throw new IssuanceException.NotProved("cannot listen on " + place() + ": " + e.getMessage(), e);
        }
    }

    private Issued issued(Certificate certificate) throws AcmeException, IssuanceException {
        certificate.download();
        List<X509Certificate> chain = certificate.getCertificateChain();
        if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
            throw new IssuanceException.Refused(
                    where() + " gave a chain of " + chain.size() + " certificates; 1 to " + MAX_CHAIN + " are expected",
                    null);
        }
        Instant renewFrom = certificate.hasRenewalInfo()
                ? certificate.getRenewalInfo().getSuggestedWindowStart()
                : Issued.twoThirds(chain.getFirst());
        return new Issued(new ArrayList<>(chain), renewFrom);
    }

    private void require(Status status, Status wanted, Optional<Problem> problem) throws IssuanceException {
        if (status == wanted || status == Status.VALID) {
            return;
        }
        if (status == Status.INVALID) {
            throw new IssuanceException.Refused(
                    where() + " ended the order"
                            + problem.flatMap(Problem::getDetail)
                                    .map(text -> ": " + text)
                                    .orElse(""),
                    null);
        }
        throw late();
    }

    private Duration left(Instant end) throws IssuanceException {
        Duration left = Duration.between(limits.clock().instant(), end);
        if (left.isNegative() || left.isZero()) {
            throw late();
        }
        return left;
    }

    private IssuanceException late() {
        return new IssuanceException.Late(where() + " came to no end within "
                + limits.patience().toSeconds() + " seconds: ask again later, the order may be ready then");
    }

    private IssuanceException told(AcmeException e) {
        return switch (e) {
            case AcmeServerException server ->
                new IssuanceException.Refused(
                        where() + " refuses: " + server.getProblem().getDetail().orElse(server.getMessage()), server);
            case AcmeNetworkException network ->
                new IssuanceException.Unreachable(
                        where() + " cannot be reached: " + reason(network)
                                + " (if it is an authority of your own, give its root)",
                        network);
            default ->
                new IssuanceException.Unreachable(where() + " does not speak ACME as expected: " + e.getMessage(), e);
        };
    }

    private static String reason(Throwable fault) {
        Throwable deepest = fault;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getClass().getSimpleName() + " " + deepest.getMessage();
    }

    private String where() {
        return "the authority at " + authority.directory().getAuthority();
    }

    private String place() {
        return proving.listen().getHostString() + ":" + proving.listen().getPort();
    }
}
