package org.camseal.identity.pkcs11;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.camseal.identity.AgreementHandle;
import org.camseal.identity.ElementFault;
import org.camseal.identity.ElementInfo;
import org.camseal.identity.HandleContentSigner;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SecureElement;
import org.camseal.identity.SignatureAlgorithm;
import org.camseal.identity.Slot;
import org.camseal.identity.SlotHandle;

/**
 * A PKCS#11 token as secure element. Keys are made in the token, as token objects named {@code camseal-SLOT}, each with a certificate
 * signed by itself that only carries the public key.
 *
 * <p>After it is made, and whenever it is found, a key must say of itself that it is sensitive and cannot be extracted, and give no
 * encoding; else it is destroyed or refused ({@link ElementFault#EXPOSED}). It cannot prove that to others. A PIN is the token's matter:
 * few wrong ones lock it. A token's library runs in this process, and a call into it cannot be given up: put an
 * {@code ElementWorker} in front.
 *
 * <p>Safe for use by several threads, one at a time inside.
 */
public final class Pkcs11Element implements SecureElement {
    private static final AtomicInteger OPENED = new AtomicInteger();

    private final Pkcs11Token token;
    private final Provider provider;
    private final KeyStore keys;
    private final SecureRandom random;

    private Pkcs11Element(Pkcs11Token token, Provider provider, KeyStore keys, SecureRandom random) {
        this.token = token;
        this.provider = provider;
        this.keys = keys;
        this.random = random;
    }

    /**
     * Opens a token, and logs in.
     *
     * @param pin the user's; not kept here. Where this process is logged in to the token already, PKCS#11 does not look at it
     * @throws IdentityException with {@link ElementFault#UNAVAILABLE} if library or token are missing, with
     *     {@link ElementFault#WRONG_AUTHORISATION} or {@link ElementFault#LOCKED_OUT} if the PIN is wrong or was too often
     */
    public static Pkcs11Element open(Pkcs11Token token, char[] pin, SecureRandom random) throws IdentityException {
        if (!Files.isReadable(token.library())) {
            throw new IdentityException.Element(
                    ElementFault.UNAVAILABLE, "there is no PKCS#11 library " + token.library());
        }
        Provider sun = Security.getProvider("SunPKCS11");
        if (sun == null) {
            throw new IdentityException.Element(ElementFault.UNAVAILABLE, "this Java platform has no SunPKCS11");
        }
        try {
            Provider provider = sun.configure(token.configuration("camseal" + OPENED.incrementAndGet()));
            KeyStore keys = KeyStore.getInstance("PKCS11", provider);
            keys.load(null, pin);
            return new Pkcs11Element(token, provider, keys, random);
        } catch (ProviderException | java.security.InvalidParameterException | java.security.KeyStoreException e) {
            throw new IdentityException.Element(
                    ElementFault.UNAVAILABLE,
                    "no token in slot " + token.slotIndex() + " of " + token.library() + ": " + Pkcs11Fault.code(e),
                    e);
        } catch (IOException | GeneralSecurityException e) {
            throw Pkcs11Fault.of("to be opened", e);
        }
    }

    @Override
    public ElementInfo info() {
        return new ElementInfo(
                "PKCS#11 token in slot " + token.slotIndex() + " of "
                        + token.library().getFileName(),
                token.assurance(),
                Set.of(KeySpec.values()),
                Set.of(),
                token.signaturesPerSecond());
    }

    private static String alias(Slot slot) {
        return "camseal-" + slot.label();
    }

    @Override
    public synchronized KeyHandle generate(Slot slot, KeySpec spec) throws IdentityException {
        SlotHandle.requireSigning(slot);
        String doing = "to make a " + spec + " key";
        try {
            if (keys.containsAlias(alias(slot))) {
                throw new IdentityException.Element(
                        ElementFault.SLOT_TAKEN,
                        "the token already has a " + slot.label() + " key; destroy it first if it shall be replaced");
            }
            KeyPair pair = newPair(spec);
            requireHidden(pair.getPrivate(), slot);
            KeyHandle made = new SlotHandle(
                    slot,
                    software(pair.getPublic()),
                    spec.signature(),
                    (message, patience) -> signature(pair.getPrivate(), spec.signature(), message));
            keys.setKeyEntry(alias(slot), pair.getPrivate(), null, new Certificate[] {carrier(made)});
            return key(slot)
                    .orElseThrow(() ->
                            new IdentityException.Element(ElementFault.FAILED, "the token did not keep the new key"));
        } catch (GeneralSecurityException | ProviderException e) {
            throw Pkcs11Fault.of(doing, e);
        }
    }

    private KeyPair newPair(KeySpec spec) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(spec.jcaName(), provider);
        switch (spec) {
            case P256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
            case P384 -> generator.initialize(new ECGenParameterSpec("secp384r1"));
            case RSA2048 -> generator.initialize(2048);
            case RSA3072 -> generator.initialize(3072);
        }
        return generator.generateKeyPair();
    }

    /** The same public key as an object of this process, which outlives the token's session. */
    private static PublicKey software(PublicKey key) throws GeneralSecurityException {
        return java.security.KeyFactory.getInstance(key.getAlgorithm())
                .generatePublic(new java.security.spec.X509EncodedKeySpec(key.getEncoded()));
    }

    /** A token keeps a key only beside a certificate: this one says nothing but the public key. */
    private X509Certificate carrier(KeyHandle key) throws IdentityException, GeneralSecurityException {
        X500Name name = new X500Name("CN=" + alias(key.slot()) + " (carries a public key only)");
        Instant now = Instant.EPOCH;
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    new BigInteger(64, random).add(BigInteger.ONE),
                                    Date.from(now),
                                    Date.from(now.plus(365L * 100, ChronoUnit.DAYS)),
                                    name,
                                    key.publicKey())
                            .build(new HandleContentSigner(key)));
        } catch (org.bouncycastle.operator.RuntimeOperatorException e) {
            throw Pkcs11Fault.of("to sign", e);
        }
    }

    /**
     * What SunPKCS11 read from the token about the key is in its text: CKA_SENSITIVE and CKA_EXTRACTABLE. If the text is not the expected
     * one the key counts as exposed.
     */
    private static void requireHidden(Key key, Slot slot) throws IdentityException.Element {
        String text = key.toString();
        boolean hidden = text.contains(", sensitive, unextractable)");
        if (!hidden || key.getEncoded() != null || key.getFormat() != null) {
            throw new IdentityException.Element(
                    ElementFault.EXPOSED,
                    "the token's " + slot.label() + " key is not sensitive and unextractable: it could be read out");
        }
    }

    private synchronized byte[] signature(PrivateKey key, SignatureAlgorithm algorithm, byte[] message)
            throws IdentityException.Element {
        try {
            Signature signature = Signature.getInstance(algorithm.jcaName(), provider);
            if (algorithm.parameters().isPresent()) {
                signature.setParameter(algorithm.parameters().get());
            }
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException | ProviderException e) {
            throw Pkcs11Fault.of("to sign", e);
        }
    }

    @Override
    public synchronized Optional<KeyHandle> key(Slot slot) throws IdentityException {
        SlotHandle.requireSigning(slot);
        try {
            Certificate carrier = keys.getCertificate(alias(slot));
            Key key = keys.getKey(alias(slot), null);
            if (!(key instanceof PrivateKey privateKey) || carrier == null) {
                return Optional.empty();
            }
            requireHidden(key, slot);
            PublicKey publicKey = carrier.getPublicKey();
            SignatureAlgorithm algorithm = algorithm(publicKey);
            return Optional.of(new SlotHandle(slot, publicKey, algorithm, (message, patience) -> {
                requireThere(slot, publicKey);
                return signature(privateKey, algorithm, message);
            }));
        } catch (GeneralSecurityException | ProviderException e) {
            throw Pkcs11Fault.of("to find the " + slot.label() + " key", e);
        }
    }

    private synchronized void requireThere(Slot slot, PublicKey publicKey) throws IdentityException.Element {
        try {
            Certificate carrier = keys.getCertificate(alias(slot));
            if (carrier == null || !carrier.getPublicKey().equals(publicKey)) {
                throw new IdentityException.Element(ElementFault.NO_KEY, "the " + slot.label() + " key was destroyed");
            }
        } catch (java.security.KeyStoreException e) {
            throw Pkcs11Fault.of("to find the " + slot.label() + " key", e);
        }
    }

    private static SignatureAlgorithm algorithm(PublicKey key) throws IdentityException.Element {
        return switch (key) {
            case ECPublicKey ec
            when ec.getParams().getCurve().getField().getFieldSize() == 256 -> SignatureAlgorithm.ES256;
            case ECPublicKey ec
            when ec.getParams().getCurve().getField().getFieldSize() == 384 -> SignatureAlgorithm.ES384;
            case RSAKey rsa when rsa.getModulus().bitLength() >= 2048 -> SignatureAlgorithm.PS256;
            default ->
                throw new IdentityException.Element(
                        ElementFault.UNSUPPORTED, "the token has a key that is not used here: " + key.getAlgorithm());
        };
    }

    @Override
    public AgreementHandle generateAgreement(KeySpec spec) throws IdentityException {
        throw new IdentityException.Element(
                ElementFault.UNSUPPORTED, "this version makes no keys for opening video in a token");
    }

    @Override
    public Optional<AgreementHandle> agreementKey() {
        return Optional.empty();
    }

    @Override
    public synchronized void destroy(Slot slot) throws IdentityException {
        try {
            if (keys.containsAlias(alias(slot))) {
                keys.deleteEntry(alias(slot));
            }
        } catch (GeneralSecurityException | ProviderException e) {
            throw Pkcs11Fault.of("to destroy the " + slot.label() + " key", e);
        }
    }

    /** Logs out: handles fail from then on. */
    @Override
    public synchronized void close() {
        if (provider instanceof AuthProvider login) {
            try {
                login.logout();
            } catch (javax.security.auth.login.LoginException e) {
                // logged out with the token
            }
        }
    }

    @Override
    public String toString() {
        return info().name();
    }
}
