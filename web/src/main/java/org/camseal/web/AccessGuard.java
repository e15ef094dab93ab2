package org.camseal.web;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/** Decides by an {@link Access} rule whether a request goes on. */
final class AccessGuard {
    private static final String BEARER = "Bearer ";

    private final Access access;
    private final String cookieName;
    private final boolean secure;
    private final Optional<RequestRate> rate;

    /**
     * @param port part of the cookie's name, because cookies do not keep ports apart
     */
    AccessGuard(Access access, int port, boolean secure) {
        this.access = access;
        this.cookieName = "camseal-" + port;
        this.secure = secure;
        this.rate = access instanceof Access.Everybody(int perSecond)
                ? Optional.of(new RequestRate(perSecond, System::nanoTime))
                : Optional.empty();
    }

    /** What becomes of a request. */
    sealed interface Decision {
        record Pass() implements Decision {}

        /** The token was in the address: remember it in a cookie and ask again without it, so that it does not stay in the history. */
        record SetCookie(String cookie, String location) implements Decision {}
    }

    /** What of a request matters here. */
    record Shown(String path, Map<String, String> query, Map<String, String> cookies, Optional<String> authorization) {}

    /** Refuses who asks too often, before anything else is looked at. */
    void checkRate(InetAddress remote) throws WebException.Refused {
        if (rate.isPresent() && !rate.get().take(remote)) {
            throw new WebException.Refused(429, "too many requests from this address", "ask again in a second");
        }
    }

    Decision check(Shown shown) throws WebException.Refused {
        return switch (access) {
            case Access.Anyone _, Access.Everybody _ -> new Decision.Pass();
            case Access.WithToken(SessionToken token) -> check(shown, token);
        };
    }

    private Decision check(Shown shown, SessionToken token) throws WebException.Refused {
        String bearer = shown.authorization().orElse("");
        if (bearer.startsWith(BEARER) && token.matches(bearer.substring(BEARER.length()))) {
            return new Decision.Pass();
        }
        if (token.matches(shown.cookies().getOrDefault(cookieName, ""))) {
            return new Decision.Pass();
        }
        if (token.matches(shown.query().getOrDefault("token", ""))) {
            String cookie = cookieName + "=" + token.text() + "; Path=/; HttpOnly; SameSite=Strict"
                    + (secure ? "; Secure" : "");
            return new Decision.SetCookie(cookie, shown.path());
        }
        throw new WebException.Refused(
                401,
                "this page is only for who started the program",
                "open it with the whole address that the program printed, with token=… in it");
    }
}
