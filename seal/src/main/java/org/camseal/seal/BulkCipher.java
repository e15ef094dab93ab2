package org.camseal.seal;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.camseal.manifest.Suite;

/** The AEAD inside a package, keyed anew for each one; its nonce is 12 zero bytes, because no key is used twice. */
final class BulkCipher implements AutoCloseable {
    private static final byte[] NONCE = new byte[12];
    private static final int PIECE_BYTES = 65_536;

    private final Cipher cipher;
    private final AlgorithmParameterSpec nonce;
    private final byte[] key = new byte[PackageCipher.KEY_BYTES];
    private final RawKey rawKey;
    private final Fold fold = new Fold();

    BulkCipher(Suite suite) {
        nonce = switch (suite) {
            case AES_256_GCM -> new GCMParameterSpec(8 * PackageCipher.TAG_BYTES, NONCE);
            case CHACHA20_POLY1305 -> new IvParameterSpec(NONCE);
        };
        rawKey = RawKey.over(
                switch (suite) {
                    case AES_256_GCM -> "AES";
                    case CHACHA20_POLY1305 -> "ChaCha20";
                },
                key);
        try {
            cipher = Cipher.getInstance(
                    switch (suite) {
                        case AES_256_GCM -> "AES/GCM/NoPadding";
                        case CHACHA20_POLY1305 -> "ChaCha20-Poly1305";
                    });
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK does not do " + suite, e);
        }
    }

    /** Ka of the next use: 32 bytes to be written in place. */
    byte[] key() {
        return key;
    }

    /**
     * Puts C || T at the start of the target, and XORs fold(C || T) onto a key. Large payloads go in pieces, each folded while it is
     * still in a near cache.
     *
     * @param folded 32 bytes
     */
    void encrypt(AssociatedData associatedData, Span payload, Span target, byte[] folded) {
        byte[] out = target.array();
        int read = 0;
        int written = 0;
        int foldedTo = 0;
        try {
            cipher.init(Cipher.ENCRYPT_MODE, rawKey, nonce);
            cipher.updateAAD(associatedData.array(), 0, associatedData.length());
            while (payload.length() - read > PIECE_BYTES) {
                written += cipher.update(
                        payload.array(), payload.offset() + read, PIECE_BYTES, out, target.offset() + written);
                read += PIECE_BYTES;
                int lanes = (written - foldedTo) / Fold.LANE_BYTES;
                fold.into(folded, out, target.offset() + foldedTo, lanes * Fold.LANE_BYTES);
                foldedTo += lanes * Fold.LANE_BYTES;
            }
            written += cipher.doFinal(
                    payload.array(), payload.offset() + read, payload.length() - read, out, target.offset() + written);
            fold.into(folded, out, target.offset() + foldedTo, written - foldedTo);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the inner cipher refused to encrypt", e);
        } finally {
            rawKey.destroy();
        }
    }

    /**
     * Puts the payload of C || T at the start of the target.
     *
     * @return false where the tag does not match; the target then holds nothing of the payload
     */
    boolean decrypt(AssociatedData associatedData, Span sealed, Span target) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, rawKey, nonce);
            cipher.updateAAD(associatedData.array(), 0, associatedData.length());
            cipher.doFinal(sealed.array(), sealed.offset(), sealed.length(), target.array(), target.offset());
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the inner cipher refused to decrypt", e);
        } finally {
            rawKey.destroy();
        }
    }

    /** Takes the key of the last package out of the cipher. */
    @Override
    public void close() {
        rawKey.destroy();
        try {
            cipher.init(Cipher.DECRYPT_MODE, rawKey, nonce);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the inner cipher refused a key of zeros", e);
        }
    }
}
