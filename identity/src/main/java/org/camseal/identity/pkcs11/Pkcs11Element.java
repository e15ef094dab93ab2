package org.camseal.identity.pkcs11;

import java.io.IOException;
import java.nio.file.Files;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.camseal.identity.AgreementHandle;
import org.camseal.identity.ElementFault;
import org.camseal.identity.ElementInfo;
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

    /**
     * The pairs as they came from the token, for the life of this process. The platform destroys the token's object behind a public key when
     * the Java object is collected; a token that gives its numbers again (tpm2-pkcs11) would by then lose another object with it.
     */
    private static final List<KeyPair> MADE = new CopyOnWriteArrayList<>();

    private final Pkcs11Token token;
    private final Provider provider;
    private final KeyStore keys;
    private final SecureRandom random;
    private final Pkcs11Agreement agreement;

    private Pkcs11Element(Pkcs11Token token, Opened signing, Opened agreeing, SecureRandom random) {
        this.token = token;
        this.provider = signing.provider();
        this.keys = signing.keys();
        this.random = random;
        this.agreement = new Pkcs11Agreement(agreeing.provider(), agreeing.keys(), this);
    }

    /** A provider for one use of keys, and what it sees of the token. */
    private record Opened(Provider provider, KeyStore keys) {
        static Opened of(Provider sun, Pkcs11Token token, Pkcs11Token.Use use, char[] pin)
                throws IOException, GeneralSecurityException {
            Provider provider = sun.configure(token.configuration("camseal" + OPENED.incrementAndGet(), use));
            KeyStore keys = KeyStore.getInstance("PKCS11", provider);
            keys.load(null, pin);
            return new Opened(provider, keys);
        }
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
            return new Pkcs11Element(
                    token,
                    Opened.of(sun, token, Pkcs11Token.Use.SIGN, pin),
                    Opened.of(sun, token, Pkcs11Token.Use.AGREE, pin),
                    random);
        } catch (ProviderException | java.security.InvalidParameterException | KeyStoreException e) {
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
                agreement.isSupported() ? Set.of(ElementInfo.Ability.AGREE) : Set.of(),
                token.signaturesPerSecond());
    }

    static String alias(Slot slot) {
        return "camseal-" + slot.label();
    }

    @Override
    public synchronized KeyHandle generate(Slot slot, KeySpec spec) throws IdentityException {
        SlotHandle.requireSigning(slot);
        String doing = "to make a " + spec + " key";
        try {
            requireEmpty(keys, slot);
            KeyPair pair = newPair(spec);
            requireHidden(pair.getPrivate(), slot);
            KeyHandle made = new SlotHandle(
                    slot,
                    software(pair.getPublic()),
                    spec.signature(),
                    (message, patience) -> signature(pair.getPrivate(), spec.signature(), message));
            keys.setKeyEntry(
                    alias(slot), pair.getPrivate(), null, new Certificate[] {PublicKeyCarrier.of(made, random)});
            return key(slot)
                    .orElseThrow(() ->
                            new IdentityException.Element(ElementFault.FAILED, "the token did not keep the new key"));
        } catch (GeneralSecurityException | ProviderException e) {
            throw Pkcs11Fault.of(doing, e);
        }
    }

    static void requireEmpty(KeyStore keys, Slot slot) throws IdentityException.Element, KeyStoreException {
        if (keys.containsAlias(alias(slot))) {
            throw new IdentityException.Element(
                    ElementFault.SLOT_TAKEN,
                    "the token already has a " + slot.label() + " key; destroy it first if it shall be replaced");
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
        return made(generator);
    }

    /** Has the token make a pair. */
    static KeyPair made(KeyPairGenerator generator) {
        KeyPair pair = generator.generateKeyPair();
        MADE.add(pair);
        return pair;
    }

    /** The same public key as an object of this process, which outlives the token's session. */
    static PublicKey software(PublicKey key) throws GeneralSecurityException {
        return java.security.KeyFactory.getInstance(key.getAlgorithm())
                .generatePublic(new java.security.spec.X509EncodedKeySpec(key.getEncoded()));
    }

    /**
     * What SunPKCS11 read from the token about the key is in its text: CKA_SENSITIVE and CKA_EXTRACTABLE. If the text is not the expected
     * one the key counts as exposed.
     */
    static void requireHidden(Key key, Slot slot) throws IdentityException.Element {
        String text = key.toString();
        boolean hidden = text.contains(", sensitive, unextractable)");
        if (!hidden || key.getEncoded() != null || key.getFormat() != null) {
            throw new IdentityException.Element(
                    ElementFault.EXPOSED,
                    "the token's " + slot.label() + " key is not sensitive and unextractable: it could be read out");
        }
    }

    private byte[] signature(PrivateKey key, SignatureAlgorithm algorithm, byte[] message)
            throws IdentityException.Element {
        return signature(key, algorithm.jcaName(), algorithm, message);
    }

    private synchronized byte[] signature(PrivateKey key, String name, SignatureAlgorithm algorithm, byte[] message)
            throws IdentityException.Element {
        try {
            Signature signature = Signature.getInstance(name, provider);
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
            return Optional.of(new SlotHandle(slot, publicKey, algorithm, new SlotHandle.Signer() {
                @Override
                public byte[] sign(byte[] message, Duration patience) throws IdentityException {
                    requireThere(slot, publicKey);
                    return signature(privateKey, algorithm, message);
                }

                @Override
                public byte[] signDigest(byte[] digest) throws IdentityException {
                    requireThere(slot, publicKey);
                    return signature(privateKey, "NONEwithECDSA", algorithm, digest);
                }
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
        } catch (KeyStoreException e) {
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
    public synchronized AgreementHandle generateAgreement(KeySpec spec) throws IdentityException {
        try {
            return agreement.generate(spec, random);
        } catch (GeneralSecurityException | ProviderException e) {
            throw Pkcs11Fault.of("to make a " + spec + " key that agrees", e);
        }
    }

    @Override
    public synchronized Optional<AgreementHandle> agreementKey() throws IdentityException {
        try {
            return agreement.find();
        } catch (GeneralSecurityException | ProviderException e) {
            throw Pkcs11Fault.of("to find the recipient key", e);
        }
    }

    @Override
    public synchronized void destroy(Slot slot) throws IdentityException {
        try {
            KeyStore holder = slot.signs() ? keys : agreement.keys();
            if (holder.containsAlias(alias(slot))) {
                holder.deleteEntry(alias(slot));
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
