package org.camseal.web;

/** A fault at the web edge. The message is one sentence that may be shown to whoever asked; it holds no secret. */
public abstract sealed class WebException extends Exception {
    private final String message;

    private WebException(String message) {
        super(message);
        this.message = message;
    }

    private WebException(String message, Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    /** What is wrong; lower case, no full stop. */
    public String message() {
        return message;
    }

    /** The server cannot start: the port is taken, or the settings are not safe. */
    public static final class CannotStart extends WebException {
        public CannotStart(String message) {
            super(message);
        }

        public CannotStart(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What a route answers when it does not do what was asked: an HTTP status with a message, and a hint what to do. */
    public static final class Refused extends WebException {
        private final int status;
        private final String hint;

        /**
         * @param status 400 to 599
         * @param message what is wrong
         * @param hint what to do; may be empty
         */
        public Refused(int status, String message, String hint) {
            super(message);
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("status " + status + " is no refusal");
            }
            this.status = status;
            this.hint = hint;
        }

        public int status() {
            return status;
        }

        public String hint() {
            return hint;
        }

        /** 404: there is no such thing. */
        public static Refused notFound(String message) {
            return new Refused(404, message, "");
        }

        /** 400: what was sent is not what is expected. */
        public static Refused badRequest(String message) {
            return new Refused(400, message, "");
        }
    }

    /** A server that was asked did not answer, or not with what was expected. */
    public static final class Unreachable extends WebException {
        public Unreachable(String message) {
            super(message);
        }

        public Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A server that was asked refused: its status, message and hint. */
    public static final class Answered extends WebException {
        private final int status;
        private final String hint;

        Answered(int status, String message, String hint) {
            super(message);
            this.status = status;
            this.hint = hint;
        }

        /** The HTTP status; not 2xx. */
        public int status() {
            return status;
        }

        /** What that server says to do; may be empty. */
        public String hint() {
            return hint;
        }
    }
}
