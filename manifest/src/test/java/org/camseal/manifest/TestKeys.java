package org.camseal.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.operator.ContentSigner;

/** Keys made from a seed, which protect nothing, and deterministic signatures (RFC 6979), so that test data is always the same. */
final class TestKeys {
    static final Instant NOT_BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant NOT_AFTER = Instant.parse("2046-01-01T00:00:00Z");

    private TestKeys() {}

    /** An EC key whose private number is the hash of its name. */
    record EcKey(String curve, BigInteger d) {
        static EcKey named(String name) {
            return new EcKey("secp256r1", number(name));
        }

        static EcKey onP384(String name) {
            return new EcKey("secp384r1", number(name));
        }

        private static BigInteger number(String name) {
            return new BigInteger(
                            1,
                            Digest.sha256(name.getBytes(StandardCharsets.UTF_8)).bytes())
                    .shiftRight(1);
        }

        ECPublicKey publicKey() {
            org.bouncycastle.math.ec.ECPoint w = domain().getG().multiply(d).normalize();
            try {
                return (ECPublicKey) KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(
                                new ECPoint(
                                        w.getAffineXCoord().toBigInteger(),
                                        w.getAffineYCoord().toBigInteger()),
                                P256.named(curve)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private ECDomainParameters domain() {
            return new ECDomainParameters(CustomNamedCurves.getByName(curve));
        }

        private BigInteger[] rs(byte[] message) {
            boolean isLarge = curve.equals("secp384r1");
            ECDSASigner signer =
                    new ECDSASigner(new HMacDSAKCalculator(isLarge ? new SHA384Digest() : new SHA256Digest()));
            signer.init(true, new ECPrivateKeyParameters(d, domain()));
            try {
                return signer.generateSignature(java.security.MessageDigest.getInstance(isLarge ? "SHA-384" : "SHA-256")
                        .digest(message));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        byte[] der(byte[] message) {
            BigInteger[] rs = rs(message);
            try {
                return new DERSequence(new ASN1Integer[] {new ASN1Integer(rs[0]), new ASN1Integer(rs[1])}).getEncoded();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        SessionKey toSessionKey() {
            return new SessionKey(publicKey(), message -> {
                try {
                    return Signatures.fromDer(der(message), 32);
                } catch (ManifestException e) {
                    throw new GeneralSecurityException(e);
                }
            });
        }
    }

    /** A media key on P-256 with a leaf that names the camera and an intermediate. */
    static MediaKey mediaKey(String camera) {
        EcKey leaf = EcKey.named("leaf of " + camera);
        EcKey authority = EcKey.named("test authority");
        return new TestMediaKey(
                List.of(
                        certificate(camera, leaf.publicKey(), "Test Authority", authority),
                        certificate("Test Authority", authority.publicKey(), "Test Root", EcKey.named("test root"))),
                CoseAlgorithm.ES256,
                leaf::der);
    }

    static MediaKey mediaKeyP384(String camera) {
        EcKey leaf = EcKey.onP384("leaf of " + camera);
        return new TestMediaKey(
                List.of(certificate(camera, leaf.publicKey(), "Test Authority", EcKey.named("test authority"))),
                CoseAlgorithm.ES384,
                leaf::der);
    }

    /** RSASSA-PSS has a random salt: its signatures differ from run to run. */
    static MediaKey mediaKeyRsa(String camera) {
        RSAPrivateCrtKey key = rsaKey();
        try {
            PublicKey publicKey = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
            return new TestMediaKey(
                    List.of(certificate(camera, publicKey, "Test Authority", EcKey.named("test authority"))),
                    CoseAlgorithm.PS256,
                    message -> signPss(key, message));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] signPss(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAPrivateCrtKey rsaKey() {
        try (InputStream in = TestKeys.class.getResourceAsStream("rsa-test-key.txt")) {
            if (in == null) {
                throw new IllegalStateException("rsa-test-key.txt is missing");
            }
            String base64 = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .skip(1)
                    .collect(Collectors.joining());
            return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How a test key signs; DER or PSS. */
    interface Hand {
        byte[] sign(byte[] message);
    }

    record TestMediaKey(List<X509Certificate> chain, CoseAlgorithm algorithm, Hand hand) implements MediaKey {
        @Override
        public byte[] sign(byte[] message) {
            return hand.sign(message);
        }
    }

    static X509Certificate certificate(String subject, PublicKey key, String issuer, EcKey issuerKey) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    new X500Name("CN=" + issuer),
                                    BigInteger.valueOf(subject.hashCode() & 0x7fff_ffff),
                                    Date.from(NOT_BEFORE),
                                    Date.from(NOT_AFTER),
                                    new X500Name("CN=" + subject),
                                    key)
                            .build(new DeterministicSigner(issuerKey)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs X.509 certificates as RFC 6979 says. */
    private static final class DeterministicSigner implements ContentSigner {
        private final EcKey key;
        private final java.io.ByteArrayOutputStream message = new java.io.ByteArrayOutputStream();

        DeterministicSigner(EcKey key) {
            this.key = key;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public java.io.OutputStream getOutputStream() {
            return message;
        }

        @Override
        public byte[] getSignature() {
            return key.der(message.toByteArray());
        }
    }
}
