package org.camseal.authority.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cmp.PKIBody;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cmp.RevDetails;
import org.bouncycastle.asn1.cmp.RevRepContent;
import org.bouncycastle.asn1.cmp.RevReqContent;
import org.bouncycastle.asn1.crmf.CertTemplateBuilder;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.camseal.authority.status.Revoked;

/** rr and rp (RFC 9483 section 4.2): one certificate, by issuer and serial number, with reason and invalidity date. */
final class RevocationBodies {
    private RevocationBodies() {}

    @SuppressWarnings("JavaUtilDate") // Bouncy Castle takes it so
    static PKIBody request(X509Certificate issuer, Revoked revoked) {
        try {
            ExtensionsGenerator entry = new ExtensionsGenerator();
            entry.addExtension(Extension.reasonCode, false, CRLReason.lookup(revoked.reasonNumber()));
            if (revoked.invalidityDate().isPresent()) {
                Instant since = revoked.invalidityDate().get();
                entry.addExtension(Extension.invalidityDate, false, new ASN1GeneralizedTime(Date.from(since)));
            }
            var template = new CertTemplateBuilder()
                    .setSerialNumber(new ASN1Integer(revoked.certificateSerial()))
                    .setIssuer(X500Name.getInstance(
                            issuer.getSubjectX500Principal().getEncoded()))
                    .build();
            RevDetails details =
                    RevDetails.getInstance(new DERSequence(new ASN1Encodable[] {template, entry.generate()}));
            return new PKIBody(PKIBody.TYPE_REVOCATION_REQ, new RevReqContent(details));
        } catch (IOException e) {
            throw new UncheckedIOException("an extension of a revocation is written to memory", e);
        }
    }

    /** What a body says against the revocation: empty if the certificate is revoked, now or before. */
    static Optional<PKIStatusInfo> refusal(PKIBody answer) {
        if (answer.getType() != PKIBody.TYPE_REVOCATION_REP) {
            throw new IllegalArgumentException("a body of kind " + answer.getType());
        }
        PKIStatusInfo[] all = RevRepContent.getInstance(answer.getContent()).getStatus();
        if (all.length != 1) {
            throw new IllegalArgumentException(all.length + " answers to one request");
        }
        int status = all[0].getStatus().intValue();
        boolean before = all[0].getFailInfo() != null
                && (new PKIFailureInfo(all[0].getFailInfo()).intValue() & PKIFailureInfo.certRevoked) != 0;
        boolean done = status == PKIStatus.GRANTED || status == PKIStatus.GRANTED_WITH_MODS || before;
        return done ? Optional.empty() : Optional.of(all[0]);
    }
}
