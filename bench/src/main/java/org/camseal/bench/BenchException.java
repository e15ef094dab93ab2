package org.camseal.bench;

/** A measurement that could not run. */
public abstract sealed class BenchException extends Exception
        permits BenchException.ChildFailed, BenchException.NotAsExpected {
    private BenchException(String message) {
        super(message);
    }

    private BenchException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A Java machine that was started for a measurement did not start, broke off, or said what was not expected. */
    public static final class ChildFailed extends BenchException {
        /** @param message what was seen, what was expected, what to do */
        public ChildFailed(String message) {
            super(message);
        }

        /** @param message what was seen, what was expected, what to do */
        public ChildFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What was measured did not do its work, so that its time would say nothing. */
    public static final class NotAsExpected extends BenchException {
        /** @param message what was seen, what was expected */
        public NotAsExpected(String message) {
            super(message);
        }

        /** @param message what was seen, what was expected */
        public NotAsExpected(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
