package org.camseal.cli.command;

import org.jspecify.annotations.Nullable;

/** A command that cannot go on: one line for the user, a hint where there is one, and the exit code. */
public final class CommandFailure extends Exception {
    private final ExitCode exitCode;
    private final @Nullable String hint;

    /** A failure that nothing else caused; {@code hint} is what the user may do. */
    public CommandFailure(ExitCode exitCode, String message, @Nullable String hint) {
        super(message);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    /** A failure with its cause, for whoever looks for a bug. */
    public CommandFailure(ExitCode exitCode, String message, @Nullable String hint, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    /** How the program ends. */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** What the user may do; null where nothing is known. */
    @Nullable
    public String hint() {
        return hint;
    }
}
