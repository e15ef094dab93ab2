package org.camseal.camera.pages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camseal.camera.CameraException;
import org.camseal.camera.accounts.Account;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.camera.accounts.Accounts;
import org.camseal.web.WebException;
import org.camseal.web.WebResponse;

/** The users of the camera, for administrators. */
final class UserRoutes {
    private static final String ONE = "/api/users/{name}";

    private final Accounts accounts;
    private final EventLog log;

    UserRoutes(Accounts accounts, EventLog log) {
        this.accounts = accounts;
        this.log = log;
    }

    /** A user as the page has it. */
    record View(String name, String role, String streamSecret) {
        static View of(Account account) {
            return new View(
                    account.name(),
                    account.role().label(),
                    account.streamSecret().name().toLowerCase(Locale.ROOT));
        }
    }

    /** What is sent for a new user. */
    record NewUser(String name, String role, String password) {
        NewUser {
            Objects.requireNonNull(name);
            Objects.requireNonNull(role);
            Objects.requireNonNull(password);
        }

        @Override
        public String toString() {
            return "a new user";
        }
    }

    /** What is sent for another role. */
    record Role(String role) {
        Role {
            Objects.requireNonNull(role);
        }
    }

    /** What is sent for another password. */
    record Password(String password) {
        Password {
            Objects.requireNonNull(password);
        }

        @Override
        public String toString() {
            return "a password";
        }
    }

    /** What is sent for a stream secret: {@code none}, {@code digest} or {@code onvif}. */
    record Secret(String kind) {
        Secret {
            Objects.requireNonNull(kind);
        }
    }

    List<PageRoute> routes() {
        AccountRole administrator = AccountRole.ADMINISTRATOR;
        return List.of(
                PageRoute.get(
                        "/api/users",
                        administrator,
                        _ -> WebResponse.json(
                                accounts.all().stream().map(View::of).toList())),
                PageRoute.post("/api/users", administrator, this::add),
                PageRoute.put(ONE + "/role", administrator, this::role),
                PageRoute.put(ONE + "/password", administrator, this::password),
                PageRoute.put(ONE + "/secret", administrator, this::secret),
                PageRoute.delete(ONE, administrator, this::remove));
    }

    private static AccountRole role(String label) throws WebException.Refused {
        return AccountRole.of(label)
                .orElseThrow(() -> WebException.Refused.badRequest("a role is one of viewer, operator, administrator"));
    }

    private WebResponse add(PageRoute.Visit visit) throws WebException.Refused, CameraException {
        NewUser given = visit.request().json(NewUser.class);
        Account made = accounts.add(given.name(), role(given.role()), given.password());
        log.add(
                visit.account().name(),
                "user added",
                made.name() + ", " + made.role().label());
        return WebResponse.json(View.of(made)).withStatus(201);
    }

    private WebResponse role(PageRoute.Visit visit) throws WebException.Refused, CameraException {
        Account changed = accounts.setRole(
                visit.request().parameter("name"),
                role(visit.request().json(Role.class).role()));
        log.add(
                visit.account().name(),
                "role changed",
                changed.name() + ", " + changed.role().label());
        return WebResponse.json(View.of(changed));
    }

    private WebResponse password(PageRoute.Visit visit) throws WebException.Refused, CameraException {
        Account changed = accounts.setPassword(
                visit.request().parameter("name"),
                visit.request().json(Password.class).password());
        log.add(visit.account().name(), "password set", changed.name());
        return WebResponse.json(View.of(changed));
    }

    /** The only time that the secret is shown. */
    private WebResponse secret(PageRoute.Visit visit) throws WebException.Refused, CameraException {
        String name = visit.request().parameter("name");
        Account.StreamSecret wanted = kind(visit.request().json(Secret.class).kind());
        Optional<String> secret = accounts.newStreamSecret(name, wanted);
        log.add(visit.account().name(), "stream secret: " + wanted.name().toLowerCase(Locale.ROOT), name);
        Map<String, String> answer = new LinkedHashMap<>();
        answer.put("name", name);
        secret.ifPresent(text -> answer.put("secret", text));
        return WebResponse.json(answer);
    }

    private static Account.StreamSecret kind(String word) throws WebException.Refused {
        return switch (word) {
            case "none" -> Account.StreamSecret.NONE;
            case "digest" -> Account.StreamSecret.DIGEST;
            case "onvif" -> Account.StreamSecret.ONVIF;
            default -> throw WebException.Refused.badRequest("a stream secret is one of none, digest, onvif");
        };
    }

    private WebResponse remove(PageRoute.Visit visit) throws CameraException {
        String name = visit.request().parameter("name");
        accounts.remove(name);
        log.add(visit.account().name(), "user removed", name);
        return WebResponse.noContent();
    }
}
