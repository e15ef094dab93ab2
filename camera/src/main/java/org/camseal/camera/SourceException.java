package org.camseal.camera;

/** A source that gives no pictures. The message names the source, what was seen and what to do; it holds no password. */
public abstract sealed class SourceException extends Exception permits SourceException.Lost, SourceException.Unusable {
    SourceException(String message, Throwable cause) {
        super(message, cause);
    }

    SourceException(String message) {
        super(message);
    }

    /** It cannot be reached, broke off or fell silent: it may come back by itself. */
    public static final class Lost extends SourceException {
        public Lost(String message, Throwable cause) {
            super(message, cause);
        }

        public Lost(String message) {
            super(message);
        }
    }

    /** It will not work before somebody changes something: no such file, no video in it, a wrong password. */
    public static final class Unusable extends SourceException {
        public Unusable(String message, Throwable cause) {
            super(message, cause);
        }

        public Unusable(String message) {
            super(message);
        }
    }
}
