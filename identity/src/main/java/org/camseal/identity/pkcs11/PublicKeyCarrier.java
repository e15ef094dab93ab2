package org.camseal.identity.pkcs11;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.camseal.identity.HandleContentSigner;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.Slot;

/** A certificate that says nothing but a public key: a token keeps a private key only beside one. Nobody believes its signature. */
final class PublicKeyCarrier {
    private PublicKeyCarrier() {}

    /** Signed by the key itself. */
    static X509Certificate of(KeyHandle key, SecureRandom random) throws IdentityException, GeneralSecurityException {
        try {
            return certificate(key.slot(), key.publicKey(), new HandleContentSigner(key), random);
        } catch (RuntimeOperatorException e) {
            throw Pkcs11Fault.of("to sign", e);
        }
    }

    /** For a key that does not sign: signed by one that is forgotten at once. */
    static X509Certificate ofAgreement(PublicKey key, SecureRandom random) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
        generator.initialize(256, random);
        KeyPair forgotten = generator.generateKeyPair();
        try {
            ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .setProvider("SunEC")
                    .build(forgotten.getPrivate());
            return certificate(Slot.RECIPIENT, key, signer, random);
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("the platform's own ECDSA", e);
        }
    }

    private static X509Certificate certificate(Slot slot, PublicKey key, ContentSigner signer, SecureRandom random)
            throws GeneralSecurityException {
        X500Name name = new X500Name("CN=" + Pkcs11Element.alias(slot) + " (carries a public key only)");
        Instant begin = Instant.EPOCH;
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                new BigInteger(64, random).add(BigInteger.ONE),
                                Date.from(begin),
                                Date.from(begin.plus(365L * 100, ChronoUnit.DAYS)),
                                name,
                                key)
                        .build(signer));
    }
}
