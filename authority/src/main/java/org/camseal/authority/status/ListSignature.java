package org.camseal.authority.status;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.SlotHandle;

/** Signs a list: whole if an element takes it, otherwise by its digest. The signature is verified before it is given out. */
final class ListSignature {
    private ListSignature() {}

    static byte[] of(ListFrame frame, KeyHandle key) throws IOException, IdentityException {
        if (frame.length() <= KeyHandle.MAX_MESSAGE) {
            ByteArrayOutputStream message = new ByteArrayOutputStream((int) frame.length());
            frame.writeTo(message);
            byte[] signature = key.sign(message.toByteArray());
            return checked(
                    signature, SlotHandle.verifies(key.publicKey(), key.algorithm(), message.toByteArray(), signature));
        }
        byte[] digest = digest(frame, key);
        byte[] signature = key.signDigest(digest);
        return checked(signature, SlotHandle.verifiesDigest(key.publicKey(), digest, signature));
    }

    private static byte[] digest(ListFrame frame, KeyHandle key) throws IOException, IdentityException.Element {
        String name = key.algorithm()
                .digestName()
                .orElseThrow(() -> new IdentityException.Element("a list of " + frame.length()
                        + " bytes is too long for an RSA key: issuing authorities have elliptic curve keys"));
        try {
            MessageDigest digest = MessageDigest.getInstance(name);
            frame.writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }

    private static byte[] checked(byte[] signature, boolean good) throws IdentityException.Element {
        if (!good) {
            throw new IdentityException.Element(ElementFault.FAILED, "the element signed a list wrongly");
        }
        return signature;
    }
}
