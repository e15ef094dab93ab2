package org.camseal.cli;

import org.jspecify.annotations.Nullable;

/** A command that cannot go on: one line for the user, a hint where there is one, and the exit code. */
final class CommandFailure extends Exception {
    private final ExitCode exitCode;
    private final @Nullable String hint;

    CommandFailure(ExitCode exitCode, String message, @Nullable String hint) {
        super(message);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    CommandFailure(ExitCode exitCode, String message, @Nullable String hint, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    ExitCode exitCode() {
        return exitCode;
    }

    @Nullable
    String hint() {
        return hint;
    }
}
