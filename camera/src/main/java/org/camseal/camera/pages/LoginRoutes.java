package org.camseal.camera.pages;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.camseal.camera.CameraException;
import org.camseal.camera.accounts.Account;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.camera.accounts.Accounts;
import org.camseal.camera.accounts.LoginOutcome;
import org.camseal.web.WebException;
import org.camseal.web.WebRequest;
import org.camseal.web.WebResponse;
import org.jspecify.annotations.Nullable;

/** Logging in and out, the first password of a new camera, and one's own password. */
final class LoginRoutes {
    private final Accounts accounts;
    private final Sessions sessions;
    private final SessionCookie cookie;
    private final EventLog log;

    LoginRoutes(Accounts accounts, Sessions sessions, SessionCookie cookie, EventLog log) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.cookie = cookie;
        this.log = log;
    }

    /** What a browser sends. */
    record Credentials(String name, String password) {
        Credentials {
            Objects.requireNonNull(name);
            Objects.requireNonNull(password);
        }

        @Override
        public String toString() {
            return "credentials";
        }
    }

    /** What a browser sends for a change of one's own password. */
    record OwnPassword(String old, String password) {
        OwnPassword {
            Objects.requireNonNull(old);
            Objects.requireNonNull(password);
        }

        @Override
        public String toString() {
            return "passwords";
        }
    }

    /**
     * Where the browser stands.
     *
     * @param fresh true while the camera has no administrator
     * @param csrf the session's word, for changes
     */
    record Standing(
            boolean fresh,
            @Nullable String name,
            @Nullable String role,
            @Nullable String csrf) {}

    List<PageRoute> routes() {
        return List.of(
                PageRoute.open(
                        "GET",
                        "/api/session",
                        visit -> WebResponse.json(standing(visit.session().orElse(null)))),
                PageRoute.open("POST", "/api/first", visit -> first(visit.request())),
                PageRoute.open("POST", "/api/login", visit -> login(visit.request())),
                PageRoute.post("/api/logout", AccountRole.VIEWER, this::logout),
                PageRoute.post("/api/password", AccountRole.VIEWER, this::password));
    }

    private Standing standing(Sessions.@Nullable Session session) {
        return session == null
                ? new Standing(accounts.isFresh(), null, null, null)
                : new Standing(
                        false,
                        session.account().name(),
                        session.account().role().label(),
                        session.csrf());
    }

    private WebResponse first(WebRequest request) throws WebException.Refused, CameraException {
        Credentials given = request.json(Credentials.class);
        Account account = accounts.setFirst(given.name(), given.password());
        log.add(account.name(), "first administrator", from(request));
        return begin(account, request);
    }

    private WebResponse login(WebRequest request) throws WebException.Refused, InterruptedException {
        Credentials given = request.json(Credentials.class);
        if (accounts.isFresh()) {
            throw new WebException.Refused(
                    403, "this camera is new", "open its page and set the first administrator's password");
        }
        return switch (accounts.login(given.name(), given.password(), request.from())) {
            case LoginOutcome.Accepted(Account account) -> {
                log.add(account.name(), "login", from(request));
                yield begin(account, request);
            }
            case LoginOutcome.Wrong _ -> {
                // The name is not logged: people type passwords there.
                log.add("", "login refused", from(request));
                throw new WebException.Refused(401, "an unknown user or a wrong password", "");
            }
            case LoginOutcome.TooEarly(var pause) -> {
                log.add("", "login too early", from(request));
                throw new WebException.Refused(
                        429, "too many wrong logins", "try again in " + (pause.toSeconds() + 1) + " s");
            }
            case LoginOutcome.Busy _ ->
                throw new WebException.Refused(503, "too many logins are being checked", "try again in a moment");
        };
    }

    private static String from(WebRequest request) {
        return "from " + request.from().getHostAddress();
    }

    private WebResponse begin(Account account, WebRequest request) {
        String token = sessions.begin(account, cookie.token(request));
        Optional<Sessions.Session> session = sessions.find(token, Sessions.Attendance.SOMEBODY);
        return cookie.set(WebResponse.json(standing(session.orElse(null))), token);
    }

    private WebResponse logout(PageRoute.Visit visit) {
        cookie.token(visit.request()).ifPresent(sessions::end);
        log.add(visit.account().name(), "logout", from(visit.request()));
        return cookie.clear(WebResponse.noContent());
    }

    private WebResponse password(PageRoute.Visit visit)
            throws WebException.Refused, CameraException, InterruptedException {
        OwnPassword given = visit.request().json(OwnPassword.class);
        String name = visit.account().name();
        LoginOutcome old = accounts.login(name, given.old(), visit.request().from());
        if (!(old instanceof LoginOutcome.Accepted)) {
            throw new WebException.Refused(403, "the old password is wrong, or was tried too often", "");
        }
        Account changed = accounts.setPassword(name, given.password());
        log.add(name, "own password changed", from(visit.request()));
        return begin(changed, visit.request());
    }
}
