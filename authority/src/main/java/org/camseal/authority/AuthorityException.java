package org.camseal.authority;

import org.jspecify.annotations.Nullable;

/**
 * A fault from outside in the authority. The message says where, what was seen, what was expected and what to do; it never holds a secret.
 */
public abstract sealed class AuthorityException extends Exception {
    private AuthorityException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The register, or a file beside it, cannot be read or written. */
    public static final class Store extends AuthorityException {
        public Store(String message) {
            super(message, null);
        }

        public Store(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The transparency log would have to contradict what it has signed, so it signs nothing. */
    public static final class Log extends AuthorityException {
        public Log(String message) {
            super(message, null);
        }
    }

    /** A key did not sign. */
    public static final class Key extends AuthorityException {
        public Key(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
