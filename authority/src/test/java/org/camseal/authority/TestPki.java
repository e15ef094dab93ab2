package org.camseal.authority;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.Purpose;
import org.camseal.identity.Slot;
import org.camseal.identity.SoftwareSecureElement;

/** A small authority for tests whose keys foreign programs get as files: a root and what stands directly under it. */
public final class TestPki {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair rootKeys = ecKeys();
    private final X509Certificate root;

    /** A certificate and its key, for programs that take files. */
    public record Holder(X509Certificate certificate, KeyPair keys) {}

    public TestPki(String organization) throws Exception {
        X500Name name = new X500Name("O=" + organization + ",CN=" + organization + " operations root");
        X509v3CertificateBuilder builder = builder(name, name, rootKeys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(1));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        root = signed(builder, rootKeys.getPrivate());
    }

    public X509Certificate root() {
        return root;
    }

    /** A leaf for that purpose whose key is a file's. */
    public Holder leaf(String subject, Purpose purpose) throws Exception {
        KeyPair keys = ecKeys();
        return new Holder(leaf(subject, purpose, keys.getPublic()), keys);
    }

    /** A server of 127.0.0.1 and localhost whose key is behind a handle. */
    public CertifiedKey server(Path directory) throws Exception {
        KeyHandle key = SoftwareSecureElement.open(directory, RANDOM).generate(Slot.TLS, KeySpec.P256);
        return new CertifiedKey(
                key,
                List.of(leaf("O=Maker,CN=authority,2.5.4.5=authority-1", Purpose.AUTHORITY_SERVER, key.publicKey())));
    }

    /** A leaf for a key. */
    public X509Certificate leaf(String subject, Purpose purpose, PublicKey key) throws Exception {
        X500Name issuer = X500Name.getInstance(root.getSubjectX500Principal().getEncoded());
        X509v3CertificateBuilder builder = builder(issuer, new X500Name(subject), key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(purpose.extendedKeyUsages().stream()
                        .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
                        .toArray(KeyPurposeId[]::new)));
        if (purpose == Purpose.AUTHORITY_SERVER) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
        }
        JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(key));
        builder.addExtension(
                Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(rootKeys.getPublic()));
        return signed(builder, rootKeys.getPrivate());
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key) {
        Instant now = Instant.now();
        return new X509v3CertificateBuilder(
                issuer,
                new BigInteger(100, RANDOM),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(30))),
                subject,
                SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key) throws Exception {
        byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key))
                .getEncoded();
        return Pem.certificate(der, "test");
    }

    public static KeyPair ecKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }
}
