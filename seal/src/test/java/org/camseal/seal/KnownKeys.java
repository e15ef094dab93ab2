package org.camseal.seal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.operator.ContentSigner;
import org.camseal.manifest.CoseAlgorithm;
import org.camseal.manifest.KnownSessionKey;
import org.camseal.manifest.MediaKey;
import org.camseal.manifest.RunId;
import org.camseal.manifest.SessionKey;

/** Keys out of names, which protect nothing, and signatures after RFC 6979: with them everything sealed is always the same. */
final class KnownKeys {
    private static final ECDomainParameters P256_DOMAIN =
            new ECDomainParameters(CustomNamedCurves.getByName("secp256r1"));

    private KnownKeys() {}

    /** The private number is the hash of the name, halved. */
    private static BigInteger number(String name) {
        return new BigInteger(1, Digests.sha256().digest(name.getBytes(StandardCharsets.UTF_8))).shiftRight(1);
    }

    static KeyPair ec(String name) {
        BigInteger d = number(name);
        byte[] point = P256_DOMAIN.getG().multiply(d).normalize().getEncoded(false);
        byte[] scalar = new byte[32];
        byte[] bytes = d.toByteArray();
        System.arraycopy(
                bytes,
                Math.max(0, bytes.length - 32),
                scalar,
                Math.max(0, 32 - bytes.length),
                Math.min(32, bytes.length));
        // PrivateKeyInfo of RFC 5208 around ECPrivateKey of RFC 5915, without the public key
        byte[] pkcs8 =
                Hex.bytes("3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420" + Hex.text(scalar));
        return new KeyPair(P256.decode(point).orElseThrow(), privateKey("EC", pkcs8));
    }

    private static PrivateKey privateKey(String algorithm, byte[] pkcs8) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A private key as vectors hold it: PKCS #8. */
    static KeyPair parse(byte[] pkcs8) throws GeneralSecurityException {
        if (Hex.text(pkcs8).contains("2a864886f70d010101")) {
            PrivateKey key = privateKey("RSA", pkcs8);
            RSAPrivateCrtKey crt = (RSAPrivateCrtKey) key;
            return new KeyPair(
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(crt.getModulus(), crt.getPublicExponent())),
                    key);
        }
        BigInteger d = ((ECPrivateKey) privateKey("EC", pkcs8)).getS();
        byte[] point = P256_DOMAIN.getG().multiply(d).normalize().getEncoded(false);
        return new KeyPair(P256.decode(point).orElseThrow(), privateKey("EC", pkcs8));
    }

    private static BigInteger[] sign(String name, byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(number(name), P256_DOMAIN));
        return signer.generateSignature(Digests.sha256().digest(message));
    }

    private static byte[] der(String name, byte[] message) {
        try {
            BigInteger[] rs = sign(name, message);
            return StandardDSAEncoding.INSTANCE.encode(P256_DOMAIN.getN(), rs[0], rs[1]);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static SessionKey sessionKey(String name) {
        return KnownSessionKey.of((ECPublicKey) ec(name).getPublic(), message -> {
            BigInteger[] rs = sign(name, message);
            return PlainDSAEncoding.INSTANCE.encode(P256_DOMAIN.getN(), rs[0], rs[1]);
        });
    }

    /** A media key with one certificate, of the camera's name. */
    static MediaKey mediaKey(String camera) {
        X509Certificate leaf = certificate(camera);
        return new MediaKey() {
            @Override
            public List<X509Certificate> chain() {
                return List.of(leaf);
            }

            @Override
            public CoseAlgorithm algorithm() {
                return CoseAlgorithm.ES256;
            }

            @Override
            public byte[] sign(byte[] message) {
                return der("media key of " + camera, message);
            }
        };
    }

    private static X509Certificate certificate(String camera) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    new X500Name("CN=Test Authority"),
                                    BigInteger.TWO,
                                    Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                                    Date.from(Instant.parse("2046-01-01T00:00:00Z")),
                                    new X500Name("CN=" + camera),
                                    ec("media key of " + camera).getPublic())
                            .build(new NamedSigner("test authority")));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that a sealer draws, out of a name. */
    static Entropy entropy(String name) {
        SecureRandom random = new DeterministicRandom(name);
        return new Entropy() {
            private int grants;

            @Override
            public SecureRandom random() {
                return random;
            }

            @Override
            public RunId run() {
                return RunId.random(random);
            }

            @Override
            public SessionKey sessionKey() {
                return KnownKeys.sessionKey("session of " + name);
            }

            @Override
            public Grant grant(EpochKey key, Recipient recipient) {
                return switch (recipient.algorithm()) {
                    case HPKE_P256 -> Grant.byHpke(key, recipient, ec(name + " ephemeral " + grants++));
                    case RSA_OAEP -> Grant.make(key, recipient, random);
                };
            }
        };
    }

    private static final class NamedSigner implements ContentSigner {
        private final String name;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        NamedSigner(String name) {
            this.name = name;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public OutputStream getOutputStream() {
            return message;
        }

        @Override
        public byte[] getSignature() {
            return der(name, message.toByteArray());
        }
    }
}
