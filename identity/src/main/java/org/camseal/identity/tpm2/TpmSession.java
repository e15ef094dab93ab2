package org.camseal.identity.tpm2;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;

/**
 * A session with the TPM (part 1, sections 17 and 19): it proves that we know the authorisation without sending it, finds out what was
 * altered, replayed or reordered on the wire, and encrypts the first parameter of commands and responses. Its key comes from a salt
 * that only the TPM behind the pinned salt key can read. Not for several threads.
 */
final class TpmSession {
    static final int HMAC = 0x00;
    static final int POLICY = 0x01;

    static final int CONTINUE = 0x01;
    static final int DECRYPT = 0x20;
    static final int ENCRYPT = 0x40;

    private final int handle;
    private final byte[] key;
    private final SecureRandom random;
    private byte[] nonceTpm;
    private byte[] nonceCaller;

    TpmSession(int handle, byte[] key, byte[] nonceCaller, byte[] nonceTpm, SecureRandom random) {
        this.handle = handle;
        this.key = key.clone();
        this.nonceCaller = nonceCaller.clone();
        this.nonceTpm = nonceTpm.clone();
        this.random = random;
    }

    /** The secret of a session's start: what goes to the TPM, and what both sides then know. */
    record Salt(EncryptedSalt sent, SecretSalt secret) {
        /** Makes a salt for the TPM that holds that salt key. */
        static Salt forKey(ECPublicKey saltKey, SecureRandom random) {
            TpmEcdh shared = TpmEcdh.with(saltKey, random);
            byte[] secret = TpmKdf.kdfe(shared.z(), "SECRET", shared.ownX(), shared.otherX());
            return new Salt(new EncryptedSalt(shared.point()), new SecretSalt(secret));
        }
    }

    /** TPM2B_ENCRYPTED_SECRET's contents. */
    @SuppressWarnings("ArrayRecordComponent") // lives for one call
    record EncryptedSalt(byte[] bytes) {}

    /** What the session key is made from. */
    @SuppressWarnings("ArrayRecordComponent") // lives for one call
    record SecretSalt(byte[] bytes) {
        @Override
        public String toString() {
            return "salt";
        }
    }

    static byte[] keyOf(SecretSalt salt, byte[] nonceTpm, byte[] nonceCaller) {
        return TpmKdf.kdfa(salt.bytes(), "ATH", nonceTpm, nonceCaller, TpmKdf.DIGEST_BYTES);
    }

    int handle() {
        return handle;
    }

    byte[] nonceTpm() {
        return nonceTpm.clone();
    }

    /** Takes a fresh nonce for the next command. */
    void roll() {
        nonceCaller = new byte[TpmKdf.DIGEST_BYTES];
        random.nextBytes(nonceCaller);
    }

    private byte[] secret(byte[] authorisation) {
        byte[] both = Arrays.copyOf(key, key.length + authorisation.length);
        System.arraycopy(authorisation, 0, both, key.length, authorisation.length);
        return both;
    }

    byte[] encryptCommand(byte[] parameter, byte[] authorisation) {
        return cipher(TpmKdf.Direction.ENCRYPT, parameter, authorisation, nonceCaller, nonceTpm);
    }

    byte[] decryptResponse(byte[] parameter, byte[] authorisation) {
        return cipher(TpmKdf.Direction.DECRYPT, parameter, authorisation, nonceTpm, nonceCaller);
    }

    private byte[] cipher(
            TpmKdf.Direction direction, byte[] parameter, byte[] authorisation, byte[] newer, byte[] older) {
        byte[] secret = secret(authorisation);
        byte[] keyAndIv = TpmKdf.kdfa(secret, "CFB", newer, older, 2 * TpmKdf.AES_BYTES);
        byte[] aes = Arrays.copyOf(keyAndIv, TpmKdf.AES_BYTES);
        byte[] iv = Arrays.copyOfRange(keyAndIv, TpmKdf.AES_BYTES, keyAndIv.length);
        byte[] result = TpmKdf.aesCfb(direction, aes, iv, parameter);
        Arrays.fill(secret, (byte) 0);
        Arrays.fill(keyAndIv, (byte) 0);
        Arrays.fill(aes, (byte) 0);
        return result;
    }

    /** TPMS_AUTH_COMMAND: handle, nonce, attributes, and the proof over the command. */
    byte[] authorise(byte[] commandDigest, int attributes, byte[] authorisation) {
        byte[] secret = secret(authorisation);
        byte[] proof = TpmKdf.hmac(secret, commandDigest, nonceCaller, nonceTpm, new byte[] {(byte) attributes});
        Arrays.fill(secret, (byte) 0);
        return new TpmWriter()
                .u32(handle)
                .sized(nonceCaller)
                .u8(attributes)
                .sized(proof)
                .bytes();
    }

    /**
     * Reads TPMS_AUTH_RESPONSE and checks its proof.
     *
     * @throws IdentityException.Element with {@link ElementFault#TAMPERED} if the response is not by this TPM, not whole, or not the
     *     answer to the command just sent
     */
    void check(TpmReader in, byte[] responseDigest, byte[] authorisation, String command)
            throws IdentityException.Element {
        byte[] newer = in.sized();
        int attributes = in.u8();
        byte[] proof = in.sized();
        byte[] secret = secret(authorisation);
        byte[] expected = TpmKdf.hmac(secret, responseDigest, newer, nonceCaller, new byte[] {(byte) attributes});
        Arrays.fill(secret, (byte) 0);
        if (newer.length < 16 || !MessageDigest.isEqual(proof, expected)) {
            throw new IdentityException.Element(
                    ElementFault.TAMPERED, "the answer to " + command + " does not carry the session's proof");
        }
        nonceTpm = newer;
    }

    @Override
    public String toString() {
        return "TPM session 0x" + Integer.toHexString(handle);
    }
}
