package org.camseal.identity.soft;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.camseal.identity.DurableFile;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Slot;

/**
 * The element's one state file: all keys, its channel key and the pairing secret, sealed, written whole at every change (docs/spec,
 * soft-element, section 4). The sealing key comes from a seed file beside it and from the place it is at; so a copy elsewhere does not
 * open. Not for several threads.
 */
final class SoftState {
    static final String SEED = "seed";
    static final String KEYS = "keys.sealed";

    private static final byte[] MAGIC = "CSSOFT1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_BYTES = 64 * 1024;
    private static final int SEED_BYTES = 32;
    private static final int DIGEST = 32;
    private static final int NONCE = 12;

    private final Path directory;
    private final StatePlace place;
    private final SecureRandom random;
    private final DurableFile.Steps steps;
    private final Map<Slot, SoftKey> keys = new EnumMap<>(Slot.class);
    private X25519 channelKey;
    private byte[] pairingSecret;

    private SoftState(
            Path directory,
            StatePlace place,
            SecureRandom random,
            DurableFile.Steps steps,
            X25519 channelKey,
            byte[] pairingSecret) {
        this.directory = directory;
        this.place = place;
        this.random = random;
        this.steps = steps;
        this.channelKey = channelKey;
        this.pairingSecret = pairingSecret;
    }

    /** Makes an empty state, or opens the one that is there. */
    static SoftState openOrCreate(Path directory, StatePlace place, SecureRandom random, DurableFile.Steps steps)
            throws IdentityException {
        DurableFile.ownDirectory(directory);
        if (DurableFile.read(directory.resolve(KEYS), MAX_BYTES).isPresent()) {
            return open(directory, place, random, steps);
        }
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        DurableFile.write(directory.resolve(SEED), seed, DurableFile.Readers.OWNER, steps);
        byte[] secret = new byte[Pairing.SECRET_BYTES];
        random.nextBytes(secret);
        SoftState state = new SoftState(directory, place, random, steps, X25519.generate(random), secret);
        state.write();
        return state;
    }

    /**
     * Opens a state.
     *
     * @throws IdentityException with {@link ElementFault#UNAVAILABLE} if there is none, {@link ElementFault#CLONED} if it was made
     *     elsewhere, {@link ElementFault#DAMAGED} if it is not whole
     */
    static SoftState open(Path directory, StatePlace place, SecureRandom random, DurableFile.Steps steps)
            throws IdentityException {
        DurableFile.requireOwnerOnly(directory, "700");
        byte[] file = DurableFile.read(directory.resolve(KEYS), MAX_BYTES)
                .orElseThrow(() -> new IdentityException.Element(
                        ElementFault.UNAVAILABLE, "no soft element was prepared in " + directory));
        SoftState state =
                new SoftState(directory, place, random, steps, X25519.generate(random), new byte[Pairing.SECRET_BYTES]);
        state.read(file);
        return state;
    }

    X25519 channelKey() {
        return channelKey;
    }

    Pairing pairing() {
        return new Pairing(channelKey.publicKey(), pairingSecret);
    }

    byte[] pairingSecret() {
        return pairingSecret.clone();
    }

    Map<Slot, SoftKey> keys() {
        return Map.copyOf(keys);
    }

    /** Adds a key; it is there once this returns, also after a power cut. */
    void put(Slot slot, SoftKey key) throws IdentityException {
        keys.put(slot, key);
        try {
            write();
        } catch (IdentityException e) {
            keys.remove(slot);
            throw e;
        }
    }

    void remove(Slot slot) throws IdentityException {
        SoftKey old = keys.remove(slot);
        if (old != null) {
            write();
        }
    }

    private byte[] fingerprint() throws IdentityException {
        return NoiseState.sha256("camseal soft element place".getBytes(StandardCharsets.US_ASCII), placeBytes());
    }

    private byte[] placeBytes() throws IdentityException {
        return place.of(directory.resolve(SEED));
    }

    private byte[] sealingKey() throws IdentityException {
        Path file = directory.resolve(SEED);
        byte[] seed = DurableFile.read(file, SEED_BYTES)
                .orElseThrow(() -> new IdentityException.Element(
                        ElementFault.DAMAGED, file + " is missing: the keys stay sealed"));
        DurableFile.requireOwnerOnly(file, "600");
        if (seed.length != SEED_BYTES) {
            throw new IdentityException.Element(
                    ElementFault.DAMAGED, file + " has " + seed.length + " bytes instead of " + SEED_BYTES);
        }
        return NoiseState.hmac(
                seed, "camseal soft element sealing 1".getBytes(StandardCharsets.US_ASCII), placeBytes());
    }

    private void write() throws IdentityException {
        byte[] body = encode();
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] head = ByteBuffer.allocate(MAGIC.length + DIGEST)
                .put(MAGIC)
                .put(fingerprint())
                .array();
        try {
            byte[] sealed = crypt(Cipher.ENCRYPT_MODE, sealingKey(), nonce, head, body);
            byte[] file = ByteBuffer.allocate(head.length + NONCE + sealed.length)
                    .put(head)
                    .put(nonce)
                    .put(sealed)
                    .array();
            DurableFile.write(directory.resolve(KEYS), file, DurableFile.Readers.OWNER, steps);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    private static byte[] crypt(int mode, byte[] key, byte[] nonce, byte[] head, byte[] text)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * NoiseState.TAG, nonce));
        cipher.updateAAD(head);
        return cipher.doFinal(text);
    }

    private byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);
        out.put(channelKey.scalar()).put(channelKey.publicKey()).put(pairingSecret);
        out.put((byte) keys.size());
        keys.forEach((slot, key) -> {
            out.put(Numbers.of(slot));
            key.encode(out);
        });
        return Arrays.copyOf(out.array(), out.position());
    }

    private void read(byte[] file) throws IdentityException {
        if (DurableFile.read(directory.resolve(SEED), SEED_BYTES).isEmpty()) {
            throw damaged("the file " + SEED + " beside it is missing");
        }
        int head = MAGIC.length + DIGEST;
        if (file.length < head + NONCE + NoiseState.TAG
                || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw damaged("it is not of this format");
        }
        if (!MessageDigest.isEqual(Arrays.copyOfRange(file, MAGIC.length, head), fingerprint())) {
            throw new IdentityException.Element(
                    ElementFault.CLONED,
                    directory + " was made on another machine or at another place: it was copied or restored");
        }
        byte[] body = new byte[0];
        try {
            body = crypt(
                    Cipher.DECRYPT_MODE,
                    sealingKey(),
                    Arrays.copyOfRange(file, head, head + NONCE),
                    Arrays.copyOf(file, head),
                    Arrays.copyOfRange(file, head + NONCE, file.length));
            decode(ByteBuffer.wrap(body));
        } catch (AEADBadTagException e) {
            throw damaged("its seal does not match");
        } catch (GeneralSecurityException | BufferUnderflowException | IllegalArgumentException e) {
            throw damaged("its keys cannot be read");
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    private void decode(ByteBuffer in) throws GeneralSecurityException {
        byte[] scalar = new byte[X25519.BYTES];
        byte[] point = new byte[X25519.BYTES];
        in.get(scalar).get(point).get(pairingSecret);
        channelKey = X25519.of(scalar, point);
        int count = in.get();
        for (int i = 0; i < count; i++) {
            Slot slot = Numbers.slot(in.get()).orElseThrow(() -> new IllegalArgumentException("a slot"));
            keys.put(slot, SoftKey.decode(in));
        }
    }

    private IdentityException.Element damaged(String why) {
        return new IdentityException.Element(ElementFault.DAMAGED, directory.resolve(KEYS) + " is damaged: " + why);
    }
}
