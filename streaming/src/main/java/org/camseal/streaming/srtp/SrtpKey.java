package org.camseal.streaming.srtp;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A master key and its master salt (RFC 3711 section 3.2.1), for one profile. Copied in and out, compared in constant time, printed
 * without its bytes.
 */
public final class SrtpKey implements AutoCloseable {
    private final SrtpProfile profile;
    private final byte[] keyAndSalt;

    private SrtpKey(SrtpProfile profile, byte[] keyAndSalt) {
        this.profile = profile;
        this.keyAndSalt = keyAndSalt;
    }

    /**
     * Of the key and the salt behind it, as key management carries them.
     *
     * @throws IllegalArgumentException where the length is not the profile's
     */
    public static SrtpKey of(SrtpProfile profile, byte[] keyAndSalt) {
        int expected = lengthOf(profile);
        if (keyAndSalt.length != expected) {
            throw new IllegalArgumentException(
                    "master key and salt of " + keyAndSalt.length + " bytes; " + profile + " has " + expected);
        }
        return new SrtpKey(profile, keyAndSalt.clone());
    }

    /** A fresh one. */
    public static SrtpKey random(SrtpProfile profile, RandomGenerator random) {
        byte[] bytes = new byte[lengthOf(profile)];
        random.nextBytes(bytes);
        return new SrtpKey(profile, bytes);
    }

    /** Bytes of a profile's master key and salt together. */
    public static int lengthOf(SrtpProfile profile) {
        return profile.keyLength() + profile.saltLength();
    }

    public SrtpProfile profile() {
        return profile;
    }

    /** Master key and master salt in one: for key management inside TLS, and for nothing else. */
    public byte[] keyAndSalt() {
        return keyAndSalt.clone();
    }

    byte[] key() {
        return Arrays.copyOf(keyAndSalt, profile.keyLength());
    }

    byte[] salt() {
        return Arrays.copyOfRange(keyAndSalt, profile.keyLength(), keyAndSalt.length);
    }

    /** Wipes it; packets that are under way keep their session keys. */
    @Override
    public void close() {
        Arrays.fill(keyAndSalt, (byte) 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SrtpKey key
                && profile == key.profile
                && MessageDigest.isEqual(keyAndSalt, key.keyAndSalt);
    }

    @Override
    public int hashCode() {
        return profile.hashCode(); // of nothing secret
    }

    @Override
    public String toString() {
        return profile + " master key";
    }
}
