package org.camseal.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** What hides the short share: two blocks of AES-256 under the share key, one pair for each counter (sealed-video.md, packages). */
final class SharePad implements AutoCloseable {
    private static final int BLOCK_BYTES = 16;
    private static final int COUNTER_OFFSET = 12;

    private final Cipher aes;
    // "cs1" 0 track i 0 0 0 0 0 0 n, for i = 0 and 1
    private final byte[] blocks = new byte[2 * BLOCK_BYTES];

    /** @param shareKey SK, 32 bytes; copied by the cipher, left to the caller to wipe */
    SharePad(byte[] shareKey, int track) {
        for (int i = 0; i < 2; i++) {
            System.arraycopy("cs1".getBytes(StandardCharsets.US_ASCII), 0, blocks, i * BLOCK_BYTES, 3);
            blocks[i * BLOCK_BYTES + 4] = (byte) track;
            blocks[i * BLOCK_BYTES + 5] = (byte) i;
        }
        try {
            // Single blocks of a permutation whose inputs never repeat: as PRF, not as a mode for data.
            aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, RawKey.over("AES", shareKey));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK does not do AES-256", e);
        }
    }

    /** Puts the 32 bytes for a counter into pad. */
    void of(int counter, byte[] pad) {
        BigEndian.putInt(blocks, COUNTER_OFFSET, counter);
        BigEndian.putInt(blocks, BLOCK_BYTES + COUNTER_OFFSET, counter);
        try {
            aes.doFinal(blocks, 0, blocks.length, pad, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES refused two whole blocks", e);
        }
    }

    /** Takes the share key out of the cipher: keyed anew, the JDK's AES overwrites the round keys of before. */
    @Override
    public void close() {
        try {
            aes.init(Cipher.ENCRYPT_MODE, RawKey.over("AES", new byte[PackageCipher.KEY_BYTES]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES refused a key of zeros", e);
        }
    }
}
