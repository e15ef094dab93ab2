package org.camseal.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.crmf.CertReqMsg;
import org.bouncycastle.asn1.crmf.CertTemplate;
import org.bouncycastle.asn1.crmf.POPOSigningKey;
import org.bouncycastle.asn1.crmf.ProofOfPossession;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A request for a certificate (PKCS#10, RFC 2986, or the request message of CMP, RFC 4211) whose signature was checked: whoever made it has
 * the private key. What it says about its subject is a wish; the authority decides.
 */
public final class CertificateRequest {
    private static final int MAX_BYTES = 32 * 1024;

    private final RequestForm form;
    private final PublicKey publicKey;

    private CertificateRequest(RequestForm form, PublicKey publicKey) {
        this.form = form;
        this.publicKey = publicKey;
    }

    /**
     * Makes a request for a key, signed by that key through its handle.
     *
     * @throws IdentityException if the element cannot sign
     */
    public static CertificateRequest sign(KeyHandle key, CertificateSubject subject) throws IdentityException {
        return sign(key, subject, Optional.empty());
    }

    /**
     * Makes a request for a key, signed by that key through its handle, with the element's statement about the key in it.
     *
     * @param attestation goes in as {@link AttestationAttribute}
     * @throws IdentityException if the element cannot sign
     */
    public static CertificateRequest sign(KeyHandle key, CertificateSubject subject, Optional<Attestation> attestation)
            throws IdentityException {
        try {
            PKCS10CertificationRequestBuilder builder = new JcaPKCS10CertificationRequestBuilder(
                    new javax.security.auth.x500.X500Principal(subject.toName().getEncoded(ASN1Encoding.DER)),
                    key.publicKey());
            attestation.ifPresent(given -> builder.addAttribute(
                    new ASN1ObjectIdentifier(Oids.ATTESTATION), AttestationAttribute.encoded(given)));
            return new CertificateRequest(
                    new RequestForm.Pkcs10(builder.build(new HandleContentSigner(key))), key.publicKey());
        } catch (IOException | RuntimeException e) {
            throw new IdentityException.Element(
                    "the " + key.slot().label() + " key cannot sign its certificate request", e);
        }
    }

    /**
     * Reads a request from PEM and checks its signature.
     *
     * @param where for messages
     * @throws IdentityException.Malformed if it is no request, is signed with a weak algorithm, or its signature does not match
     */
    public static CertificateRequest parse(String pem, String where) throws IdentityException.Malformed {
        List<Pem.Block> blocks = Pem.blocks(pem, where);
        if (blocks.size() != 1 || !blocks.getFirst().label().equals(Pem.CERTIFICATE_REQUEST)) {
            throw new IdentityException.Malformed(
                    where + ": not one certificate request (-----BEGIN CERTIFICATE REQUEST-----)");
        }
        return parse(blocks.getFirst().der(), where);
    }

    /**
     * Reads a request from DER and checks its signature; nothing may follow it.
     *
     * @param where for messages
     * @throws IdentityException.Malformed if it is no request, is signed with a weak algorithm, or its signature does not match
     */
    public static CertificateRequest parse(byte[] der, String where) throws IdentityException.Malformed {
        requireSize(der, where);
        try {
            PKCS10CertificationRequest pkcs10 = new PKCS10CertificationRequest(der);
            if (!Arrays.equals(pkcs10.toASN1Structure().getEncoded(ASN1Encoding.DER), der)) {
                throw new IdentityException.Malformed(where + ": the request is not DER");
            }
            PublicKey publicKey = strongKey(pkcs10.getSubjectPublicKeyInfo(), where);
            byte[] signed =
                    pkcs10.toASN1Structure().getCertificationRequestInfo().getEncoded(ASN1Encoding.DER);
            if (!SignatureCheck.matches(pkcs10.getSignatureAlgorithm(), publicKey, signed, pkcs10.getSignature())) {
                throw notSigned(where);
            }
            return new CertificateRequest(new RequestForm.Pkcs10(pkcs10), publicKey);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IdentityException.Malformed(where + ": not a certificate request", e);
        }
    }

    /**
     * Reads one request message of CMP (CertReqMsg, RFC 4211 section 3) from DER and checks its proof of possession, which must be a
     * signature by the key itself: another's word for it (raVerified) counts for nothing here.
     *
     * @param where for messages
     * @throws IdentityException.Malformed if it is no such message, names no subject or key, or asks for what only an authority may choose
     * @throws IdentityException.Refused if the proof of possession is missing, of another kind, or does not match
     */
    public static CertificateRequest parseMessage(byte[] der, String where)
            throws IdentityException.Malformed, IdentityException.Refused {
        requireSize(der, where);
        try {
            CertReqMsg message = CertReqMsg.getInstance(der);
            CertTemplate template = message.getCertReq().getCertTemplate();
            if (template.getSubject() == null || template.getPublicKey() == null) {
                throw new IdentityException.Malformed(where + ": the template has no subject or no key");
            }
            if (template.getSerialNumber() != null || template.getSigningAlg() != null) {
                throw new IdentityException.Malformed(
                        where
                                + ": the template sets serialNumber or signingAlg, which RFC 4211 section 5 leaves to the authority");
            }
            PublicKey publicKey = strongKey(template.getPublicKey(), where);
            requirePossession(message, publicKey, where);
            return new CertificateRequest(new RequestForm.Crmf(message), publicKey);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IdentityException.Malformed(where + ": not a certificate request message", e);
        }
    }

    /** RFC 4211 section 4.1: with subject and key in the template, the signature is over the request itself. */
    private static void requirePossession(CertReqMsg message, PublicKey publicKey, String where)
            throws IdentityException.Refused, IOException {
        ProofOfPossession proof = message.getPop();
        if (proof == null || proof.getType() != ProofOfPossession.TYPE_SIGNING_KEY) {
            throw new IdentityException.Refused(
                    where + ": the proof of possession is not a signature by the key that a certificate is asked for");
        }
        POPOSigningKey signature = POPOSigningKey.getInstance(proof.getObject());
        byte[] signed = message.getCertReq().getEncoded(ASN1Encoding.DER);
        if (signature.getPoposkInput() != null
                || !SignatureCheck.matches(
                        signature.getAlgorithmIdentifier(),
                        publicKey,
                        signed,
                        signature.getSignature().getOctets())) {
            throw new IdentityException.Refused(where + ": the proof of possession does not match the key");
        }
    }

    private static void requireSize(byte[] der, String where) throws IdentityException.Malformed {
        if (der.length > MAX_BYTES) {
            throw new IdentityException.Malformed(
                    where + ": a request of " + der.length + " bytes; at most " + MAX_BYTES + " are read");
        }
    }

    private static PublicKey strongKey(SubjectPublicKeyInfo spki, String where)
            throws IdentityException.Malformed, GeneralSecurityException, IOException {
        PublicKey publicKey = SignatureCheck.publicKey(spki);
        String weakness = AlgorithmPolicy.weaknessOf(publicKey);
        if (!weakness.isEmpty()) {
            throw new IdentityException.Malformed(where + ": " + weakness);
        }
        return publicKey;
    }

    private static IdentityException.Malformed notSigned(String where) {
        return new IdentityException.Malformed(where + ": the request is not signed by the key it asks for");
    }

    /** Whom it wishes to be named; empty if it does not say exactly one organization, common name and serialNumber. */
    public Optional<CertificateSubject> subject() {
        return CertificateSubject.of(form.subject());
    }

    /**
     * The one value of an attribute, in DER.
     *
     * @param oid the attribute's type, in dotted numbers
     * @return empty if it has no such attribute
     * @throws IdentityException.Malformed if it has several, or one with several values: nobody could tell which counts
     */
    public Optional<byte[]> attribute(String oid) throws IdentityException.Malformed {
        List<ASN1Encodable> found = form.attribute(new ASN1ObjectIdentifier(oid));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.size() > 1) {
            throw new IdentityException.Malformed("the request has attribute " + oid + " more than once");
        }
        try {
            return Optional.of(found.getFirst().toASN1Primitive().getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IdentityException.Malformed("the request's attribute " + oid + " cannot be read", e);
        }
    }

    /** True if it is PKCS#10, which every authority takes; a CMP request message is for CMP alone. */
    public boolean isPkcs10() {
        return form instanceof RequestForm.Pkcs10;
    }

    /** The request in DER, for authorities elsewhere. */
    public byte[] toDer() {
        try {
            return form.der();
        } catch (IOException e) {
            throw new IllegalStateException("a request that was read can be written", e);
        }
    }

    /** The key that a certificate is asked for. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** The request as PEM, for authorities elsewhere. */
    public String toPem() {
        return Pem.block(Pem.CERTIFICATE_REQUEST, toDer());
    }

    @Override
    public String toString() {
        return "certificate request for " + form.subject() + ", " + publicKey.getAlgorithm();
    }
}
