package org.camseal.authority.upstream;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cmp.CMPCertificate;
import org.bouncycastle.asn1.cmp.CertConfirmContent;
import org.bouncycastle.asn1.cmp.CertRepMessage;
import org.bouncycastle.asn1.cmp.CertResponse;
import org.bouncycastle.asn1.cmp.CertStatus;
import org.bouncycastle.asn1.cmp.ErrorMsgContent;
import org.bouncycastle.asn1.cmp.PKIBody;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.crmf.CertReqMessages;
import org.bouncycastle.asn1.crmf.CertReqMsg;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.cmp.CertificateHash;
import org.camseal.authority.status.Revoked;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyDigest;
import org.camseal.identity.Pem;
import org.camseal.web.WebAnswer;
import org.camseal.web.WebClient;
import org.camseal.web.WebException;

/**
 * Asks by CMP (RFC 9483): p10cr, or ir where the camera's own request was one; and rr for what was revoked here. Messages are signed with the certificate that the other
 * authority gave this one; its answers must be signed by the one key that is configured.
 */
public final class CmpUpstream implements Upstream {
    private static final String TYPE = "application/pkixcmp";
    private static final String WHERE = "the answer of the authority behind this one";

    private final WebClient web;
    private final Map<CertificateProfile, String> paths;
    private final UpstreamMessages messages;

    /**
     * @param web whose base is the other authority
     * @param paths where to ask for which certificate, relative to the base
     */
    public CmpUpstream(WebClient web, Map<CertificateProfile, String> paths, UpstreamMessages messages) {
        this.web = web;
        this.paths = Map.copyOf(paths);
        this.messages = messages;
    }

    /** The paths of an authority like this one. */
    public static Map<CertificateProfile, String> usualPaths() {
        return Map.of(
                CertificateProfile.DEVICE_TLS, ".well-known/cmp/p/device-tls",
                CertificateProfile.MEDIA_SIGNING, ".well-known/cmp/p/media-signing");
    }

    @Override
    public List<X509Certificate> ask(CertificateProfile profile, CertificateRequest request)
            throws AuthorityException.Upstream, InterruptedException {
        String path = path(profile);
        PKIBody body = request.isPkcs10()
                ? new PKIBody(PKIBody.TYPE_P10_CERT_REQ, CertificationRequest.getInstance(request.toDer()))
                : new PKIBody(PKIBody.TYPE_INIT_REQ, new CertReqMessages(CertReqMsg.getInstance(request.toDer())));
        UpstreamMessages.Exchange exchange = messages.begin();
        try {
            UpstreamMessages.Answer answer = send(path, exchange, body);
            CertResponse response = response(answer.body());
            List<X509Certificate> certificates = new ArrayList<>();
            certificates.add(certificate(response));
            if (!answer.confirmed()) {
                confirm(path, exchange, response, certificates.getFirst());
            }
            return certificates;
        } catch (IdentityException.Malformed | RuntimeException e) {
            throw new AuthorityException.Upstream(WHERE + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Asks it to revoke one of its certificates (rr). Asked about one that is revoked already, it has nothing more to do.
     *
     * @param profile which path it is asked on
     * @param issuing who issued the certificate
     * @throws AuthorityException.Upstream if it does not answer, or refuses: it may have revoked it all the same; ask again
     */
    void revoke(CertificateProfile profile, X509Certificate issuing, Revoked revoked)
            throws AuthorityException.Upstream, InterruptedException {
        try {
            PKIBody body = RevocationBodies.request(issuing, revoked);
            PKIBody answer = send(path(profile), messages.begin(), body).body();
            if (answer.getType() == PKIBody.TYPE_ERROR) {
                throw refused(
                        "revoke",
                        ErrorMsgContent.getInstance(answer.getContent()).getPKIStatusInfo());
            }
            Optional<PKIStatusInfo> refusal = RevocationBodies.refusal(answer);
            if (refusal.isPresent()) {
                throw refused("revoke", refusal.get());
            }
        } catch (RuntimeException e) {
            throw new AuthorityException.Upstream(WHERE + " cannot be read: " + e.getMessage(), e);
        }
    }

    private String path(CertificateProfile profile) throws AuthorityException.Upstream {
        String path = paths.get(profile);
        if (path == null) {
            throw new AuthorityException.Upstream("the authority behind this one gives no " + profile.label());
        }
        return path;
    }

    private UpstreamMessages.Answer send(String path, UpstreamMessages.Exchange exchange, PKIBody body)
            throws AuthorityException.Upstream, InterruptedException {
        try {
            WebAnswer answer = web.tell(path, TYPE, messages.write(exchange, body));
            if (answer.status() != 200) {
                throw new AuthorityException.Upstream(WHERE + ": status " + answer.status() + ", "
                        + answer.complaint().orElse("no reason"));
            }
            return messages.read(exchange, answer.body());
        } catch (WebException e) {
            throw new AuthorityException.Upstream(e.message(), e);
        }
    }

    private static CertResponse response(PKIBody body) throws AuthorityException.Upstream {
        if (body.getType() == PKIBody.TYPE_ERROR) {
            throw refused(
                    "issue", ErrorMsgContent.getInstance(body.getContent()).getPKIStatusInfo());
        }
        if (body.getType() != PKIBody.TYPE_CERT_REP && body.getType() != PKIBody.TYPE_INIT_REP) {
            throw new AuthorityException.Upstream(WHERE + ": a body of kind " + body.getType());
        }
        CertResponse[] all = CertRepMessage.getInstance(body.getContent()).getResponse();
        if (all.length != 1) {
            throw new AuthorityException.Upstream(WHERE + ": " + all.length + " answers to one request");
        }
        int status = all[0].getStatus().getStatus().intValue();
        if (status != PKIStatus.GRANTED && status != PKIStatus.GRANTED_WITH_MODS) {
            throw refused("issue", all[0].getStatus());
        }
        return all[0];
    }

    private static X509Certificate certificate(CertResponse response)
            throws AuthorityException.Upstream, IdentityException.Malformed {
        CMPCertificate certificate = response.getCertifiedKeyPair() == null
                ? null
                : response.getCertifiedKeyPair().getCertOrEncCert().getCertificate();
        if (certificate == null || !certificate.isX509v3PKCert()) {
            throw new AuthorityException.Upstream(WHERE + ": granted, but without a certificate");
        }
        try {
            return Pem.certificate(certificate.getX509v3PKCert().getEncoded("DER"), WHERE);
        } catch (java.io.IOException e) {
            throw new AuthorityException.Upstream(WHERE + ": a certificate that cannot be read", e);
        }
    }

    /** RFC 9810 section 5.2.8: what is not confirmed implicitly has to be confirmed. */
    private void confirm(
            String path, UpstreamMessages.Exchange exchange, CertResponse response, X509Certificate certificate)
            throws AuthorityException.Upstream, InterruptedException {
        CertStatus status = new CertStatus(CertificateHash.of(certificate).bytes(), response.getCertReqId());
        PKIBody body = new PKIBody(
                PKIBody.TYPE_CERT_CONFIRM,
                CertConfirmContent.getInstance(new DERSequence(new ASN1Encodable[] {status})));
        PKIBody answer = send(path, exchange, body).body();
        if (answer.getType() != PKIBody.TYPE_CONFIRM) {
            throw new AuthorityException.Upstream(WHERE + ": key " + KeyDigest.of(certificate.getPublicKey())
                    + " got a certificate, but its confirmation was answered with kind " + answer.getType());
        }
    }

    private static AuthorityException.Upstream refused(String what, PKIStatusInfo status) {
        String text =
                status.getStatusString() == null || status.getStatusString().size() == 0
                        ? "no reason"
                        : status.getStatusString().getStringAtUTF8(0).getString();
        String shown = text.replaceAll("\\p{Cntrl}", " ");
        return new AuthorityException.Upstream("the authority behind this one did not " + what + " (PKIStatus "
                + status.getStatus() + "): " + shown.substring(0, Math.min(300, shown.length())));
    }
}
