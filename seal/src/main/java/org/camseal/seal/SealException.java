package org.camseal.seal;

/** What keeps sealing, granting or opening from going on. The message says what was seen and expected and what to do; no secrets. */
public abstract sealed class SealException extends Exception
        permits SealException.Refused,
                SealException.NotStarted,
                SealException.NoRecipient,
                SealException.UnfitRecipient,
                SealException.MalformedGrants,
                SealException.KeyFailed,
                SealException.SelfTestFailed {
    SealException(String message) {
        super(message);
    }

    SealException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A unit that cannot be sealed exactly, and so is not sealed, nor passed in clear. */
    public static final class Refused extends SealException {
        Refused(String message) {
            super(message);
        }

        Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A unit in front of the first key picture: a sealed stream begins with one, so this unit cannot be part of it. */
    public static final class NotStarted extends SealException {
        NotStarted(String message) {
            super(message);
        }
    }

    /** Nobody is left who may open the stream. It stops; it never goes on in clear. */
    public static final class NoRecipient extends SealException {
        NoRecipient(String message) {
            super(message);
        }
    }

    /** A certificate or public key that no grant can be made for. */
    public static final class UnfitRecipient extends SealException {
        UnfitRecipient(String message) {
            super(message);
        }
    }

    /** Grants that break their form (sealed-video.md, grants). */
    public static final class MalformedGrants extends SealException {
        MalformedGrants(String message) {
            super(message);
        }

        MalformedGrants(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A private key could not be used, for instance because its token was removed. */
    public static final class KeyFailed extends SealException {
        public KeyFailed(String message) {
            super(message);
        }

        public KeyFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The ciphers or the source of randomness do not do what they must. Nothing may be sealed here. */
    public static final class SelfTestFailed extends SealException {
        SelfTestFailed(String message) {
            super(message);
        }
    }
}
