package org.camseal.camera.accounts;

import java.time.Duration;

/** What came of a login at the pages. */
public sealed interface LoginOutcome {
    /** The password is right. */
    record Accepted(Account account) implements LoginOutcome {}

    /** An unknown user or a wrong password; which of them is not said. */
    record Wrong() implements LoginOutcome {}

    /** Nothing was checked: too many wrong ones before. */
    record TooEarly(Duration pause) implements LoginOutcome {}

    /** Nothing was checked: too many are being checked. */
    record Busy() implements LoginOutcome {}
}
