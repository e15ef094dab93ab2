package org.camseal.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * HPKE in base mode, one message per context: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-GCM.
 *
 * <p>The private key of either side takes part through {@link Agreement} alone, so it may stay inside a token.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9180">RFC 9180</a>
 */
final class Hpke {
    /** The half of a Diffie-Hellman exchange that needs a private key. */
    @FunctionalInterface
    interface Agreement {
        /**
         * The x coordinate of the shared point.
         *
         * @param peer on P-256, checked
         * @return 32 bytes, the caller's to wipe
         */
        byte[] agree(ECPublicKey peer) throws SealException.KeyFailed;
    }

    /** A private key by its use, with its public key. */
    record Party(ECPublicKey publicKey, Agreement agreement) {
        /** A pair on P-256. */
        static Party of(KeyPair pair) {
            return new Party((ECPublicKey) pair.getPublic(), peer -> {
                try {
                    return P256.agree(pair.getPrivate(), peer);
                } catch (GeneralSecurityException e) {
                    throw new SealException.KeyFailed("the key agreed on no secret", e);
                }
            });
        }
    }

    /** The AEADs of RFC 9180 section 7.3 that are here; grants use AES-256-GCM alone, the other one is that of the RFC's vectors. */
    enum Aead {
        AES_128_GCM(1, 16),
        AES_256_GCM(2, 32);

        private final int id;
        private final int keyBytes;

        Aead(int id, int keyBytes) {
            this.id = id;
            this.keyBytes = keyBytes;
        }
    }

    private static final int KEM_ID = 0x0010; // DHKEM(P-256, HKDF-SHA256), section 7.1
    private static final int KDF_ID = 0x0001; // HKDF-SHA256, section 7.2
    private static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;
    private static final byte[] VERSION = ascii("HPKE-v1");
    private static final byte[] NOTHING = {};

    private final Aead aead;
    private final byte[] kemSuite = suite(ascii("KEM"), KEM_ID);
    private final byte[] hpkeSuite;

    Hpke(Aead aead) {
        this.aead = aead;
        this.hpkeSuite = suite(ascii("HPKE"), KEM_ID, KDF_ID, aead.id);
    }

    /**
     * SetupBaseS of section 5.1.1.
     *
     * @param ephemeral used once; its encoded point is what travels as enc
     */
    Context sender(ECPublicKey recipient, Party ephemeral, byte[] info) throws SealException.KeyFailed {
        byte[] dh = ephemeral.agreement().agree(recipient);
        byte[] kemContext = concat(P256.encode(ephemeral.publicKey()), P256.encode(recipient));
        return context(sharedSecret(dh, kemContext), info);
    }

    /**
     * SetupBaseR of section 5.1.1.
     *
     * @return nothing where enc is no point of the curve (section 7.1.4)
     */
    Optional<Context> recipient(Party recipient, byte[] enc, byte[] info) throws SealException.KeyFailed {
        Optional<ECPublicKey> ephemeral = P256.decode(enc);
        if (ephemeral.isEmpty()) {
            return Optional.empty();
        }
        byte[] dh = recipient.agreement().agree(ephemeral.get());
        byte[] kemContext = concat(enc, P256.encode(recipient.publicKey()));
        return Optional.of(context(sharedSecret(dh, kemContext), info));
    }

    /** ExtractAndExpand of section 4.1; wipes dh. */
    private byte[] sharedSecret(byte[] dh, byte[] kemContext) {
        byte[] prk = labeledExtract(kemSuite, NOTHING, "eae_prk", dh);
        byte[] secret = labeledExpand(prk, concat(kemSuite, ascii("shared_secret"), kemContext), Hkdf.HASH_BYTES);
        Arrays.fill(dh, (byte) 0);
        Arrays.fill(prk, (byte) 0);
        return secret;
    }

    /** KeySchedule of section 5.1 in base mode; wipes the shared secret. */
    private Context context(byte[] sharedSecret, byte[] info) {
        byte[] pskIdHash = labeledExtract(hpkeSuite, NOTHING, "psk_id_hash", NOTHING);
        byte[] infoHash = labeledExtract(hpkeSuite, NOTHING, "info_hash", info);
        byte[] context = concat(new byte[] {0}, pskIdHash, infoHash);
        byte[] secret = labeledExtract(hpkeSuite, sharedSecret, "secret", NOTHING);
        byte[] key = labeledExpand(secret, concat(hpkeSuite, ascii("key"), context), aead.keyBytes);
        byte[] nonce = labeledExpand(secret, concat(hpkeSuite, ascii("base_nonce"), context), NONCE_BYTES);
        Arrays.fill(sharedSecret, (byte) 0);
        Arrays.fill(secret, (byte) 0);
        return new Context(key, nonce);
    }

    /** The AEAD of one exchange, good for its first message alone (sequence number 0): a grant is one message. */
    static final class Context {
        private final byte[] key;
        private final byte[] nonce;

        private Context(byte[] key, byte[] nonce) {
            this.key = key;
            this.nonce = nonce;
        }

        /** The ciphertext, 16 bytes longer than the message. Uses the context up. */
        byte[] seal(byte[] associatedData, byte[] message) {
            try {
                return aead(Cipher.ENCRYPT_MODE, associatedData, message);
            } catch (AEADBadTagException e) {
                throw new IllegalStateException("encryption refused a tag", e);
            }
        }

        /** The message, or nothing where the ciphertext is not of this context. Uses the context up. */
        Optional<byte[]> open(byte[] associatedData, byte[] ciphertext) {
            if (ciphertext.length < TAG_BYTES) {
                return Optional.empty();
            }
            try {
                return Optional.of(aead(Cipher.DECRYPT_MODE, associatedData, ciphertext));
            } catch (AEADBadTagException e) {
                return Optional.empty();
            }
        }

        private byte[] aead(int mode, byte[] associatedData, byte[] input) throws AEADBadTagException {
            try {
                Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(mode, RawKey.over("AES", key), new GCMParameterSpec(8 * TAG_BYTES, nonce));
                cipher.updateAAD(associatedData);
                return cipher.doFinal(input);
            } catch (AEADBadTagException e) {
                throw e;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK does not do AES-GCM", e);
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        }
    }

    /** LabeledExtract of section 4. */
    private static byte[] labeledExtract(byte[] suite, byte[] salt, String label, byte[] ikm) {
        byte[] labeled = concat(VERSION, suite, ascii(label), ikm);
        byte[] prk = Hkdf.extract(salt, labeled);
        Arrays.fill(labeled, (byte) 0);
        return prk;
    }

    /**
     * LabeledExpand of section 4.
     *
     * @param labeled suite, label and info, one after the other
     */
    private static byte[] labeledExpand(byte[] prk, byte[] labeled, int length) {
        byte[] lengthBytes = {(byte) (length >> 8), (byte) length};
        return Hkdf.expand(prk, concat(lengthBytes, VERSION, labeled), length);
    }

    private static byte[] suite(byte[] name, int... ids) {
        ByteBuffer out = ByteBuffer.allocate(name.length + 2 * ids.length).put(name);
        for (int id : ids) {
            out.putShort((short) id);
        }
        return out.array();
    }

    private static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
