package org.camseal.camera.pages;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.camseal.camera.CameraException;
import org.camseal.camera.accounts.Account;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.identity.IdentityException;
import org.camseal.web.WebException;
import org.camseal.web.WebRequest;
import org.camseal.web.WebResponse;
import org.jspecify.annotations.Nullable;

/**
 * One path of the pages' interface and who may use it. There is no path without this said of it.
 *
 * @param method GET, POST, PUT or DELETE
 * @param pattern as {@link org.camseal.web.Routes} takes it
 * @param needs the least role; null for whoever reaches the camera
 * @param answer what is answered then
 */
record PageRoute(String method, String pattern, @Nullable AccountRole needs, Answer answer) {
    /** Answers somebody who may ask. */
    @FunctionalInterface
    interface Answer {
        WebResponse answer(Visit visit)
                throws WebException.Refused, CameraException, IdentityException, InterruptedException;
    }

    /**
     * A request of somebody who may ask.
     *
     * @param counts whether the login counts now, for answers that take long; asking keeps no login alive
     */
    record Visit(WebRequest request, Optional<Sessions.Session> session, BooleanSupplier counts) {
        /** Who asks; only where a role is needed. */
        Account account() {
            return session.orElseThrow().account();
        }

        /** Whether the login counts still. */
        boolean stillCounts() {
            return counts.getAsBoolean();
        }
    }

    static PageRoute get(String pattern, AccountRole needs, Answer answer) {
        return new PageRoute("GET", pattern, needs, answer);
    }

    static PageRoute post(String pattern, AccountRole needs, Answer answer) {
        return new PageRoute("POST", pattern, needs, answer);
    }

    static PageRoute put(String pattern, AccountRole needs, Answer answer) {
        return new PageRoute("PUT", pattern, needs, answer);
    }

    static PageRoute delete(String pattern, AccountRole needs, Answer answer) {
        return new PageRoute("DELETE", pattern, needs, answer);
    }

    /** For whoever reaches the camera. */
    static PageRoute open(String method, String pattern, Answer answer) {
        return new PageRoute(method, pattern, null, answer);
    }
}
