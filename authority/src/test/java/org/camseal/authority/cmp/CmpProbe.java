package org.camseal.authority.cmp;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cmp.CMPObjectIdentifiers;
import org.bouncycastle.asn1.cmp.CertConfirmContent;
import org.bouncycastle.asn1.cmp.CertRepMessage;
import org.bouncycastle.asn1.cmp.ErrorMsgContent;
import org.bouncycastle.asn1.cmp.GenMsgContent;
import org.bouncycastle.asn1.cmp.InfoTypeAndValue;
import org.bouncycastle.asn1.cmp.PKIBody;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIHeader;
import org.bouncycastle.asn1.cmp.PKIHeaderBuilder;
import org.bouncycastle.asn1.cmp.PKIMessage;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cmp.PollReqContent;
import org.bouncycastle.asn1.cmp.RevRepContent;
import org.bouncycastle.asn1.crmf.CertReqMessages;
import org.bouncycastle.asn1.crmf.CertTemplateBuilder;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.crmf.CertificateRequestMessageBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.camseal.authority.TestPki;

/** Messages of every kind, made by Bouncy Castle's builders, and what an answer says. */
final class CmpProbe {
    private static final SecureRandom RANDOM = new SecureRandom();
    static final X500Name AUTHORITY = new X500Name("CN=authority");

    private CmpProbe() {}

    static byte[] fresh() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** A body of that kind that asks for, or about, that camera; with what else it would need to be taken, were it served. */
    static ASN1Encodable body(BodyType type, String serial, TestPki.Holder camera) throws Exception {
        X500Name subject = new X500Name("O=Maker,CN=Model X,2.5.4.5=" + serial);
        ASN1Encodable content = switch (type) {
            case IR, CR, KUR, KRR, CCR ->
                new CertReqMessages(new CertificateRequestMessageBuilder(BigInteger.ZERO)
                        .setSubject(subject)
                        .setPublicKey(SubjectPublicKeyInfo.getInstance(
                                camera.keys().getPublic().getEncoded()))
                        .setProofOfPossessionSigningKeySigner(new JcaContentSignerBuilder("SHA256withECDSA")
                                .build(camera.keys().getPrivate()))
                        .build()
                        .toASN1Structure());
            case P10CR ->
                CertificationRequest.getInstance(new JcaPKCS10CertificationRequestBuilder(
                                subject, camera.keys().getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA")
                                .build(camera.keys().getPrivate()))
                        .getEncoded());
            case RR -> revocation(camera);
            case GENM, GENP -> new GenMsgContent(new InfoTypeAndValue(CMPObjectIdentifiers.id_it_caCerts));
            case CERTCONF -> CertConfirmContent.getInstance(new DERSequence());
            case POLLREQ -> new PollReqContent(new ASN1Integer(0));
            case PKICONF -> DERNull.INSTANCE;
            case IP, CP, POPDECC, POPDECR, KUP, KRP, RP, CCP, CKUANN, CANN, RANN, CRLANN, NESTED, ERROR, POLLREP ->
                new DERSequence();
        };
        return new DERTaggedObject(true, type.tag(), content);
    }

    private static ASN1Encodable revocation(TestPki.Holder camera) throws Exception {
        X500Name issuer = X500Name.getInstance(
                camera.certificate().getIssuerX500Principal().getEncoded());
        return new DERSequence(new DERSequence(new CertTemplateBuilder()
                .setSerialNumber(new ASN1Integer(camera.certificate().getSerialNumber()))
                .setIssuer(issuer)
                .build()));
    }

    /** Protected by that signer's key. */
    static byte[] signed(ASN1Encodable body, TestPki.Holder signer, byte[] transaction, Instant at) throws Exception {
        PKIHeader header = header(signer, transaction, at)
                .setProtectionAlg(new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256))
                .build();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer.keys().getPrivate());
        signature.update(new DERSequence(new ASN1Encodable[] {header, body}).getEncoded("DER"));
        return new DERSequence(new ASN1Encodable[] {
                    header, body, new DERTaggedObject(true, 0, new DERBitString(signature.sign())), certificates(signer)
                })
                .getEncoded("DER");
    }

    /** With that signer's certificate, but without protection. */
    static byte[] unprotected(ASN1Encodable body, TestPki.Holder signer) throws Exception {
        return new DERSequence(new ASN1Encodable[] {
                    header(signer, fresh(), Instant.now()).build(), body, certificates(signer)
                })
                .getEncoded("DER");
    }

    private static PKIHeaderBuilder header(TestPki.Holder signer, byte[] transaction, Instant at) {
        X500Name subject = X500Name.getInstance(
                signer.certificate().getSubjectX500Principal().getEncoded());
        return new PKIHeaderBuilder(2, new GeneralName(subject), new GeneralName(AUTHORITY))
                .setTransactionID(transaction)
                .setSenderNonce(fresh())
                .setMessageTime(new ASN1GeneralizedTime(Date.from(at)));
    }

    private static ASN1Encodable certificates(TestPki.Holder signer) throws Exception {
        return new DERTaggedObject(
                true,
                1,
                new DERSequence(Certificate.getInstance(signer.certificate().getEncoded())));
    }

    /** The failure bits of an answer, in whatever body they are; 0 if it says yes. */
    static int failure(byte[] answer) throws IOException {
        PKIBody body = PKIMessage.getInstance(answer).getBody();
        PKIStatusInfo status = switch (BodyType.of(body.getType()).orElseThrow()) {
            case ERROR -> ErrorMsgContent.getInstance(body.getContent()).getPKIStatusInfo();
            case IP, CP, KUP ->
                CertRepMessage.getInstance(body.getContent()).getResponse()[0].getStatus();
            case RP -> RevRepContent.getInstance(body.getContent()).getStatus()[0];
            case GENP, PKICONF -> new PKIStatusInfo(PKIStatus.granted);
            case IR,
                    CR,
                    P10CR,
                    POPDECC,
                    POPDECR,
                    KUR,
                    KRR,
                    KRP,
                    RR,
                    CCR,
                    CCP,
                    CKUANN,
                    CANN,
                    RANN,
                    CRLANN,
                    NESTED,
                    GENM,
                    CERTCONF,
                    POLLREQ,
                    POLLREP -> throw new IOException("no answer: " + body.getType());
        };
        return status.getFailInfo() == null ? 0 : new PKIFailureInfo(status.getFailInfo()).intValue();
    }
}
