package org.camseal.cli.command;

import java.util.List;

/** What the exit code of every command means; docs/guide/exit-codes.md says it to users. */
public enum ExitCode {
    /** Done, or authentic. */
    DONE(0),
    /** Forged, or unsigned. */
    NOT_AUTHENTIC(1),
    /** The command line, or a configuration file, is wrong. */
    USAGE(2),
    /** Something is missing, so nobody can tell. */
    INCOMPLETE(3),
    /** A file, a disk, a port or a peer failed. */
    IO(4),
    /** A key or an identity is missing, or not the right one; video is untouched, but signed by a stranger where a root was named. */
    KEY(5),
    /** A fault of CamSeal itself. */
    BUG(70);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The process's exit code. */
    public int number() {
        return number;
    }

    /** For several answers the one that needs most attention counts: forged before unreadable before incomplete. */
    public ExitCode worse(ExitCode other) {
        List<ExitCode> order = List.of(DONE, INCOMPLETE, USAGE, IO, KEY, NOT_AUTHENTIC, BUG);
        return order.indexOf(other) > order.indexOf(this) ? other : this;
    }
}
