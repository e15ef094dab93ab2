package org.camseal.camera.accounts;

/**
 * An account as others may see it.
 *
 * @param name of 1 to 32 letters, digits, {@code . _ -}
 * @param streamSecret what its programs log in with
 * @param generation changes whenever its password or role does, or it is made anew: what was allowed before counts no more
 */
public record Account(String name, AccountRole role, StreamSecret streamSecret, long generation) {
    /** Whether programs can log in with the account. */
    public enum StreamSecret {
        /** They cannot. */
        NONE,
        /** At RTSP and by HTTP Digest; only hashes are kept. */
        DIGEST,
        /** With WS-Security too (ONVIF), for which the secret itself has to be kept. */
        ONVIF
    }
}
