package org.camseal.camera.accounts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The accounts as they stand in their file, in JSON.
 *
 * @param version of the form, 1
 * @param nextGeneration grows with each change of an account
 */
record StoredAccounts(int version, long nextGeneration, List<Stored> accounts) {
    static final int VERSION = 1;
    static final StoredAccounts NONE = new StoredAccounts(VERSION, 1, List.of());

    StoredAccounts {
        accounts = List.copyOf(accounts);
    }

    /**
     * One of them.
     *
     * @param verifier of the password, as {@link PasswordVerifier#text}
     * @param sha256 Digest secret by SHA-256; null where no program may log in
     * @param md5 Digest secret by MD5, which counts only where the camera is set to take such logins
     * @param onvif the stream secret itself, where WS-Security is wanted
     */
    record Stored(
            String name,
            String role,
            long generation,
            String verifier,
            @Nullable String sha256,
            @Nullable String md5,
            @Nullable String onvif) {
        Account account() {
            Account.StreamSecret secret = sha256 == null
                    ? Account.StreamSecret.NONE
                    : onvif == null ? Account.StreamSecret.DIGEST : Account.StreamSecret.ONVIF;
            return new Account(name, AccountRole.of(role).orElseThrow(), secret, generation);
        }

        /** Nothing of it but the name. */
        @Override
        public String toString() {
            return "account " + name;
        }
    }
}
