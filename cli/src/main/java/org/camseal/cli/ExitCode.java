package org.camseal.cli;

/** What the exit code of every command means; docs/guide/exit-codes.md says it to users. */
enum ExitCode {
    /** Done, or authentic. */
    DONE(0),
    /** Forged, or unsigned, or signed by a stranger where a root was named. */
    NOT_AUTHENTIC(1),
    /** The command line, or a configuration file, is wrong. */
    USAGE(2),
    /** Something is missing, so nobody can tell. */
    INCOMPLETE(3),
    /** A file, a disk, a port or a peer failed. */
    IO(4),
    /** A key or an identity is missing, or not the right one. */
    KEY(5),
    /** A fault of CamSeal itself. */
    BUG(70);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
