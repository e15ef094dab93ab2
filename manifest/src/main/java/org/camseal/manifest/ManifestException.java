package org.camseal.manifest;

/** Something from outside that a manifest, a session certificate or a sealed unit cannot be made of. */
public abstract sealed class ManifestException extends Exception
        permits ManifestException.Malformed,
                ManifestException.Rejected,
                ManifestException.NotSealed,
                ManifestException.KeyFailed {
    private final String message;

    ManifestException(String message, Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    ManifestException(String message) {
        super(message);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** The bytes break a rule of format 1. The message says where, what was seen and what was expected. */
    public static final class Malformed extends ManifestException {
        public Malformed(String message) {
            super(message);
        }

        public Malformed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Well formed, but the signature does not verify. The message is always the same. */
    public static final class Rejected extends ManifestException {
        Rejected() {
            super("the signature does not verify: altered, or signed with another key");
        }
    }

    /** A unit that is not sealed in form, and so must not be sent as a sealed one. */
    public static final class NotSealed extends ManifestException {
        public NotSealed(String message) {
            super(message);
        }
    }

    /** The key that should sign could not. */
    public static final class KeyFailed extends ManifestException {
        public KeyFailed(String message, Throwable cause) {
            super(message, cause);
        }

        public KeyFailed(String message) {
            super(message);
        }
    }
}
