package org.camseal.authority.log;

import java.util.Optional;

/** Ends a check where something does not hold. */
final class Finding extends Exception {
    private final transient LogVerdict.Broken verdict;

    private Finding(LogVerdict.Broken verdict) {
        super(verdict.detail());
        this.verdict = verdict;
    }

    static Finding of(LogFault fault, String place, String detail) {
        return new Finding(new LogVerdict.Broken(fault, place, detail, Optional.empty()));
    }

    static Finding of(LogFault fault, String place, String detail, LogVerdict.Evidence evidence) {
        return new Finding(new LogVerdict.Broken(fault, place, detail, Optional.of(evidence)));
    }

    LogVerdict.Broken verdict() {
        return verdict;
    }
}
