package org.camseal.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** One line on a terminal that says what is going on, and goes when it is over. Where standard error is no terminal, nothing. */
public final class ProgressLine implements AutoCloseable {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private final PrintWriter err;
    private final boolean shown;
    private int width;

    private ProgressLine(PrintWriter err, boolean shown) {
        this.err = err;
        this.shown = shown;
    }

    /** One that shows itself where standard error is a terminal. */
    public static ProgressLine on(PrintWriter err) {
        return new ProgressLine(err, isTerminal());
    }

    /** Whether somebody looks at standard error. */
    public static boolean isTerminal() {
        try {
            // System.console() asks standard output instead, which --json sends into a file.
            Path target = Files.readSymbolicLink(STANDARD_ERROR);
            return target.startsWith("/dev/pts") || target.startsWith("/dev/tty") || target.startsWith("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return Objects.requireNonNull(System.console()).isTerminal();
        }
    }

    /** Puts this in place of the line before. */
    public void show(String words) {
        if (shown) {
            String line = "camseal: " + words;
            err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            err.flush();
            width = line.length();
        }
    }

    @Override
    public void close() {
        if (shown && width > 0) {
            err.print("\r" + " ".repeat(width) + "\r");
            err.flush();
        }
    }
}
