package org.camseal.signing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.camseal.signing.wire.HashAlgorithm;

/** Keys for tests, made once per run under one root. */
public final class TestKeys {
    private static final KeyPair ROOT_PAIR = pair(KeyKind.ECDSA_P256);
    private static final X509Certificate ROOT = certificate("CN=Test root", ROOT_PAIR, true, ROOT_PAIR);
    private static final Map<KeyKind, KeyPair> PAIRS = new ConcurrentHashMap<>();

    private TestKeys() {}

    /** The root that vouches for all. */
    public static X509Certificate root() {
        return ROOT;
    }

    /** A key of a kind that signs with a hash. */
    public static SigningKey of(KeyKind kind, HashAlgorithm hash) {
        KeyPair pair = PAIRS.computeIfAbsent(kind, TestKeys::pair);
        X509Certificate leaf = certificate("CN=Test camera,SERIALNUMBER=CS-0042", pair, false, ROOT_PAIR);
        return new JcaSigningKey(new SigningAlgorithm(kind, hash), List.of(leaf), pair.getPrivate());
    }

    /** P-256 with SHA-256. */
    public static SigningKey ec256() {
        return of(KeyKind.ECDSA_P256, HashAlgorithm.SHA_256);
    }

    private static KeyPair pair(KeyKind kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.isRsa() ? "RSA" : "EC");
            switch (kind) {
                case ECDSA_P256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                case ECDSA_P384 -> generator.initialize(new ECGenParameterSpec("secp384r1"));
                case RSA_2048, RSA_3072, RSA_4096 -> generator.initialize(kind.rsaBits());
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate certificate(String name, KeyPair pair, boolean authority, KeyPair issuer) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Principal("CN=Test root"),
                    BigInteger.valueOf(System.identityHashCode(pair)).add(BigInteger.ONE),
                    Date.from(Instant.parse("2025-01-01T00:00:00Z")),
                    Date.from(Instant.parse("2045-01-01T00:00:00Z")),
                    new X500Principal(name),
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(authority ? KeyUsage.keyCertSign : KeyUsage.digitalSignature));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
        } catch (java.io.IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
