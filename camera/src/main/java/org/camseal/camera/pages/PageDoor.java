package org.camseal.camera.pages;

import java.util.Optional;
import org.camseal.camera.CameraException;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.camera.accounts.Accounts;
import org.camseal.identity.IdentityException;
import org.camseal.web.Routes;
import org.camseal.web.WebException;
import org.camseal.web.WebRequest;
import org.camseal.web.WebResponse;

/**
 * Lets requests in: those of the camera's own page, with a login of the role that the path needs. What changes something needs the session's own
 * word besides, which a page from elsewhere cannot know, and must not come from one by what the browser says.
 */
final class PageDoor {
    /** The header field with the session's word. */
    static final String CSRF = "X-CamSeal-Csrf";

    /** Said by the page when it asks by itself, so that a page left open is no login for ever. */
    static final String UNATTENDED = "unattended";

    private final Accounts accounts;
    private final Sessions sessions;
    private final SessionCookie cookie;

    PageDoor(Accounts accounts, Sessions sessions, SessionCookie cookie) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.cookie = cookie;
    }

    void add(PageRoute route, Routes routes) {
        switch (route.method()) {
            case "GET" -> routes.get(route.pattern(), request -> enter(route, request));
            case "POST" -> routes.post(route.pattern(), request -> enter(route, request));
            case "PUT" -> routes.put(route.pattern(), request -> enter(route, request));
            case "DELETE" -> routes.delete(route.pattern(), request -> enter(route, request));
            default -> throw new IllegalArgumentException("no method " + route.method());
        }
    }

    private WebResponse enter(PageRoute route, WebRequest request) throws WebException.Refused {
        boolean writes = !route.method().equals("GET");
        if (writes) {
            requireOwnPage(request);
        }
        Optional<Sessions.Session> session = session(request);
        AccountRole needs = route.needs();
        if (needs != null) {
            requireRole(needs, session);
            if (writes && !session.orElseThrow().hasCsrf(request.header(CSRF).orElse(""))) {
                throw new WebException.Refused(
                        403, "this request did not come from the camera's page", "open the page anew");
            }
        }
        return answer(route, new PageRoute.Visit(request, session, () -> stillCounts(request, session)));
    }

    /** A session ends with its time, its log-out, and with any change of its account; then there is none, or another. */
    private boolean stillCounts(WebRequest request, Optional<Sessions.Session> session) {
        return session.isPresent()
                && cookie.token(request)
                        .flatMap(token -> sessions.find(token, Sessions.Attendance.NOBODY))
                        .equals(session);
    }

    private Optional<Sessions.Session> session(WebRequest request) {
        Sessions.Attendance attendance =
                request.query(UNATTENDED).isPresent() ? Sessions.Attendance.NOBODY : Sessions.Attendance.SOMEBODY;
        return cookie.token(request).flatMap(token -> sessions.find(token, attendance));
    }

    /** Browsers say where a request comes from (Fetch Metadata); those that do not are held by Origin and SameSite. */
    private static void requireOwnPage(WebRequest request) throws WebException.Refused {
        Optional<String> site = request.header("Sec-Fetch-Site");
        if (site.isPresent() && !site.get().equals("same-origin")) {
            throw new WebException.Refused(403, "a page from elsewhere may not do this", "");
        }
    }

    private void requireRole(AccountRole needs, Optional<Sessions.Session> session) throws WebException.Refused {
        if (accounts.isFresh()) {
            throw new WebException.Refused(
                    403, "this camera is new", "open its page and set the first administrator's password");
        }
        if (session.isEmpty()) {
            throw new WebException.Refused(401, "nobody is logged in", "log in");
        }
        AccountRole has = session.get().account().role();
        if (!has.covers(needs)) {
            throw new WebException.Refused(
                    403, "a " + has.label() + " may not do this", "ask somebody who is " + needs.label());
        }
    }

    private static WebResponse answer(PageRoute route, PageRoute.Visit visit) throws WebException.Refused {
        try {
            return route.answer().answer(visit);
        } catch (CameraException.Refused | CameraException.UnfitRecipient | IdentityException.Refused e) {
            throw new WebException.Refused(409, String.valueOf(e.getMessage()), "");
        } catch (IdentityException.Malformed e) {
            throw WebException.Refused.badRequest(String.valueOf(e.getMessage()));
        } catch (CameraException | IdentityException e) {
            throw new WebException.Refused(503, String.valueOf(e.getMessage()), "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WebException.Refused(503, "the camera is ending", "");
        }
    }
}
