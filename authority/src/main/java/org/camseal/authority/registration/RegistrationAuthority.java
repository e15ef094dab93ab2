package org.camseal.authority.registration;

import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentAnswer.Issued;
import org.camseal.authority.EnrolmentAnswer.Later;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.RefusalReason;
import org.camseal.authority.RegistrationDesk;
import org.camseal.authority.Requester;
import org.camseal.authority.RevocationAnswer;
import org.camseal.authority.RevocationRequest;
import org.camseal.authority.register.About;
import org.camseal.authority.register.CertificateRow;
import org.camseal.authority.register.DeviceState;
import org.camseal.authority.register.Ledger;
import org.camseal.authority.register.OrderState;
import org.camseal.authority.register.Register;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertificateWriter;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyDigest;
import org.camseal.identity.Pem;

/**
 * Decides about wishes for certificates, has them signed, and writes all of it down: the intent before anything is signed, the certificate
 * with its audit entry and its leaf of the log before anything is answered. For the same serial, profile and key there is one certificate,
 * whoever asks, how often, and whatever died in between. Safe for use by several threads; meant for virtual ones.
 *
 * <p>One in each register: the caller holds {@link org.camseal.authority.register.InstanceLock}.
 */
public final class RegistrationAuthority implements RegistrationDesk {
    /** How long somebody waits for another's signature of the same certificate. */
    private static final Duration OTHERS_PATIENCE = Duration.ofSeconds(30);

    private static final int RECOVERY_TRIES = 6;
    private static final Duration RECOVERY_PAUSE = Duration.ofSeconds(1);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Register register;
    private final Issuing issuing;
    private final Steps steps;
    private final CertificateWriter numbers;
    private final int issuer;
    private final InFlight inFlight = new InFlight();
    private final LineRevocation revocation;

    private RegistrationAuthority(Register register, Issuing issuing, SecureRandom random, Steps steps)
            throws AuthorityException, InterruptedException {
        this.register = register;
        this.issuing = issuing;
        this.steps = steps;
        this.numbers = new CertificateWriter(random);
        this.revocation = new LineRevocation(register, issuing);
        byte[] der = encoded(issuing.authority());
        this.issuer = register.write(ledger -> ledger.issuer(issuing.authority(), der));
    }

    /** Hears of each step towards a certificate as it is done; tests cut the power there. */
    @FunctionalInterface
    public interface Steps {
        void reached(Step step);
    }

    /** The steps, in their order. */
    public enum Step {
        /** The intent is durable. */
        INTENDED,
        /** The certificate is signed, in memory only. */
        SIGNED,
        /** The certificate is durable. */
        ISSUED
    }

    /**
     * Opens it. Nothing is answered before {@link #recover()} was called.
     *
     * @param random numbers the certificates
     */
    public static RegistrationAuthority open(Register register, Issuing issuing, SecureRandom random)
            throws AuthorityException, InterruptedException {
        return open(register, issuing, random, step -> {});
    }

    /** Opens it as {@link #open(Register, Issuing, SecureRandom)}, and says how far each certificate is. */
    public static RegistrationAuthority open(Register register, Issuing issuing, SecureRandom random, Steps steps)
            throws AuthorityException, InterruptedException {
        return new RegistrationAuthority(register, issuing, random, steps);
    }

    /** The certificates between a device's and the root, the issuer's first, without the root. */
    public List<X509Certificate> chain() {
        return issuing.chain();
    }

    @Override
    public EnrolmentAnswer enrol(Requester requester, EnrolmentRequest request)
            throws AuthorityException, InterruptedException {
        InFlight.Ticket mine = new InFlight.Ticket();
        try {
            LineDecision.Making making = new LineDecision.Making(issuer, numbers.newNumber(), inFlight);
            About about = new About(
                    request.subject().serial(), KeyDigest.of(request.request().publicKey()));
            Outcome outcome = register.write(about, ledger -> decide(ledger, requester, request, making, mine));
            EnrolmentAnswer answer = switch (outcome) {
                case Outcome.Answered(EnrolmentAnswer given) -> given;
                case Outcome.Known(CertificateRow row) -> new Issued(chainOf(certificate(row)), true);
                case Outcome.ToSign(CertificateRow intent) -> sign(requester, request, intent);
                case Outcome.Wait(CompletableFuture<EnrolmentAnswer> others) -> await(others);
            };
            mine.answer().complete(answer);
            return answer;
        } catch (AuthorityException | InterruptedException | RuntimeException e) {
            mine.answer().completeExceptionally(e);
            throw e;
        } finally {
            inFlight.giveBack(mine);
        }
    }

    private static Outcome decide(
            Ledger ledger,
            Requester requester,
            EnrolmentRequest request,
            LineDecision.Making making,
            InFlight.Ticket mine)
            throws java.sql.SQLException {
        Outcome outcome = switch (requester) {
            case Requester.Line line -> new LineDecision(line, request, making, mine).decide(ledger);
            case Requester.Device device -> new DeviceDecision(device, request, making, mine).decide(ledger);
            case Requester.Stranger(String seen) ->
                new Outcome.Answered(new EnrolmentAnswer.Refused(
                        RefusalReason.NOT_AUTHENTICATED, "no certificate that is known here was shown: " + seen));
        };
        Answers.audit(ledger, requester, request, outcome);
        return outcome;
    }

    private EnrolmentAnswer sign(Requester requester, EnrolmentRequest request, CertificateRow intent)
            throws AuthorityException, InterruptedException {
        steps.reached(Step.INTENDED);
        try {
            Optional<X509Certificate> signed = issuing.issue(intent, Optional.of(request.request()));
            return signed.isPresent()
                    ? commit(intent, signed.get(), Answers.actor(requester), request.protocol())
                    : new Later(RETRY_AFTER, "it is not signed yet");
        } catch (AuthorityException.Upstream e) {
            return new Later(RETRY_AFTER, String.valueOf(e.getMessage()));
        }
    }

    /** The certificate, its audit entry and its leaf become durable together; then, and only then, it may be given out. */
    private EnrolmentAnswer commit(CertificateRow intent, X509Certificate signed, String actor, String protocol)
            throws AuthorityException, InterruptedException {
        requireFits(intent, signed);
        steps.reached(Step.SIGNED);
        byte[] der = encoded(signed);
        About about = new About(intent.subject().serial(), intent.key());
        DeviceState state = register.write(about, ledger -> Answers.issue(ledger, intent, signed, der, actor, protocol))
                .orElseThrow(() -> new IllegalStateException(
                        "intent " + intent.id() + " was issued by somebody else in this process"));
        steps.reached(Step.ISSUED);
        String serial = intent.subject().serial();
        return switch (state) {
            case ACTIVE -> new Issued(chainOf(signed), false);
            case DISPUTED ->
                new Later(RETRY_AFTER, serial + " was disputed meanwhile; ask again for the dispute's number");
            case RETIRED, SCRAPPED ->
                new EnrolmentAnswer.Refused(RefusalReason.RETIRED, serial + " was retired meanwhile");
        };
    }

    /** Whoever signed: what was decided is what is in it. */
    private static void requireFits(CertificateRow intent, X509Certificate signed) throws AuthorityException {
        boolean fits = KeyDigest.of(signed.getPublicKey()).equals(intent.key())
                && org.camseal.identity.CertificateSubject.of(signed)
                        .filter(intent.subject()::equals)
                        .isPresent();
        if (!fits) {
            throw new AuthorityException.Key(
                    "the certificate that was signed for " + intent.subject().serial()
                            + " has another key or subject than was asked for; it is not given out");
        }
    }

    private static EnrolmentAnswer await(CompletableFuture<EnrolmentAnswer> others)
            throws AuthorityException, InterruptedException {
        try {
            return switch (others.get(OTHERS_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                case Issued(List<X509Certificate> chain, boolean again) -> new Issued(chain, true);
                case EnrolmentAnswer other -> other;
            };
        } catch (ExecutionException | TimeoutException e) {
            return new Later(RETRY_AFTER, "the same certificate is being made for somebody who asked before");
        }
    }

    /**
     * Takes up intents that a crash left without a certificate: each is signed under the number that it was written down with. To be called
     * once, before anybody asks.
     *
     * @return how many there were
     */
    public int recover() throws AuthorityException, InterruptedException {
        int taken = 0;
        long after = 0;
        List<CertificateRow> page = register.intents(after, 500);
        while (!page.isEmpty()) {
            for (CertificateRow intent : page) {
                Optional<X509Certificate> signed = issueAtLast(intent);
                if (signed.isPresent()) {
                    commit(intent, signed.get(), "authority", "recovery");
                    taken++;
                }
                after = intent.id();
            }
            page = register.intents(after, 500);
        }
        return taken;
    }

    /** Waits for an element that is late or not back yet: at a start after a crash its process may just be starting too. */
    private Optional<X509Certificate> issueAtLast(CertificateRow intent)
            throws AuthorityException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return issuing.issue(intent, Optional.<CertificateRequest>empty());
            } catch (AuthorityException.Key e) {
                boolean passes = e.getCause() instanceof IdentityException.Element element
                        && element.fault().isPassing();
                if (!passes || tries == RECOVERY_TRIES) {
                    throw e;
                }
                TimeUnit.NANOSECONDS.sleep(RECOVERY_PAUSE.toNanos());
            }
        }
    }

    @Override
    public Optional<byte[]> attestationChallenge(Requester requester, CertificateProfile profile)
            throws AuthorityException {
        return switch (requester) {
            case Requester.Line line ->
                register.orders().reversed().stream()
                        .filter(state -> state.order().lines().contains(line.id()))
                        .filter(state -> AttestationRule.demands(state, register.now()))
                        .findFirst()
                        .map(OrderState::challenge);
            case Requester.Device(X509Certificate certificate) -> {
                Optional<CertificateRow> own = register.certificate(certificate.getSerialNumber());
                yield own.isEmpty()
                        ? Optional.empty()
                        : challengeFor(own.get().subject().serial());
            }
            case Requester.Stranger _ -> Optional.empty();
        };
    }

    private Optional<byte[]> challengeFor(String serial) throws AuthorityException {
        var device = register.device(serial);
        var order = device.isEmpty()
                ? Optional.<OrderState>empty()
                : register.order(device.get().order());
        return order.filter(AttestationRule::demands).map(OrderState::challenge);
    }

    @Override
    public RevocationAnswer revoke(Requester requester, RevocationRequest request)
            throws AuthorityException, InterruptedException {
        return revocation.revoke(requester, request);
    }

    @Override
    public void refused(Requester requester, String protocol, String detail) throws AuthorityException {
        revocation.refused(requester, protocol, detail);
    }

    private List<X509Certificate> chainOf(X509Certificate leaf) {
        List<X509Certificate> chain = new ArrayList<>(List.of(leaf));
        chain.addAll(issuing.chain());
        return List.copyOf(chain);
    }

    private static X509Certificate certificate(CertificateRow row) throws AuthorityException {
        try {
            return Pem.certificate(row.der().orElseThrow(), "the register");
        } catch (IdentityException e) {
            throw new AuthorityException.Damaged("certificate " + row.id() + " in the register is damaged", e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was made can be written", e);
        }
    }
}
