package org.camseal.authority.register;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * One thing that was done or refused, as the audit log keeps it.
 *
 * @param seq its number, from 1, without gaps
 * @param at when, in whole milliseconds
 * @param actor who: "line L1", "operator anna", "stranger ...", "authority"
 * @param event what, in one word: "issued", "refused", "held", "revoked" ...
 * @param subject about what: a serial, an order's id
 * @param detail the rest, for people; no secrets
 */
public record AuditEntry(long seq, Instant at, String actor, String event, String subject, String detail) {
    /** Bytes of the hash that binds entries together. */
    public static final int HASH_BYTES = 32;

    private static final byte[] LABEL = "camseal audit 1\n".getBytes(StandardCharsets.US_ASCII);

    /**
     * The hash of this entry and, through the one before, of all before it: SHA-256 over a label, the hash before, number, time in
     * milliseconds, and the four texts, each with its length in front.
     *
     * @param before the hash of the entry before; zeros in front of the first
     */
    byte[] hash(byte[] before) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(LABEL);
            digest.update(before);
            digest.update(ByteBuffer.allocate(16)
                    .putLong(seq)
                    .putLong(at.toEpochMilli())
                    .array());
            for (String text : new String[] {actor, event, subject, detail}) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
