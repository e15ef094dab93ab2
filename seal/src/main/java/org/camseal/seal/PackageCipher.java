package org.camseal.seal;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.camseal.manifest.Suite;

/**
 * Seals or opens the packages of one track in one epoch: an all-or-nothing transform of the payload, then AES-256 over its 32 bytes of
 * short share (sealed-video.md, packages).
 *
 * <p>For one thread and one direction. Works in arrays and ciphers of its own and makes no new ones for a package, beyond what the
 * JDK's ciphers make when they are keyed. Key bytes are wiped after each package.
 */
final class PackageCipher implements AutoCloseable {
    static final int KEY_BYTES = 32;
    static final int TAG_BYTES = 16;

    // The trailer: n, S, T, suite.
    private static final int SHARE_OFFSET = 4;
    private static final int TAG_OFFSET = SHARE_OFFSET + KEY_BYTES;
    private static final int SUITE_OFFSET = TAG_OFFSET + TAG_BYTES;

    /** Bytes that a package is longer than its payload. */
    static final int TRAILER_BYTES = SUITE_OFFSET + 1;

    private static final long COUNTERS = 1L << 32;
    private static final byte[] BULK_LABEL = "camseal 1 bulk".getBytes(StandardCharsets.US_ASCII);

    private final SharePad pad;
    private final AssociatedData associatedData;
    private final SecureRandom random;
    private final Map<Suite, BulkCipher> bulk = new EnumMap<>(Suite.class);
    private final Fold fold = new Fold();
    private final MessageDigest sha256 = Digests.sha256();
    // K, then X, then S on the way in; S, then X, then K on the way out.
    private final byte[] key = new byte[KEY_BYTES];
    private final byte[] padBytes = new byte[KEY_BYTES];
    private long nextCounter;
    private int lastWord;
    private boolean closed;

    /** @param random where the package keys come from; not used for opening */
    PackageCipher(EpochKey epochKey, int track, SecureRandom random) {
        byte[] shareKey = epochKey.shareKey(track);
        this.pad = new SharePad(shareKey, track);
        Arrays.fill(shareKey, (byte) 0);
        this.associatedData = new AssociatedData(epochKey.stream(), epochKey.epoch(), track);
        this.random = random;
    }

    /** The counter of the next package, 0 to 2^32 - 1. */
    long nextCounter() {
        return nextCounter;
    }

    /**
     * Seals a payload under the next counter.
     *
     * @param target where the package is written: {@link #TRAILER_BYTES} longer than the payload, in another array
     * @throws SealException.SelfTestFailed if the source of randomness repeats itself
     */
    void seal(Suite suite, Binding binding, Span payload, Span target) throws SealException.SelfTestFailed {
        requireOpen();
        if (nextCounter == COUNTERS) {
            throw new IllegalStateException("the counter of this track and epoch is used up");
        }
        int counter = (int) nextCounter++;
        byte[] out = target.array();
        int end = target.offset() + payload.length();
        drawKey();
        BulkCipher cipher = keyed(suite);
        associatedData.set(suite, binding, counter);
        cipher.encrypt(associatedData, payload, target, key); // X = K xor fold(C || T)
        pad.of(counter, padBytes);
        Fold.xor(key, padBytes); // S = X xor pad
        System.arraycopy(out, end, out, end + TAG_OFFSET, TAG_BYTES);
        BigEndian.putInt(out, end, counter);
        System.arraycopy(key, 0, out, end + SHARE_OFFSET, KEY_BYTES);
        out[end + SUITE_OFFSET] = (byte) suite.code();
        wipe();
    }

    /**
     * Opens a package.
     *
     * @param sealed the package, at least {@link #TRAILER_BYTES}; its trailer is overwritten
     * @param target where the payload is written: {@link #TRAILER_BYTES} shorter than the package, in another array
     * @return false where package, binding and epoch key do not belong together; the target then holds nothing of the payload
     */
    boolean open(Binding binding, Span sealed, Span target) {
        requireOpen();
        byte[] array = sealed.array();
        int end = sealed.offset() + sealed.length() - TRAILER_BYTES;
        Optional<Suite> suite = Suite.ofCode(array[end + SUITE_OFFSET] & 0xff);
        if (suite.isEmpty()) {
            return false;
        }
        int counter = BigEndian.getInt(array, end);
        System.arraycopy(array, end + SHARE_OFFSET, key, 0, KEY_BYTES);
        System.arraycopy(array, end + TAG_OFFSET, array, end, TAG_BYTES);
        pad.of(counter, padBytes);
        Fold.xor(key, padBytes); // X = S xor pad
        Span bulkShare = Span.of(array, sealed.offset(), end + TAG_BYTES - sealed.offset());
        fold.into(key, array, bulkShare.offset(), bulkShare.length()); // K = X xor fold(C || T)
        BulkCipher cipher = keyed(suite.get());
        associatedData.set(suite.get(), binding, counter);
        boolean opened = cipher.decrypt(associatedData, bulkShare, target);
        wipe();
        return opened;
    }

    /** Fills K; a source that gives the same 32 bits three times in a row (chance 2^-64) is broken. */
    private void drawKey() throws SealException.SelfTestFailed {
        random.nextBytes(key);
        if (BigEndian.getInt(key, 0) == lastWord) {
            random.nextBytes(key);
            if (BigEndian.getInt(key, 0) == lastWord) {
                throw new SealException.SelfTestFailed(
                        "the source of randomness gave the same bytes again; stop, and mend it");
            }
        }
        lastWord = BigEndian.getInt(key, 0);
    }

    /** The suite's cipher with Ka = SHA-256("camseal 1 bulk" || suite || K). */
    private BulkCipher keyed(Suite suite) {
        BulkCipher cipher = bulk.computeIfAbsent(suite, BulkCipher::new);
        sha256.update(BULK_LABEL);
        sha256.update((byte) suite.code());
        sha256.update(key);
        try {
            sha256.digest(cipher.key(), 0, KEY_BYTES);
            sha256.reset(); // else it would keep K in its buffer until the next package
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 did not fit into 32 bytes", e);
        }
        return cipher;
    }

    private void wipe() {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(padBytes, (byte) 0);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this package cipher is closed");
        }
    }

    /** Keys all ciphers anew with zeros, so that the platform overwrites its copies of SK and of the last Ka. */
    @Override
    public void close() {
        closed = true;
        wipe();
        pad.close();
        bulk.values().forEach(BulkCipher::close);
    }
}
