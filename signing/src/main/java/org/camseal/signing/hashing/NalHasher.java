package org.camseal.signing.hashing;

import java.security.DigestException;
import java.security.MessageDigest;
import org.camseal.media.NalUnit;
import org.camseal.signing.wire.Digest;
import org.camseal.signing.wire.HashAlgorithm;
import org.camseal.signing.wire.SigningSei;
import org.jspecify.annotations.Nullable;

/**
 * Hashes the NAL units of a stream, in stream order: its state is the anchor, the hash of the slice that started the group of pictures
 * (docs/spec/media-signing.md, section 5). Confined to one thread.
 */
public final class NalHasher {
    private final HashAlgorithm algorithm;
    private final MessageDigest digest;
    // The anchor, and behind it room for the hash of the unit itself.
    private final byte[] pair;
    private @Nullable Digest anchor;

    public NalHasher(HashAlgorithm algorithm) {
        this.algorithm = algorithm;
        this.digest = algorithm.newDigest();
        this.pair = new byte[2 * algorithm.size()];
    }

    public HashAlgorithm algorithm() {
        return algorithm;
    }

    /** The hash of the last group start; null in front of the first. */
    public @Nullable Digest anchor() {
        return anchor;
    }

    /**
     * The hash of a slice: that of a group start is its own and becomes the anchor; every other one is bound to the anchor. In front of the
     * first group start a slice has its own hash alone.
     *
     * @param nalClass {@link NalClass#of} the unit, {@link NalClass#isHashed}
     */
    public Digest hash(NalUnit nal, NalClass nalClass) {
        if (!nalClass.isHashed()) {
            throw new IllegalArgumentException(nal + " (" + nalClass + ") is not hashed");
        }
        update(nal);
        if (nalClass == NalClass.GROUP_START) {
            Digest own = Digest.of(digest.digest());
            System.arraycopy(own.bytes(), 0, pair, 0, own.size());
            anchor = own;
            return own;
        }
        if (anchor == null) {
            return Digest.of(digest.digest());
        }
        try {
            digest.digest(pair, algorithm.size(), algorithm.size());
        } catch (DigestException e) {
            throw new IllegalStateException("the array has room for two digests", e);
        }
        return Digest.of(digest.digest(pair));
    }

    /**
     * The hash of a slice's own bytes, bound to nothing: what {@link #bound} takes. It leaves the anchor as it is.
     *
     * @param slice trailing zero bytes are left out
     */
    public Digest own(NalUnit slice) {
        update(slice);
        return Digest.of(digest.digest());
    }

    private void update(NalUnit nal) {
        byte[] bytes = nal.bytes();
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--; // trailing zero bytes belong to the byte stream, not to the NAL unit
        }
        digest.update(bytes, 0, length);
    }

    /** The hash of a slice that is bound to the anchor of its group of pictures, given its own hash. */
    public Digest bound(Digest groupAnchor, Digest own) {
        digest.update(groupAnchor.bytes());
        digest.update(own.bytes());
        return Digest.of(digest.digest());
    }

    /** The hash of an unsigned SEI: its own, whatever the group. */
    public Digest hash(SigningSei unsigned) {
        return Digest.of(digest.digest(unsigned.hashedBytes()));
    }

    /** The hash of bytes as they are, for documents. */
    public Digest hash(byte[] bytes) {
        return Digest.of(digest.digest(bytes));
    }
}
