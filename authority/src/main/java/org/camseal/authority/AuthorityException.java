package org.camseal.authority;

import org.camseal.identity.IdentityException;
import org.jspecify.annotations.Nullable;

/**
 * A fault from outside in the authority. The message says where, what was seen, what was expected and what to do; it never holds a
 * secret.
 */
public abstract sealed class AuthorityException extends Exception {
    private AuthorityException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The register cannot be opened, read or written. What was not answered may be asked again. */
    public static final class Store extends AuthorityException {
        public Store(IdentityException cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }

        public Store(String message) {
            super(message, null);
        }

        public Store(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A key of the authority, its certificate or its directory is missing, does not fit, or does not work. */
    public static final class Key extends AuthorityException {
        public Key(String message) {
            super(message, null);
        }

        public Key(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A file or a message that was given is not what it should be. */
    public static final class Malformed extends AuthorityException {
        public Malformed(String message) {
            super(message, null);
        }

        public Malformed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The transparency log would have to contradict what it has signed, so it signs nothing. */
    public static final class Log extends AuthorityException {
        public Log(String message) {
            super(message, null);
        }
    }

    /** What an operator asked for is against the rules, or about something that is not there. */
    public static final class NotAllowed extends AuthorityException {
        public NotAllowed(String message) {
            super(message, null);
        }
    }

    /** What the register says contradicts itself: it was altered, or is damaged. */
    public static final class Damaged extends AuthorityException {
        public Damaged(String message) {
            super(message, null);
        }

        public Damaged(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Another certificate authority that this one forwards to cannot be reached, or answers what nobody can use. */
    public static final class Upstream extends AuthorityException {
        public Upstream(String message) {
            super(message, null);
        }

        public Upstream(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Another's server or directory does not answer, or not with what was expected. */
    public static final class Peer extends AuthorityException {
        public Peer(String message) {
            super(message, null);
        }

        public Peer(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
