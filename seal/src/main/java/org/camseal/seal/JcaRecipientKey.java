package org.camseal.seal;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;

/** A recipient's key in the hands of a JCA provider, in memory or in a token. */
final class JcaRecipientKey implements RecipientKey {
    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    JcaRecipientKey(PrivateKey privateKey, PublicKey publicKey) throws SealException.UnfitRecipient {
        GrantAlgorithm algorithm = GrantAlgorithm.fitting(publicKey);
        if (!privateKey.getAlgorithm().equals(publicKey.getAlgorithm())) {
            throw new SealException.UnfitRecipient("a private key of kind " + privateKey.getAlgorithm()
                    + " beside a public key of kind " + publicKey.getAlgorithm() + " (" + algorithm
                    + " expected); give the two halves of one key");
        }
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] agree(ECPublicKey peer) throws SealException.KeyFailed {
        try {
            return P256.agree(privateKey, peer);
        } catch (GeneralSecurityException e) {
            throw new SealException.KeyFailed("key " + id() + " agreed on no secret; is its token still there?", e);
        }
    }

    @Override
    public Optional<byte[]> unwrapRsa(byte[] ciphertext, byte[] label) throws SealException.KeyFailed {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.DECRYPT_MODE, privateKey, RsaOaep.parameters(label));
            return Optional.of(cipher.doFinal(ciphertext));
        } catch (BadPaddingException | IllegalBlockSizeException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new SealException.KeyFailed("key " + id() + " unwrapped nothing; is its token still there?", e);
        }
    }

    @Override
    public String toString() {
        return "recipient key " + id();
    }
}
