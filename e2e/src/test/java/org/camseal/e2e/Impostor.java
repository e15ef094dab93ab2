package org.camseal.e2e;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.camseal.identity.Pem;
import org.camseal.identity.Purpose;

/** Somebody with a key and any certificate for it: the right one, or one that only looks like it. */
record Impostor(X509Certificate certificate, KeyPair keys, List<X509Certificate> chain) {
    private static final AtomicLong NUMBERS = new AtomicLong(1);
    private static final String ANY_POLICY = "2.5.29.32.0"; // RFC 5280 section 4.2.1.4
    private static final String HERE = "127.0.0.1";
    private static final Duration LONG = Duration.ofDays(300);

    /** Who it is to be. */
    private record Form(X500Name name, X500Name issuer, KeyPair keys, Instant notBefore, Instant notAfter) {
        Form(X500Name name, X500Name issuer, KeyPair keys, Instant notAfter) {
            this(name, issuer, keys, Instant.now().minus(LONG), notAfter);
        }

        X509v3CertificateBuilder builder() {
            return new X509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(NUMBERS.getAndIncrement()),
                    Date.from(notBefore),
                    Date.from(notAfter),
                    name,
                    SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        }

        X509v3CertificateBuilder peer(Purpose purpose, String address) throws Exception {
            X509v3CertificateBuilder builder = builder();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            KeyPurposeId[] purposes = purpose.extendedKeyUsages().stream()
                    .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
                    .toArray(KeyPurposeId[]::new);
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
            GeneralNames at = new GeneralNames(new GeneralName(GeneralName.iPAddress, address));
            builder.addExtension(Extension.subjectAlternativeName, false, at);
            return builder;
        }
    }

    /** A root of its own. */
    static Impostor root(String name) throws Exception {
        KeyPair keys = newKeys();
        X500Name own = new X500Name(name);
        X509v3CertificateBuilder form = new Form(own, own, keys, Instant.now().plus(LONG)).builder();
        form.addExtension(Extension.basicConstraints, true, new BasicConstraints(1));
        form.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        return signed(form, keys, keys, List.of());
    }

    /** A peer for a purpose, at 127.0.0.1, under this root. */
    Impostor peer(String name, Purpose purpose) throws Exception {
        return peer(name, purpose, Instant.now().plus(LONG), HERE);
    }

    /** The same with an end that may have passed, or at another address. */
    Impostor peer(String name, Purpose purpose, Instant notAfter, String address) throws Exception {
        KeyPair own = newKeys();
        Form form = new Form(new X500Name(name), name(), own, notAfter);
        return signed(form.peer(purpose, address), own, keys, List.of(certificate));
    }

    /** The same, signed by nobody but itself. */
    static Impostor selfSigned(String name, Purpose purpose) throws Exception {
        KeyPair own = newKeys();
        Form form = new Form(
                new X500Name(name), new X500Name(name), own, Instant.now().plus(LONG));
        return signed(form.peer(purpose, HERE), own, own, List.of());
    }

    /** An authority below this root, which may state any level. */
    Impostor authority(String name) throws Exception {
        KeyPair own = newKeys();
        X509v3CertificateBuilder form =
                new Form(new X500Name(name), name(), own, Instant.now().plus(LONG)).builder();
        form.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        form.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        form.addExtension(Extension.certificatePolicies, false, policies(ANY_POLICY));
        return signed(form, own, keys, List.of());
    }

    /** A server at 127.0.0.1 for a quarter of a year, as public authorities issue them: with the level's policies, if any. */
    Impostor server(String name, String... levels) throws Exception {
        KeyPair own = newKeys();
        Instant now = Instant.now();
        Form form =
                new Form(new X500Name(name), name(), own, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(90)));
        X509v3CertificateBuilder builder = form.peer(Purpose.AUTHORITY_SERVER, HERE);
        if (levels.length > 0) {
            builder.addExtension(Extension.certificatePolicies, false, policies(levels));
        }
        return signed(builder, own, keys, chain);
    }

    private static CertificatePolicies policies(String... numbers) {
        return new CertificatePolicies(Stream.of(numbers)
                .map(number -> new PolicyInformation(new ASN1ObjectIdentifier(number)))
                .toArray(PolicyInformation[]::new));
    }

    private X500Name name() {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static ContentSigner signer(KeyPair keys) throws Exception {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    }

    private static Impostor signed(
            X509v3CertificateBuilder form, KeyPair own, KeyPair signer, List<X509Certificate> above) throws Exception {
        X509Certificate made = Pem.certificate(form.build(signer(signer)).getEncoded(), "test");
        return new Impostor(
                made, own, Stream.concat(Stream.of(made), above.stream()).toList());
    }

    private static KeyPair newKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** This root's list with one of its certificates on it, in a file. */
    Path revokes(Impostor peer, Path file) throws Exception {
        Instant hourAgo = Instant.now().minus(Duration.ofHours(1));
        X509v2CRLBuilder list = new X509v2CRLBuilder(name(), Date.from(hourAgo));
        list.setNextUpdate(Date.from(Instant.now().plus(LONG)));
        list.addCRLEntry(peer.certificate().getSerialNumber(), Date.from(hourAgo), CRLReason.keyCompromise);
        return Files.write(file, list.build(signer(keys)).getEncoded());
    }

    /** What it serves with; it asks for no certificate. */
    SSLContext context() throws Exception {
        char[] passphrase = "only-for-this-test".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", keys.getPrivate(), passphrase, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, passphrase);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}
