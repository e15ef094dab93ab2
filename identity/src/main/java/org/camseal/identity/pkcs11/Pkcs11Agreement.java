package org.camseal.identity.pkcs11;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.camseal.identity.AgreementHandle;
import org.camseal.identity.CurvePoint;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;

/**
 * The agreement key of a token: ECDH by CKM_ECDH1_DERIVE. It is made and used through a provider of its own, whose keys agree and do not
 * sign, as those of the other sign and do not agree. The derived secret is given out by the token, for it is what grants are opened with.
 */
final class Pkcs11Agreement {
    private final Provider provider;
    private final KeyStore keys;
    private final Object lock;

    /** @param lock held while the token is asked: it does one thing at a time */
    Pkcs11Agreement(Provider provider, KeyStore keys, Object lock) {
        this.provider = provider;
        this.keys = keys;
        this.lock = lock;
    }

    boolean isSupported() {
        return provider.getService("KeyAgreement", "ECDH") != null;
    }

    /** What this provider sees of the token; another's view would not notice what is done through this one. */
    KeyStore keys() {
        return keys;
    }

    AgreementHandle generate(KeySpec spec, SecureRandom random) throws IdentityException, GeneralSecurityException {
        if (!spec.agrees()) {
            throw new IdentityException.Element(
                    ElementFault.UNSUPPORTED, "a " + spec + " key cannot agree on secrets: choose P256");
        }
        if (!isSupported()) {
            throw new IdentityException.Element(
                    ElementFault.UNSUPPORTED,
                    "the token has no CKM_ECDH1_DERIVE: it cannot keep a key that opens video");
        }
        Pkcs11Element.requireEmpty(keys, Slot.RECIPIENT);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec(curve(spec)));
        KeyPair pair = Pkcs11Element.made(generator);
        Pkcs11Element.requireHidden(pair.getPrivate(), Slot.RECIPIENT);
        ECPublicKey publicKey = (ECPublicKey) Pkcs11Element.software(pair.getPublic());
        prove(pair.getPrivate(), publicKey, random);
        String alias = Pkcs11Element.alias(Slot.RECIPIENT);
        keys.setKeyEntry(
                alias, pair.getPrivate(), null, new Certificate[] {PublicKeyCarrier.ofAgreement(publicKey, random)});
        return find().orElseThrow(
                        () -> new IdentityException.Element(ElementFault.FAILED, "the token did not keep the new key"));
    }

    private static String curve(KeySpec spec) {
        return spec == KeySpec.P384 ? "secp384r1" : "secp256r1";
    }

    /** That the token derives what everybody derives, and gives it out: found out now, not at the first grant. */
    private void prove(PrivateKey own, ECPublicKey publicKey, SecureRandom random)
            throws IdentityException.Element, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
        generator.initialize(publicKey.getParams(), random);
        KeyPair other = generator.generateKeyPair();
        KeyAgreement control = KeyAgreement.getInstance("ECDH", "SunEC");
        control.init(other.getPrivate());
        control.doPhase(publicKey, true);
        if (!Arrays.equals(control.generateSecret(), derived(own, (ECPublicKey) other.getPublic()))) {
            throw new IdentityException.Element(
                    ElementFault.UNSUPPORTED, "the token's agreements are not what grants need (CKM_ECDH1_DERIVE)");
        }
    }

    private byte[] derived(PrivateKey own, ECPublicKey peer) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH", provider);
        agreement.init(own);
        agreement.doPhase(peer, true);
        return agreement.generateSecret();
    }

    Optional<AgreementHandle> find() throws IdentityException, GeneralSecurityException {
        String alias = Pkcs11Element.alias(Slot.RECIPIENT);
        Certificate carrier = keys.getCertificate(alias);
        Key key = keys.getKey(alias, null);
        if (!(key instanceof PrivateKey own) || carrier == null) {
            return Optional.empty();
        }
        Pkcs11Element.requireHidden(key, Slot.RECIPIENT);
        if (!(carrier.getPublicKey() instanceof ECPublicKey publicKey)) {
            throw new IdentityException.Element(ElementFault.UNSUPPORTED, "the token's recipient key is no EC key");
        }
        return Optional.of(new Handle(this, own, publicKey));
    }

    private byte[] agree(PrivateKey own, ECPublicKey publicKey, ECPublicKey peer) throws IdentityException.Element {
        CurvePoint.requireFitting(publicKey, peer);
        synchronized (lock) {
            try {
                Certificate carrier = keys.getCertificate(Pkcs11Element.alias(Slot.RECIPIENT));
                if (carrier == null || !carrier.getPublicKey().equals(publicKey)) {
                    throw new IdentityException.Element(ElementFault.NO_KEY, "the recipient key was destroyed");
                }
                return derived(own, peer);
            } catch (GeneralSecurityException | ProviderException e) {
                throw Pkcs11Fault.of("to agree", e);
            }
        }
    }

    private record Handle(Pkcs11Agreement agreement, PrivateKey own, ECPublicKey publicKey) implements AgreementHandle {
        @Override
        public byte[] agree(ECPublicKey peer) throws IdentityException {
            return agreement.agree(own, publicKey, peer);
        }

        @Override
        public String toString() {
            return "recipient key handle";
        }
    }
}
