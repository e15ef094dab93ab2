package org.camseal.acme;

import org.jspecify.annotations.Nullable;

/**
 * An authority gave no certificate. The message says who, what was seen and what to do; it never holds a secret.
 */
public abstract sealed class IssuanceException extends Exception {
    private IssuanceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The authority cannot be reached, is not the one whose roots were given, or does not speak ACME. */
    public static final class Unreachable extends IssuanceException {
        public Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The authority refuses: its terms are not agreed to, a name it does not issue for, too many requests. */
    public static final class Refused extends IssuanceException {
        public Refused(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The authority asked the name and did not find what it was told to look for, or the port for it cannot be had. */
    public static final class NotProved extends IssuanceException {
        public NotProved(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The authority did not come to an end in time. */
    public static final class Late extends IssuanceException {
        public Late(String message) {
            super(message, null);
        }
    }
}
