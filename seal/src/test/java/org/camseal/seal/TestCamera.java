package org.camseal.seal;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.camseal.manifest.CoseAlgorithm;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.MediaKey;
import org.camseal.manifest.Signer;

/** A camera's media key in memory, with a certificate of its own, and the certificates of people. */
final class TestCamera implements MediaKey {
    static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final KeyPair pair = ecPair("secp256r1");
    private final X509Certificate certificate = certificate("CAM-0001", pair, KeyUsage.digitalSignature);
    private boolean broken;

    static KeyPair ecPair(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair rsaPair(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate that a key made for itself. */
    static X509Certificate certificate(String name, KeyPair pair, int usage) {
        try {
            X500Principal principal = new X500Principal("CN=" + name);
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    principal,
                    BigInteger.ONE,
                    Date.from(START.minusSeconds(86_400)),
                    Date.from(START.plusSeconds(365 * 86_400L)),
                    principal,
                    pair.getPublic());
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            String algorithm = pair.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<X509Certificate> chain() {
        return List.of(certificate);
    }

    @Override
    public CoseAlgorithm algorithm() {
        return CoseAlgorithm.ES256;
    }

    @Override
    public byte[] sign(byte[] message) throws ManifestException {
        if (broken) {
            throw new ManifestException.KeyFailed("the element does not answer");
        }
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new ManifestException.KeyFailed("test", e);
        }
    }

    void breakDown() {
        broken = true;
    }

    void mend() {
        broken = false;
    }

    /** True for what this camera signed. */
    boolean signed(Signer signer) {
        return signer.leaf().equals(certificate);
    }
}
