package org.camseal.camera;

/** A camera that cannot do what it is set or asked to. The message says what was seen and what to do; nothing secret. */
public abstract sealed class CameraException extends Exception
        permits CameraException.UnfitIdentity,
                CameraException.UnfitRecipient,
                CameraException.CannotListen,
                CameraException.CannotSeal,
                CameraException.Store,
                CameraException.Refused {
    CameraException(String message, Throwable cause) {
        super(message, cause);
    }

    CameraException(String message) {
        super(message);
    }

    /** Its keys or certificates are missing, or name another camera. */
    public static final class UnfitIdentity extends CameraException {
        UnfitIdentity(String message, Throwable cause) {
            super(message, cause);
        }

        UnfitIdentity(String message) {
            super(message);
        }
    }

    /** A recipient's certificate that nothing can be granted to. */
    public static final class UnfitRecipient extends CameraException {
        UnfitRecipient(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Its address or port cannot be used. */
    public static final class CannotListen extends CameraException {
        CannotListen(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Ciphers or randomness failed their test: nothing may be sealed on this machine. */
    public static final class CannotSeal extends CameraException {
        CannotSeal(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A file that it keeps cannot be read or written, or is damaged. */
    public static final class Store extends CameraException {
        public Store(String message, Throwable cause) {
            super(message, cause);
        }

        public Store(String message) {
            super(message);
        }
    }

    /** What somebody wanted is not allowed, or not fit; the message is for them. */
    public static final class Refused extends CameraException {
        public Refused(String message) {
            super(message);
        }
    }
}
