package org.camseal.authority.cmp;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cmp.CMPCertificate;
import org.bouncycastle.asn1.cmp.CertOrEncCert;
import org.bouncycastle.asn1.cmp.CertRepMessage;
import org.bouncycastle.asn1.cmp.CertResponse;
import org.bouncycastle.asn1.cmp.CertifiedKeyPair;
import org.bouncycastle.asn1.cmp.PKIFreeText;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cmp.PollRepContent;
import org.bouncycastle.asn1.crmf.CRMFObjectIdentifiers;
import org.bouncycastle.asn1.crmf.CertId;
import org.bouncycastle.asn1.x509.Certificate;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.Enrolment;
import org.camseal.authority.EnrolmentAnswer;
import org.camseal.authority.EnrolmentRequest;
import org.camseal.authority.RefusalReason;
import org.camseal.authority.Requester;
import org.camseal.identity.AttestationAttribute;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.IdentityException;

/** Answers ir, cr, p10cr and kur, and pollReq where there was no answer yet (RFC 9483 sections 4.1 and 4.4). */
final class Certificates {
    private static final String WHERE = "the request";

    private final Enrolment enrolment;

    Certificates(Enrolment enrolment) {
        this.enrolment = enrolment;
    }

    /**
     * @throws CmpRefusal if the requester may not send that kind of message, or it is malformed
     */
    Transactions.Question question(CmpMessage message, Requester requester, CertificateProfile profile)
            throws CmpRefusal {
        BodyType type = message.body().type();
        requireKind(type, requester);
        try {
            CertificateRequest request = switch (message.body()) {
                case CmpBody.Pkcs10(ASN1Primitive content) ->
                    CertificateRequest.parse(content.getEncoded(ASN1Encoding.DER), WHERE);
                case CmpBody.Message(BodyType _, ASN1Primitive content) -> requestMessage(content, requester);
                case CmpBody.Revocation _,
                        CmpBody.General _,
                        CmpBody.Confirmation _,
                        CmpBody.Poll _,
                        CmpBody.NotServed _ -> throw new IllegalArgumentException(type + " asks for none");
            };
            CertificateSubject subject = request.subject()
                    .orElseThrow(
                            () -> new CmpRefusal(
                                    Failure.BAD_CERT_TEMPLATE,
                                    "the subject must have exactly one organization (O), common name (CN: the model) and serialNumber"));
            return new Transactions.Question(
                    requester,
                    new EnrolmentRequest(request, subject, profile, AttestationAttribute.of(request), type.protocol()),
                    type,
                    message.wantsImplicitConfirm());
        } catch (IdentityException.Malformed e) {
            throw new CmpRefusal(Failure.BAD_CERT_TEMPLATE, String.valueOf(e.getMessage()));
        } catch (IdentityException.Refused e) {
            throw new CmpRefusal(Failure.BAD_POP, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CmpRefusal(Failure.BAD_DATA_FORMAT, "the request cannot be read");
        }
    }

    /** Lines ask for first certificates, cameras for another of their own (docs/spec/enrolment.md section 3.2). */
    private static void requireKind(BodyType type, Requester requester) throws CmpRefusal {
        boolean update = type == BodyType.KUR;
        switch (requester) {
            case Requester.Line line -> {
                if (update) {
                    throw new CmpRefusal(
                            Failure.NOT_AUTHORIZED,
                            "kur is signed with the key of the certificate to be renewed, not by line " + line.id());
                }
            }
            case Requester.Device _ -> {
                if (!update) {
                    throw new CmpRefusal(
                            Failure.NOT_AUTHORIZED, "a camera may renew with kur; all else is a line's to ask");
                }
            }
            case Requester.Stranger _ -> throw new IllegalArgumentException("strangers do not come this far");
        }
    }

    private static CertificateRequest requestMessage(ASN1Primitive content, Requester requester)
            throws CmpRefusal, IdentityException.Malformed, IdentityException.Refused, IOException {
        CertificateRequest request;
        try {
            ASN1Sequence messages = ASN1Sequence.getInstance(content);
            if (messages.size() != 1) {
                throw new CmpRefusal(
                        Failure.BAD_REQUEST, messages.size() + " requests in one message; exactly one is answered");
            }
            request = CertificateRequest.parseMessage(
                    messages.getObjectAt(0).toASN1Primitive().getEncoded(ASN1Encoding.DER), WHERE);
        } catch (RuntimeException e) {
            throw new CmpRefusal(Failure.BAD_DATA_FORMAT, "the request messages cannot be read");
        }
        if (requester instanceof Requester.Device(X509Certificate own)) {
            requireOldCertificate(request, own);
        }
        return request;
    }

    /** RFC 9483 section 4.1.3: what is to be renewed is what the message is signed with. */
    private static void requireOldCertificate(CertificateRequest request, X509Certificate own)
            throws CmpRefusal, IdentityException.Malformed {
        Optional<byte[]> old =
                request.attribute(CRMFObjectIdentifiers.id_regCtrl.branch("5").getId());
        if (old.isEmpty()) {
            return;
        }
        try {
            CertId id = CertId.getInstance(old.get());
            if (id.getSerialNumber().hasValue(own.getSerialNumber())) {
                return;
            }
        } catch (RuntimeException e) {
            throw new CmpRefusal(Failure.BAD_DATA_FORMAT, "oldCertID cannot be read");
        }
        throw new CmpRefusal(Failure.BAD_CERT_ID, "oldCertID is not the certificate that the message is signed with");
    }

    /** Asks the registration authority, and puts its answer into a body. */
    Reply answer(Transactions.Question question) throws AuthorityException, InterruptedException {
        return switch (enrolment.enrol(question.requester(), question.request())) {
            case EnrolmentAnswer.Issued issued -> issued(question, issued.chain());
            case EnrolmentAnswer.Later later -> {
                CertResponse response = new CertResponse(
                        requestId(question), new PKIStatusInfo(PKIStatus.waiting, new PKIFreeText(later.detail())));
                yield new Reply(
                        answerType(question),
                        new CertRepMessage(null, new CertResponse[] {response}),
                        List.of(),
                        false,
                        Optional.of(nonce -> new Transactions.State.Waiting(question, nonce)));
            }
            case EnrolmentAnswer.Held(String dispute, String detail) ->
                rejected(
                        question,
                        new CmpRefusal(
                                Failure.DUPLICATE_CERT_REQ,
                                "held as dispute " + dispute + ": " + detail + "; two operators must release it"));
            case EnrolmentAnswer.Refused(RefusalReason reason, String detail) ->
                rejected(question, new CmpRefusal(CmpRefusal.failure(reason), reason + ": " + detail));
        };
    }

    /** Asks again; says how long to wait if there is still no answer. */
    Reply poll(Transactions.Question question) throws AuthorityException, InterruptedException {
        return switch (enrolment.enrol(question.requester(), question.request())) {
            case EnrolmentAnswer.Later(Duration retryAfter, String detail) ->
                new Reply(
                        BodyType.POLLREP,
                        new PollRepContent(
                                requestId(question),
                                new ASN1Integer(
                                        Math.max(1, retryAfter.plusMillis(999).toSeconds())),
                                new PKIFreeText(detail)),
                        List.of(),
                        false,
                        Optional.of(nonce -> new Transactions.State.Waiting(question, nonce)));
            case EnrolmentAnswer.Issued _, EnrolmentAnswer.Held _, EnrolmentAnswer.Refused _ ->
                // The answer stands; asked again, it comes in the body that it belongs in.
                answer(question);
        };
    }

    private static Reply issued(Transactions.Question question, List<X509Certificate> chain) {
        X509Certificate leaf = chain.getFirst();
        CertResponse response = new CertResponse(
                requestId(question),
                new PKIStatusInfo(PKIStatus.granted),
                new CertifiedKeyPair(new CertOrEncCert(encoded(leaf))),
                null);
        boolean implicit = question.implicitConfirm();
        Optional<Reply.Next> next = implicit
                ? Optional.empty()
                : Optional.of(nonce -> new Transactions.State.Confirming(CertificateHash.of(leaf), nonce));
        return new Reply(
                answerType(question),
                new CertRepMessage(null, new CertResponse[] {response}),
                chain.subList(1, chain.size()),
                implicit,
                next);
    }

    private static Reply rejected(Transactions.Question question, CmpRefusal refusal) {
        CertResponse response = new CertResponse(requestId(question), Reply.rejection(refusal));
        return Reply.plain(answerType(question), new CertRepMessage(null, new CertResponse[] {response}));
    }

    private static BodyType answerType(Transactions.Question question) {
        return switch (question.asked()) {
            case IR -> BodyType.IP;
            case KUR -> BodyType.KUP;
            case CR, P10CR -> BodyType.CP;
            case IP,
                    CP,
                    POPDECC,
                    POPDECR,
                    KUP,
                    KRR,
                    KRP,
                    RR,
                    RP,
                    CCR,
                    CCP,
                    CKUANN,
                    CANN,
                    RANN,
                    CRLANN,
                    PKICONF,
                    NESTED,
                    GENM,
                    GENP,
                    ERROR,
                    CERTCONF,
                    POLLREQ,
                    POLLREP -> throw new IllegalArgumentException(question.asked() + " asks for no certificate");
        };
    }

    /** RFC 9810 section 5.3.4: PKCS#10 has no certReqId, and is answered with -1; others are asked for with 0 (RFC 9483). */
    private static ASN1Integer requestId(Transactions.Question question) {
        return new ASN1Integer(question.asked() == BodyType.P10CR ? BigInteger.ONE.negate() : BigInteger.ZERO);
    }

    static CMPCertificate encoded(X509Certificate certificate) {
        try {
            return new CMPCertificate(Certificate.getInstance(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }
}
