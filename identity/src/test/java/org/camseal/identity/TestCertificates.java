package org.camseal.identity;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates of any form, right or wrong: what no authority of ours would issue. */
final class TestCertificates {
    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

    private static final AtomicLong SERIALS = new AtomicLong(1);

    private TestCertificates() {}

    /** A certificate and its key pair. */
    record Holder(X509Certificate certificate, KeyPair keys) {}

    /** What a certificate shall be; each method changes one thing. */
    static final class Form {
        private String subject = "O=Maker,CN=Model X,serialNumber=CS-1";
        private Instant notBefore = BEGIN;
        private Instant notAfter = END;
        private BasicConstraints constraints = new BasicConstraints(false);
        private int keyUsage = KeyUsage.digitalSignature;
        private List<String> purposes = Purpose.DEVICE_TLS.extendedKeyUsages();
        private String signature = "SHA256withECDSA";
        private KeyPair keys = ecKeys("secp256r1");
        private boolean unknownCritical;
        private boolean otherIssuerName;

        static Form device() {
            return new Form();
        }

        static Form authority(String name, int pathLength) {
            Form form = new Form();
            form.subject = "O=Maker,CN=" + name;
            form.constraints = new BasicConstraints(pathLength);
            form.keyUsage = KeyUsage.keyCertSign;
            form.purposes = List.of();
            return form;
        }

        Form subject(String changed) {
            subject = changed;
            return this;
        }

        Form valid(Instant from, Instant until) {
            notBefore = from;
            notAfter = until;
            return this;
        }

        Form notAuthority() {
            constraints = new BasicConstraints(false);
            return this;
        }

        Form keyUsage(int changed) {
            keyUsage = changed;
            return this;
        }

        Form purposes(List<String> changed) {
            purposes = changed;
            return this;
        }

        Form signature(String changed) {
            signature = changed;
            return this;
        }

        Form keys(KeyPair changed) {
            keys = changed;
            return this;
        }

        Form unknownCritical() {
            unknownCritical = true;
            return this;
        }

        Form otherIssuerName() {
            otherIssuerName = true;
            return this;
        }

        Holder selfSigned() throws Exception {
            return build(new X500Name(subject), keys);
        }

        Holder issuedBy(Holder issuer) throws Exception {
            X500Name name = X500Name.getInstance(
                    issuer.certificate().getSubjectX500Principal().getEncoded());
            return build(otherIssuerName ? new X500Name("CN=Somebody else") : name, issuer.keys());
        }

        private Holder build(X500Name issuer, KeyPair signer) throws Exception {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(SERIALS.getAndIncrement()),
                    Date.from(notBefore),
                    Date.from(notAfter),
                    new X500Name(subject),
                    SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
            builder.addExtension(Extension.basicConstraints, true, constraints);
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
            if (!purposes.isEmpty()) {
                List<KeyPurposeId> ids = new ArrayList<>();
                purposes.forEach(oid -> ids.add(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid))));
                builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(ids.toArray(KeyPurposeId[]::new)));
            }
            if (unknownCritical) {
                ASN1Encodable value = new DEROctetString(new byte[] {1});
                builder.addExtension(new ASN1ObjectIdentifier("1.2.3.4"), true, value);
            }
            byte[] der = builder.build(new JcaContentSignerBuilder(signature).build(signer.getPrivate()))
                    .getEncoded();
            return new Holder(Pem.certificate(der, "test"), keys);
        }
    }

    static KeyPair ecKeys(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair rsaKeys(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
