package org.camseal.identity;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A request for a certificate (PKCS#10, RFC 2986) whose signature was checked: whoever made it has the private key. What it says about
 * its subject is a wish; the authority decides.
 */
public final class CertificateRequest {
    private static final int MAX_BYTES = 32 * 1024;

    private final PKCS10CertificationRequest pkcs10;
    private final PublicKey publicKey;

    private CertificateRequest(PKCS10CertificationRequest pkcs10, PublicKey publicKey) {
        this.pkcs10 = pkcs10;
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
            return new CertificateRequest(builder.build(new HandleContentSigner(key)), key.publicKey());
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
        if (der.length > MAX_BYTES) {
            throw new IdentityException.Malformed(
                    where + ": a request of " + der.length + " bytes; at most " + MAX_BYTES + " are read");
        }
        try {
            PKCS10CertificationRequest pkcs10 = new PKCS10CertificationRequest(der);
            if (!Arrays.equals(pkcs10.toASN1Structure().getEncoded(ASN1Encoding.DER), der)) {
                throw new IdentityException.Malformed(where + ": the request is not DER");
            }
            PublicKey publicKey = publicKey(pkcs10.getSubjectPublicKeyInfo());
            String weakness = AlgorithmPolicy.weaknessOf(publicKey);
            if (!weakness.isEmpty()) {
                throw new IdentityException.Malformed(where + ": " + weakness);
            }
            if (!signatureMatches(pkcs10, publicKey)) {
                throw new IdentityException.Malformed(where + ": the request is not signed by the key it asks for");
            }
            return new CertificateRequest(pkcs10, publicKey);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IdentityException.Malformed(where + ": not a certificate request", e);
        }
    }

    /** Whom it wishes to be named; empty if it does not say exactly one organization, common name and serialNumber. */
    public Optional<CertificateSubject> subject() {
        return CertificateSubject.of(pkcs10.getSubject());
    }

    /**
     * The one value of an attribute, in DER.
     *
     * @param oid the attribute's type, in dotted numbers
     * @return empty if it has no such attribute
     * @throws IdentityException.Malformed if it has several, or one with several values: nobody could tell which counts
     */
    public Optional<byte[]> attribute(String oid) throws IdentityException.Malformed {
        Attribute[] found = pkcs10.getAttributes(new ASN1ObjectIdentifier(oid));
        if (found.length == 0) {
            return Optional.empty();
        }
        if (found.length > 1 || found[0].getAttrValues().size() != 1) {
            throw new IdentityException.Malformed("the request has attribute " + oid + " more than once");
        }
        try {
            return Optional.of(
                    found[0].getAttrValues().getObjectAt(0).toASN1Primitive().getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IdentityException.Malformed("the request's attribute " + oid + " cannot be read", e);
        }
    }

    /** The request in DER, for authorities elsewhere. */
    public byte[] toDer() {
        try {
            return pkcs10.getEncoded();
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

    private static PublicKey publicKey(SubjectPublicKeyInfo spki) throws GeneralSecurityException, IOException {
        String algorithm = spki.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey) ? "EC" : "RSA";
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki.getEncoded()));
    }

    private static boolean signatureMatches(PKCS10CertificationRequest pkcs10, PublicKey key)
            throws GeneralSecurityException, IOException {
        String oid = pkcs10.getSignatureAlgorithm().getAlgorithm().getId();
        String name = Map.of(
                        X9ObjectIdentifiers.ecdsa_with_SHA256.getId(), "SHA256withECDSA",
                        X9ObjectIdentifiers.ecdsa_with_SHA384.getId(), "SHA384withECDSA",
                        PKCSObjectIdentifiers.sha256WithRSAEncryption.getId(), "SHA256withRSA",
                        PKCSObjectIdentifiers.sha384WithRSAEncryption.getId(), "SHA384withRSA",
                        PKCSObjectIdentifiers.id_RSASSA_PSS.getId(), "RSASSA-PSS")
                .get(oid);
        if (name == null) {
            return false;
        }
        Signature signature = Signature.getInstance(name);
        if (name.equals("RSASSA-PSS")) {
            signature.setParameter(SignatureAlgorithm.PS256.parameters().orElseThrow());
        }
        signature.initVerify(key);
        signature.update(pkcs10.toASN1Structure().getCertificationRequestInfo().getEncoded(ASN1Encoding.DER));
        return signature.verify(pkcs10.getSignature());
    }

    @Override
    public String toString() {
        return "certificate request for " + pkcs10.getSubject() + ", " + publicKey.getAlgorithm();
    }
}
