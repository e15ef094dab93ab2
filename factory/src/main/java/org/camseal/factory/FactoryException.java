package org.camseal.factory;

import org.jspecify.annotations.Nullable;

/** Why a camera is not ready. The message says what was seen, what was expected and what to do; it holds no secret. */
public abstract sealed class FactoryException extends Exception {
    private FactoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The authority does not answer. Whether it acted on the last request is unknown; asking again is safe. */
    public static final class LinkDown extends FactoryException {
        public LinkDown(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The authority asks for patience for longer than this run has. */
    public static final class Busy extends FactoryException {
        public Busy(String message) {
            super(message, null);
        }
    }

    /** The authority holds the serial or the key as disputed until two persons release it. */
    public static final class Held extends FactoryException {
        public Held(String message) {
            super(message, null);
        }
    }

    /** The authority says no. */
    public static final class Refused extends FactoryException {
        public Refused(String message) {
            super(message, null);
        }
    }

    /** The authority's answer is not what it must be: nothing of it is installed. */
    public static final class WrongAnswer extends FactoryException {
        public WrongAnswer(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A kept request is not what this line's key signed: it is not sent. */
    public static final class AlteredRequest extends FactoryException {
        public AlteredRequest(String message) {
            super(message, null);
        }
    }

    /** The camera has its certificates, but does not do with them what it must. */
    public static final class TestFailed extends FactoryException {
        private final FailureCause which;

        /**
         * @param which {@link FailureCause#HANDSHAKE} or {@link FailureCause#FRAME}
         */
        public TestFailed(FailureCause which, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.which = which;
        }

        FailureCause which() {
            return which;
        }
    }
}
