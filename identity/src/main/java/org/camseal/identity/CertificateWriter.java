package org.camseal.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/** Builds certificates of the fixed profiles, signs them through a handle, and checks the signature before giving one out. */
final class CertificateWriter {
    /** RFC 5280 section 4.1.2.2 allows 20; 16 random bytes never meet again. */
    private static final int SERIAL_NUMBER_BYTES = 16;

    private final SecureRandom random;

    CertificateWriter(SecureRandom random) {
        this.random = random;
    }

    /** Who signs: an authority's key, and its certificate. */
    record Issuer(KeyHandle key, X509Certificate certificate) {
        X500Name name() {
            return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        }
    }

    /** From when until when, in whole seconds. */
    record Validity(Instant notBefore, Instant notAfter) {}

    /** A root: over one level of issuing authorities, restricted to no purpose. */
    X509Certificate root(KeyHandle key, X500Name name, Validity validity) throws IdentityException {
        try {
            X509v3CertificateBuilder builder = builder(name, name, key.publicKey(), validity);
            authority(builder, 1);
            keyIds(builder, key.publicKey(), key.publicKey());
            return signed(builder, key);
        } catch (IOException | GeneralSecurityException e) {
            throw cannot(e);
        }
    }

    /** An issuing authority: over end certificates only, and only for those purposes. */
    X509Certificate issuing(Issuer root, PublicKey key, X500Name name, Collection<Purpose> purposes)
            throws IdentityException {
        try {
            Validity same = new Validity(
                    root.certificate().getNotBefore().toInstant(),
                    root.certificate().getNotAfter().toInstant());
            X509v3CertificateBuilder builder = builder(root.name(), name, key, same);
            authority(builder, 0);
            builder.addExtension(Extension.extendedKeyUsage, false, usages(purposes.stream()));
            keyIds(builder, key, root.key().publicKey());
            return signed(builder, root.key());
        } catch (IOException | GeneralSecurityException e) {
            throw cannot(e);
        }
    }

    /** An end certificate of a profile. */
    X509Certificate end(Issuer issuer, PublicKey key, CertificateSubject subject, EndForm form)
            throws IdentityException {
        try {
            CertificateProfile profile = form.profile();
            X509v3CertificateBuilder builder = builder(issuer.name(), subject.toName(), key, form.validity());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(profile.keyUsage()));
            builder.addExtension(Extension.extendedKeyUsage, false, usages(Stream.of(profile.purpose())));
            if (profile.namesDevice()) {
                builder.addExtension(Extension.subjectAlternativeName, false, hardwareModuleName(subject.serial()));
            }
            keyIds(builder, key, issuer.key().publicKey());
            return signed(builder, issuer.key());
        } catch (IOException | GeneralSecurityException e) {
            throw cannot(e);
        }
    }

    /** What kind of end certificate, and from when until when. */
    record EndForm(CertificateProfile profile, Validity validity) {}

    private X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key, Validity validity) {
        byte[] serial = new byte[SERIAL_NUMBER_BYTES];
        random.nextBytes(serial);
        serial[0] |= 0x40; // always of full length
        return new X509v3CertificateBuilder(
                issuer,
                new BigInteger(1, serial),
                Date.from(validity.notBefore()),
                Date.from(validity.notAfter()),
                subject,
                SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    }

    private static void authority(X509v3CertificateBuilder builder, int pathLength) throws IOException {
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    private static void keyIds(X509v3CertificateBuilder builder, PublicKey subject, PublicKey issuer)
            throws IOException, GeneralSecurityException {
        JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(subject));
        builder.addExtension(Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(issuer));
    }

    private static ExtendedKeyUsage usages(Stream<Purpose> purposes) {
        return new ExtendedKeyUsage(purposes.flatMap(purpose -> purpose.extendedKeyUsages().stream())
                .distinct()
                .map(ASN1ObjectIdentifier::new)
                .map(KeyPurposeId::getInstance)
                .toArray(KeyPurposeId[]::new));
    }

    /** RFC 4108 section 5: which piece of hardware it is, by kind and serial number. */
    private static GeneralNames hardwareModuleName(String serial) {
        DERSequence module = new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
            new ASN1ObjectIdentifier(Oids.HARDWARE_TYPE), new DEROctetString(serial.getBytes(StandardCharsets.UTF_8))
        });
        return new GeneralNames(new GeneralName(
                GeneralName.otherName, new OtherName(new ASN1ObjectIdentifier(Oids.HARDWARE_MODULE_NAME), module)));
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyHandle key) throws IdentityException {
        try {
            X509Certificate certificate =
                    Pem.certificate(builder.build(new HandleContentSigner(key)).getEncoded(), "a new certificate");
            certificate.verify(key.publicKey()); // an element that signs wrongly is found here, not in the field
            return certificate;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IdentityException.Element("the " + key.slot().label() + " key did not sign a certificate", e);
        }
    }

    private static IdentityException cannot(Exception cause) {
        return new IdentityException.Malformed("a certificate cannot be built: " + cause.getMessage(), cause);
    }
}
