package org.camseal.factory;

import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.camseal.identity.Attestation;
import org.camseal.identity.AttestationAttribute;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.ElementOpener;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;

/**
 * Gives cameras their identity, step by step ({@link Stage}). Each step may be repeated, and what a step leads to is durable before the next
 * begins; so whoever is killed anywhere and begins again goes on, and ends the same. Safe for use by several threads for different cameras;
 * one process at a time works in a directory (see {@link LineStation}).
 */
public final class Provisioner {
    private final Path directory;
    private final Plan plan;
    private final EstClient est;
    private final Trust trust;
    private final RequestQueue queue;
    private final IssuedChain judge;
    private final AuthorityView authority;

    /**
     * What is made, and how.
     *
     * @param element the address of each camera's element; {@code {serial}} in it stands for the camera's serial
     * @param opener prepares and opens elements
     * @param keys the kind of both keys
     * @param frameTest tests the media key
     */
    public record Plan(Product product, String element, ElementOpener opener, KeySpec keys, FrameTest frameTest) {}

    /**
     * Who the line is, whom it believes, and when.
     *
     * @param line the line's key and certificate
     * @param deviceRoot the only root that cameras' certificates may be under
     */
    public record Trust(CertifiedKey line, X509Certificate deviceRoot, ClockFloor clock) {}

    /**
     * @param directory where cameras and the queue are kept
     */
    public Provisioner(Path directory, Plan plan, EstClient est, Trust trust) throws IdentityException {
        this.directory = directory;
        this.plan = plan;
        this.est = est;
        this.trust = trust;
        this.queue = new RequestQueue(directory.resolve("queue"), trust.line());
        trust.clock().saw(List.of(trust.line().chain().getFirst()));
        this.judge = new IssuedChain(trust.deviceRoot(), trust.clock());
        this.authority = new AuthorityView(est, judge, directory.resolve("challenges.json"), trust.clock());
    }

    /** The requests that wait for an answer. */
    public RequestQueue queue() {
        return queue;
    }

    /**
     * Brings one camera as far as it goes.
     *
     * @param serial of a form that certificates carry
     * @param reached hears of each stage: the camera's serial and the stage's name
     * @throws IllegalArgumentException if the serial is not of that form
     */
    public Outcome provision(String serial, BiConsumer<String, String> reached) throws InterruptedException {
        CertificateSubject subject = plan.product().camera(serial);
        Stage stage = new Stage.Bare();
        try (CameraPlace place = place(serial)) {
            stage = found(place, subject);
            boolean before = stage instanceof Stage.Tested;
            while (true) {
                reached.accept(serial, stage.label());
                if (stage instanceof Stage.Tested(CameraReport report)) {
                    return new Outcome.Ready(report, before);
                }
                stage = next(stage, place, subject);
            }
        } catch (FactoryException e) {
            return notReady(serial, stage, FailureCause.of(e), e);
        } catch (IdentityException e) {
            return notReady(serial, stage, FailureCause.of(e), e);
        }
    }

    private static Outcome notReady(String serial, Stage stage, FailureCause cause, Exception why) {
        return new Outcome.NotReady(serial, stage.label(), cause, String.valueOf(why.getMessage()));
    }

    private CameraPlace place(String serial) {
        return new CameraPlace(
                directory.resolve("cameras").resolve(serial), new CameraPlace.Element(plan.element(), plan.opener()));
    }

    /** How far the camera is, by what is kept. */
    private Stage found(CameraPlace place, CertificateSubject subject) throws IdentityException, FactoryException {
        Optional<CameraReport> report = place.report().filter(known -> isOf(known, subject));
        if (report.isPresent()) {
            return new Stage.Tested(report.get());
        }
        Optional<CameraChains> answer = place.answer();
        if (answer.isPresent() && fits(answer.get(), subject)) {
            return new Stage.Enrolled(answer.get());
        }
        Optional<CameraRequest> request = queue.find(subject.serial());
        if (request.isPresent()) {
            return new Stage.Requested(requireOf(request.get(), subject));
        }
        if (!place.exists()) {
            return new Stage.Bare();
        }
        Identity identity = place.identity();
        if (identity.isEnrolled()) {
            return new Stage.Installed();
        }
        boolean both = identity.element().key(Slot.TLS).isPresent()
                && identity.element().key(Slot.MEDIA).isPresent();
        return both ? new Stage.KeysMade() : new Stage.Bare();
    }

    private static boolean isOf(CameraReport report, CertificateSubject subject) {
        return new CertificateSubject(report.organization(), report.model(), report.serial()).equals(subject);
    }

    private static CameraRequest requireOf(CameraRequest request, CertificateSubject subject)
            throws FactoryException.AlteredRequest {
        if (!request.subject().equals(subject)) {
            throw new FactoryException.AlteredRequest("the kept request of " + subject.serial() + " is for "
                    + request.subject() + ", not for " + subject);
        }
        return request;
    }

    private boolean fits(CameraChains chains, CertificateSubject subject) {
        try {
            for (CameraKey key : CameraKey.values()) {
                List<X509Certificate> chain = chains.of(key);
                judge.check(
                        new IssuedChain.Asked(
                                subject, key.profile(), chain.getFirst().getPublicKey()),
                        chain,
                        List.of());
            }
            return true;
        } catch (FactoryException.WrongAnswer e) {
            return false; // altered on the disk: it is asked for again
        }
    }

    private Stage next(Stage stage, CameraPlace place, CertificateSubject subject)
            throws IdentityException, FactoryException, InterruptedException {
        return switch (stage) {
            case Stage.Bare bare -> makeKeys(place);
            case Stage.KeysMade made -> request(place, subject);
            case Stage.Requested(CameraRequest request) -> enrol(place, request);
            case Stage.Enrolled(CameraChains chains) -> install(place, chains, subject.serial());
            case Stage.Installed installed -> test(place, subject);
            case Stage.Tested tested -> tested;
        };
    }

    private Stage makeKeys(CameraPlace place) throws IdentityException {
        for (CameraKey key : CameraKey.values()) {
            if (place.identity().element().key(key.slot()).isEmpty()) {
                place.identity().element().generate(key.slot(), plan.keys());
            }
        }
        return new Stage.KeysMade();
    }

    private Stage request(CameraPlace place, CertificateSubject subject)
            throws IdentityException, FactoryException, InterruptedException {
        AuthorityView.Challenges challenges = authority.challenges();
        CameraRequest request = new CameraRequest(
                subject.organization(),
                subject.name(),
                subject.serial(),
                trust.clock().instant(),
                request(place, CameraKey.TLS, subject, challenges),
                request(place, CameraKey.MEDIA, subject, challenges));
        queue.keep(request);
        return new Stage.Requested(request);
    }

    private static CameraRequest.OfKey request(
            CameraPlace place, CameraKey key, CertificateSubject subject, AuthorityView.Challenges challenges)
            throws IdentityException {
        String challenge = challenges.of(key);
        Optional<Attestation> attestation = Optional.empty();
        if (!challenge.isEmpty()) {
            byte[] nonce = AttestationAttribute.nonce(HexFormat.of().parseHex(challenge), subject.serial());
            attestation = Optional.of(place.identity().element().attest(key.slot(), nonce));
        }
        CertificateRequest request = CertificateRequest.sign(key(place, key.slot()), subject, attestation);
        return new CameraRequest.OfKey(request.toPem(), challenge);
    }

    private static KeyHandle key(CameraPlace place, Slot slot) throws IdentityException {
        return place.identity()
                .element()
                .key(slot)
                .orElseThrow(() -> new IdentityException.Store(place + ": the " + slot.label() + " key is gone"));
    }

    /** Back to the keys if the authority demands another statement of the element by now. */
    private Stage enrol(CameraPlace place, CameraRequest request)
            throws IdentityException, FactoryException, InterruptedException {
        AuthorityView.Facts facts = authority.now();
        for (CameraKey key : CameraKey.values()) {
            if (!request.of(key).challenge().equals(facts.challenges().of(key))) {
                return new Stage.KeysMade();
            }
        }
        CameraChains chains = new CameraChains(
                enrol(CameraKey.TLS, request, facts.between()), enrol(CameraKey.MEDIA, request, facts.between()));
        place.keepAnswer(chains);
        return new Stage.Enrolled(chains);
    }

    private List<X509Certificate> enrol(CameraKey key, CameraRequest kept, List<X509Certificate> between)
            throws IdentityException, FactoryException, InterruptedException {
        CertificateRequest request =
                CertificateRequest.parse(kept.of(key).pem(), "the kept request of " + kept.serial());
        List<X509Certificate> answer = est.enrol(key.profile(), request.toDer());
        return judge.check(new IssuedChain.Asked(kept.subject(), key.profile(), request.publicKey()), answer, between);
    }

    private Stage install(CameraPlace place, CameraChains chains, String serial) throws IdentityException {
        Identity identity = place.identity();
        for (CameraKey key : CameraKey.values()) {
            identity.install(key.slot(), chains.of(key));
        }
        identity.trust(identity.roots().withDevice(trust.deviceRoot()));
        place.removeAnswer();
        queue.remove(serial);
        return new Stage.Installed();
    }

    private Stage test(CameraPlace place, CertificateSubject subject)
            throws IdentityException, FactoryException, InterruptedException {
        Identity identity = place.identity();
        CertifiedKey tls = identity.tls();
        CertifiedKey media = identity.media();
        requireFit(CameraKey.TLS, tls, subject);
        requireFit(CameraKey.MEDIA, media, subject);
        String handshake = new HandshakeTest(trust.deviceRoot(), trust.clock()).shake(tls, subject.serial());
        String frame = plan.frameTest().signAndCheck(media, trust.deviceRoot());
        CameraReport report = CameraReport.of(
                subject,
                identity,
                new CameraReport.Findings(
                        trust.line().serial(), handshake, frame, trust.clock().instant()));
        place.keepReport(report);
        return new Stage.Tested(report);
    }

    private void requireFit(CameraKey key, CertifiedKey certified, CertificateSubject subject)
            throws FactoryException.WrongAnswer {
        PublicKey own = certified.key().publicKey();
        judge.check(new IssuedChain.Asked(subject, key.profile(), own), certified.chain(), List.of());
    }
}
