package org.camseal.signing.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** A hash algorithm of the format, H in the specification: for NAL units, groups and documents alike. */
public enum HashAlgorithm {
    SHA_256("SHA-256", 32, 1),
    SHA_384("SHA-384", 48, 2),
    SHA_512("SHA-512", 64, 3);

    // DER of 2.16.840.1.101.3.4.2.x, tag and length included (NIST CSOR, hash algorithms).
    private static final byte[] OID_START = {0x06, 0x09, 0x60, (byte) 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02};

    private final String jcaName;
    private final int size;
    private final int oidEnd;

    HashAlgorithm(String jcaName, int size, int oidEnd) {
        this.jcaName = jcaName;
        this.size = size;
        this.oidEnd = oidEnd;
    }

    /** The name that {@link MessageDigest#getInstance(String)} knows. */
    public String jcaName() {
        return jcaName;
    }

    /** Bytes of a digest: 32, 48 or 64. */
    public int size() {
        return size;
    }

    /** The object identifier in DER, tag and length included, a new array. */
    public byte[] oid() {
        byte[] oid = java.util.Arrays.copyOf(OID_START, OID_START.length + 1);
        oid[OID_START.length] = (byte) oidEnd;
        return oid;
    }

    /** The algorithm of an object identifier in DER; empty for every other one. */
    static Optional<HashAlgorithm> ofOid(byte[] bytes, int from, int to) {
        for (HashAlgorithm algorithm : values()) {
            byte[] oid = algorithm.oid();
            if (java.util.Arrays.equals(bytes, from, to, oid, 0, oid.length)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The algorithm whose digests have this many bytes; empty if there is none. */
    public static Optional<HashAlgorithm> ofSize(int size) {
        for (HashAlgorithm algorithm : values()) {
            if (algorithm.size == size) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** A new message digest of this algorithm. */
    public MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(jcaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + jcaName, e);
        }
    }
}
