package org.camseal.authority.log;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A hash in the tree: 32 bytes of SHA-256 (RFC 6962 section 2.1). Nothing about it is secret. Immutable. */
public final class TreeHash {
    /** Length in bytes. */
    public static final int BYTES = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    /** MTH({}), the root of a tree without leaves. */
    static final TreeHash EMPTY = new TreeHash(sha256().digest());

    private final byte[] hash;

    private TreeHash(byte[] hash) {
        this.hash = hash;
    }

    /**
     * A hash from its bytes.
     *
     * @throws IllegalArgumentException if they are not 32
     */
    public static TreeHash of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    static TreeHash of(byte[] bytes, int from, int length) {
        if (length != BYTES) {
            throw new IllegalArgumentException("a hash of " + length + " bytes; it has " + BYTES);
        }
        return new TreeHash(Arrays.copyOfRange(bytes, from, from + length));
    }

    /** MTH({d}) = SHA-256(0x00 || d). */
    public static TreeHash leaf(byte[] d) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return new TreeHash(digest.digest(d));
    }

    /** SHA-256(0x01 || left || right). */
    static TreeHash node(TreeHash left, TreeHash right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(left.hash);
        return new TreeHash(digest.digest(right.hash));
    }

    /** Of the roots of perfect subtrees side by side, from left to right, no smaller one in front of a larger one: the root over all. */
    static TreeHash over(List<TreeHash> subtrees) {
        if (subtrees.isEmpty()) {
            return EMPTY;
        }
        TreeHash root = subtrees.getLast();
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            root = node(subtrees.get(i), root);
        }
        return root;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A copy of its bytes. */
    public byte[] bytes() {
        return hash.clone();
    }

    void writeTo(byte[] target, int at) {
        System.arraycopy(hash, 0, target, at, BYTES);
    }

    /** As checkpoints and proofs write it. */
    public String base64() {
        return Base64.getEncoder().encodeToString(hash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeHash that && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return new String(Base64.getEncoder().encode(hash), StandardCharsets.US_ASCII);
    }
}
