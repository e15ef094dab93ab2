package org.camseal.signing;

/** A fault from outside that keeps a stream from being signed. */
public abstract sealed class SigningException extends Exception
        permits SigningException.NotStarted,
                SigningException.Refused,
                SigningException.AlreadySigned,
                SigningException.KeyFailed,
                SigningException.KeyTimedOut {
    SigningException(String message) {
        super(message);
    }

    SigningException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A picture in front of the first one that starts a group. */
    public static final class NotStarted extends SigningException {
        NotStarted() {
            super("no key picture yet; signing starts with the first");
        }
    }

    /** A picture of which the format would leave a part unsigned. The signer goes on with the next unit. */
    public static final class Refused extends SigningException {
        Refused(String message) {
            super(message);
        }
    }

    /** The source's video has signatures of this format: a second signer's would make both unreadable. */
    public static final class AlreadySigned extends SigningException {
        AlreadySigned() {
            super("the source is signed already; deliver it as it is, or switch its own signing off");
        }
    }

    /** The key cannot sign. The signer is at its end: begin another. */
    public static final class KeyFailed extends SigningException {
        public KeyFailed(String message) {
            super(message);
        }

        public KeyFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The key has not answered within the time set. The signer is at its end: begin another. */
    public static final class KeyTimedOut extends SigningException {
        KeyTimedOut(String message) {
            super(message);
        }
    }
}
