package org.camseal.authority.cmp;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cmp.CertConfirmContent;
import org.bouncycastle.asn1.cmp.CertStatus;
import org.bouncycastle.asn1.cmp.PKIConfirmContent;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.RegistrationDesk;
import org.camseal.authority.Requester;
import org.camseal.authority.RequesterCheck;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.enrolment.EstPath;
import org.camseal.web.Routes;
import org.camseal.web.WebException;
import org.camseal.web.WebRequest;
import org.camseal.web.WebResponse;

/**
 * The CMP server: one path for each of a camera's certificates. Who asks is known by the signature on the message, not by the connection. Every
 * answer is signed; what is refused is written to the audit log. Transactions live in memory only: what is lost with the process is asked for
 * again, and answered with the same certificate. Safe for use by several threads.
 */
public final class CmpProtocol {
    /** What its paths begin with (RFC 9483 section 6.1); {@code /p/LABEL} follows, or nothing for a camera's TLS certificate. */
    public static final String BASE = "/.well-known/cmp";

    /** The type of all bodies (RFC 9811 section 3.4). */
    public static final String TYPE = "application/pkixcmp";

    private static final int MOST_TRANSACTIONS = 1 << 18;
    private static final int MOST_WAITING = 1024;

    private final RegistrationDesk desk;
    private final CmpSender sender;
    private final Transactions transactions;
    private final Certificates certificates;
    private final Revocations revocations;
    private final Information information;
    private final ReplyWriter writer;

    /**
     * What it works with.
     *
     * @param own its key for signing answers, with the chain under the operations root that it has now; asked for each answer
     * @param random for nonces
     */
    public record Workshop(Supplier<CertifiedKey> own, InstantSource clock, SecureRandom random) {}

    /**
     * @param desk decides
     * @param requesters says who asks
     * @param authorities the issuing authorities and the device root; asked each time
     */
    public CmpProtocol(
            RegistrationDesk desk,
            RequesterCheck requesters,
            Supplier<List<X509Certificate>> authorities,
            Workshop workshop) {
        this.desk = desk;
        this.sender = new CmpSender(requesters, authorities, workshop.clock());
        this.transactions = new Transactions(workshop.clock(), MOST_TRANSACTIONS, MOST_WAITING);
        this.certificates = new Certificates(desk);
        this.revocations = new Revocations(desk, authorities);
        this.information = new Information(desk, authorities);
        this.writer = new ReplyWriter(workshop.own(), workshop.clock(), workshop.random());
    }

    /** Adds its paths, with and without label. */
    public void add(Routes routes) {
        routes.post(BASE, request -> answer(request, Optional.of(CertificateProfile.DEVICE_TLS)));
        routes.post(BASE + "/p/{label}", request -> answer(request, EstPath.profile(request.parameter("label"))));
    }

    private WebResponse answer(WebRequest request, Optional<CertificateProfile> profile) throws WebException {
        try {
            if (profile.isEmpty()) {
                throw refused(404, "there is no such label", "the labels are device-tls and media-signing");
            }
            String type = request.header("Content-Type").orElse("none").toLowerCase(Locale.ROOT);
            if (!type.startsWith(TYPE)) {
                throw refused(415, "the body is not called a CMP message", "send it as " + TYPE);
            }
            CmpMessage message = CmpMessage.parse(request.body());
            return WebResponse.bytes(TYPE, answer(message, profile.get()));
        } catch (CmpMessage.Malformed e) {
            throw refused(400, "the body is no CMP message: " + e.getMessage(), "send a PKIMessage in DER");
        } catch (AuthorityException e) {
            throw new WebException.Refused(
                    503, "the authority cannot answer now", "send the same request again: it is safe to repeat");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WebException.Refused(503, "the authority is stopping", "send the same request again");
        }
    }

    /** What is no CMP message cannot be answered by one (RFC 9811 section 3.7). */
    private WebException.Refused refused(int status, String message, String hint) {
        try {
            desk.refused(new Requester.Stranger("not looked at"), "CMP", message);
            return new WebException.Refused(status, message, hint);
        } catch (AuthorityException e) {
            return new WebException.Refused(503, "the authority cannot answer now", "");
        }
    }

    private byte[] answer(CmpMessage message, CertificateProfile profile)
            throws AuthorityException, InterruptedException {
        Requester requester = new Requester.Stranger("not proved");
        Reply reply;
        byte[] nonce = writer.nonce();
        try {
            requester = sender.check(message);
            reply = answer(message, requester, profile);
            if (reply.next().isPresent()) {
                transactions.await(
                        message.transaction().orElseThrow(),
                        requester,
                        reply.next().get().with(nonce));
            }
        } catch (CmpRefusal refusal) {
            desk.refused(requester, message.body().type().protocol(), refusal.failure() + ": " + refusal.detail());
            reply = Reply.error(refusal);
        }
        return writer.write(message, reply, nonce);
    }

    private Reply answer(CmpMessage message, Requester requester, CertificateProfile profile)
            throws CmpRefusal, AuthorityException, InterruptedException {
        byte[] id = message.transaction().orElseThrow();
        return switch (message.body()) {
            case CmpBody.Message _, CmpBody.Pkcs10 _ -> {
                transactions.begin(id, requester);
                yield certificates.answer(certificates.question(message, requester, profile));
            }
            case CmpBody.Revocation(ASN1Primitive content) -> {
                transactions.begin(id, requester);
                yield revocations.answer(content, requester);
            }
            case CmpBody.General(ASN1Primitive content) -> {
                transactions.begin(id, requester);
                yield information.answer(content, requester, profile);
            }
            case CmpBody.Confirmation(ASN1Primitive content) -> confirmed(message, requester, content);
            case CmpBody.Poll _ -> polled(message, requester);
            case CmpBody.NotServed(BodyType type) ->
                throw new CmpRefusal(Failure.BAD_REQUEST, type + " is not served here");
        };
    }

    private Reply polled(CmpMessage message, Requester requester)
            throws CmpRefusal, AuthorityException, InterruptedException {
        return switch (transactions.take(message.transaction().orElseThrow(), requester)) {
            case Transactions.State.Waiting waiting -> {
                requireNonce(message, waiting.nonce());
                yield certificates.poll(waiting.question());
            }
            case Transactions.State.Confirming _, Transactions.State.Over _ ->
                throw new CmpRefusal(Failure.BAD_REQUEST, "nothing is waited for in this transaction");
        };
    }

    private Reply confirmed(CmpMessage message, Requester requester, ASN1Primitive content)
            throws CmpRefusal, AuthorityException {
        return switch (transactions.take(message.transaction().orElseThrow(), requester)) {
            case Transactions.State.Confirming confirming -> {
                requireNonce(message, confirming.nonce());
                confirm(confirming.hash(), content, requester);
                yield Reply.plain(BodyType.PKICONF, new PKIConfirmContent());
            }
            case Transactions.State.Over _ ->
                throw new CmpRefusal(Failure.CERT_CONFIRMED, "the certificate was confirmed before");
            case Transactions.State.Waiting _ ->
                throw new CmpRefusal(Failure.BAD_REQUEST, "there is no certificate to confirm yet");
        };
    }

    /**
     * A certificate that is not wanted stays what it is, the one for its serial and key: it is given again when it is asked for again. That it
     * was not wanted is written down.
     */
    private void confirm(CertificateHash given, ASN1Primitive content, Requester requester)
            throws CmpRefusal, AuthorityException {
        if (!isWanted(given, content)) {
            desk.refused(requester, BodyType.CERTCONF.protocol(), "the requester does not want the certificate it got");
        }
    }

    /** What a certConf says of the certificate that was given. */
    static boolean isWanted(CertificateHash given, ASN1Primitive content) throws CmpRefusal {
        try {
            CertStatus[] all = CertConfirmContent.getInstance(content).toCertStatusArray();
            if (all.length > 1) {
                throw new CmpRefusal(Failure.BAD_REQUEST, all.length + " confirmations for one certificate");
            }
            if (all.length == 1 && !given.isNamedBy(all[0])) {
                throw new CmpRefusal(Failure.BAD_CERT_ID, "certHash is not that of the certificate that was given");
            }
            return all.length == 1
                    && (all[0].getStatusInfo() == null
                            || all[0].getStatusInfo().getStatus().intValue() == PKIStatus.GRANTED);
        } catch (RuntimeException e) {
            throw new CmpRefusal(Failure.BAD_DATA_FORMAT, "the certConf cannot be read");
        }
    }

    private static void requireNonce(CmpMessage message, byte[] expected) throws CmpRefusal {
        byte[] named = message.recipientNonce().orElse(new byte[0]);
        if (!MessageDigest.isEqual(named, expected)) {
            throw new CmpRefusal(Failure.BAD_RECIPIENT_NONCE, "recipNonce is not the senderNonce of the answer before");
        }
    }
}
