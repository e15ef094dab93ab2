package org.camseal.viewer;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;
import org.camseal.identity.AgreementHandle;
import org.camseal.identity.IdentityException;
import org.camseal.seal.RecipientKey;
import org.camseal.seal.SealException;

/** A person's key for opening video that stays in its element: grants are opened by asking the element to agree. */
public final class ElementRecipientKey implements RecipientKey {
    private final AgreementHandle handle;

    public ElementRecipientKey(AgreementHandle handle) {
        this.handle = handle;
    }

    @Override
    public PublicKey publicKey() {
        return handle.publicKey();
    }

    @Override
    public byte[] agree(ECPublicKey peer) throws SealException.KeyFailed {
        try {
            return handle.agree(peer);
        } catch (IdentityException e) {
            throw new SealException.KeyFailed("the element did not use the key that opens video: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<byte[]> unwrapRsa(byte[] ciphertext, byte[] label) throws SealException.KeyFailed {
        throw new SealException.KeyFailed(
                "the key that opens video is an EC key; a grant for an RSA key is not for it");
    }
}
