package org.camseal.camera.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camseal.camera.accounts.Account;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.identity.TlsContexts;
import org.camseal.streaming.Login;
import org.camseal.streaming.RefusedException;
import org.camseal.streaming.client.HostCheck;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask the camera's pages for what, and what else a request must have. */
class CameraPagesTest {
    @TempDir
    private static Path directory;

    private static PageHouse house;

    @BeforeAll
    static void start() throws Exception {
        house = new PageHouse(directory);
        aNewCameraServesNothingButTheWayToTheFirstPassword();
        house.accounts.setFirst("administrator-1", PageHouse.PASSWORD);
        for (AccountRole role : AccountRole.values()) {
            house.accounts.add(role.label(), role, PageHouse.PASSWORD);
        }
    }

    @AfterAll
    static void end() {
        house.close();
    }

    /** A test's wrong logins are not the next one's. */
    @BeforeEach
    void pass() {
        house.nanos.addAndGet(3_600_000_000_000L);
    }

    /** Has to be looked at before anything is set, so it is no test of its own. */
    private static void aNewCameraServesNothingButTheWayToTheFirstPassword() throws Exception {
        for (PageRoute route : house.pages.routes()) {
            if (route.needs() != null) {
                HttpResponse<String> answer = house.send(request(route));
                assertThat(answer.statusCode()).as("%s", route).isEqualTo(403);
                assertThat(answer.body()).contains("This camera is new");
            }
        }
        assertThat(house.tryLogin("admin", "admin").statusCode()).isEqualTo(403);
        assertThatThrownBy(() -> RtspClient.open(stream(new Login("admin", "admin"))))
                .as("the stream")
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.isLogin()).isTrue());
        assertThat(house.send(house.request("/api/session")).body()).isEqualTo("{\"fresh\":true}");
    }

    private static RtspRequest stream(Login login) {
        return RtspRequest.of(house.camera.address())
                .withLogin(login)
                .withTls(TlsContexts.client(house.rule).getSocketFactory(), HostCheck.BY_TRUST_MANAGER);
    }

    private static HttpRequest.Builder request(PageRoute route) {
        HttpRequest.Builder request = house.request(route.pattern().replaceAll("\\{[a-z]+}", "none"));
        return route.method().equals("GET") ? request : PageHouse.json(request, route.method(), "{}");
    }

    @Test
    void everyPathAsksForItsRole() throws Exception {
        Map<String, AccountRole> tried = new LinkedHashMap<>();
        for (PageRoute route : house.pages.routes()) {
            AccountRole needs = route.needs();
            if (needs == null) {
                continue;
            }
            assertThat(house.send(request(route)).statusCode())
                    .as("%s %s without a login", route.method(), route.pattern())
                    .isEqualTo(401);
            for (AccountRole role : AccountRole.values()) {
                PageHouse.Login login = house.login(role.label());
                int status = house.send(PageHouse.with(request(route), login)).statusCode();
                String what = route.method() + " " + route.pattern() + " as " + role.label();
                if (role.covers(needs)) {
                    assertThat(status).as(what).isNotIn(401, 403, 500);
                } else {
                    assertThat(status).as(what).isEqualTo(403);
                }
            }
            tried.put(route.method() + " " + route.pattern(), needs);
        }
        assertThat(tried)
                .as("the table says who may do what; a change of it is a decision")
                .hasSize(27);
        assertThat(tried.values()).contains(AccountRole.values());
        assertThat(house.pages.routes().stream()
                        .filter(route -> route.needs() == null)
                        .map(route -> route.method() + " " + route.pattern()))
                .as("what whoever reaches the camera may ask")
                .containsExactlyInAnyOrder("GET /api/session", "POST /api/first", "POST /api/login");
    }

    @Test
    void everyChangeNeedsTheSessionsOwnWord() throws Exception {
        PageHouse.Login login = house.login("administrator");
        for (PageRoute route : house.pages.routes()) {
            if (route.needs() == null || route.method().equals("GET")) {
                continue;
            }
            String what = route.method() + " " + route.pattern();
            HttpResponse<String> without = house.send(request(route).header("Cookie", login.cookie()));
            assertThat(without.statusCode()).as(what).isEqualTo(403);
            assertThat(without.body()).as(what).contains("did not come from the camera's page");
            HttpResponse<String> wrong =
                    house.send(request(route).header("Cookie", login.cookie()).header(PageDoor.CSRF, "A".repeat(43)));
            assertThat(wrong.statusCode()).as(what).isEqualTo(403);
        }
        assertThat(changePassword(login, request -> request).statusCode())
                .as("positive control: the same with it")
                .isEqualTo(200);
    }

    /** A change that needs nothing but to come from the right page. */
    private interface Extra {
        HttpRequest.Builder on(HttpRequest.Builder request);
    }

    private HttpResponse<String> changePassword(PageHouse.Login login, Extra extra) throws Exception {
        return house.send(extra.on(PageHouse.with(
                PageHouse.json(
                        house.request("/api/users/viewer/password"),
                        "PUT",
                        "{\"password\":\"" + PageHouse.PASSWORD + "\"}"),
                login)));
    }

    @Test
    void aPageFromElsewhereChangesNothing() throws Exception {
        PageHouse.Login login = house.login("administrator");
        for (String site : new String[] {"cross-site", "same-site", "none"}) {
            HttpResponse<String> answer = changePassword(login, request -> request.header("Sec-Fetch-Site", site));
            assertThat(answer.statusCode()).as(site).isEqualTo(403);
            assertThat(answer.body()).contains("A page from elsewhere may not do this");
        }
        assertThat(changePassword(login, request -> request.header("Origin", "https://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        String own = house.server.uri().toString().replaceAll("/$", "");
        assertThat(changePassword(
                                login,
                                request -> request.header("Sec-Fetch-Site", "same-origin")
                                        .header("Origin", own))
                        .statusCode())
                .as("positive control: the camera's own page")
                .isEqualTo(200);
        HttpResponse<String> form = house.send(house.request("/api/login")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"viewer\",\"password\":\"" + PageHouse.PASSWORD + "\"}")));
        assertThat(form.statusCode()).as("what a form from elsewhere can send").isEqualTo(415);
    }

    @Test
    void aCookieThatSomebodyPlantedIsNeverALogin() throws Exception {
        String planted = house.login("viewer").cookie().replaceFirst("=.*", "=" + "A".repeat(43));
        HttpResponse<String> answer = house.send(PageHouse.json(
                house.request("/api/login").header("Cookie", planted),
                "POST",
                "{\"name\":\"viewer\",\"password\":\"" + PageHouse.PASSWORD + "\"}"));
        String given = PageHouse.cookie(answer);
        assertThat(given).isNotEqualTo(planted);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict");
        assertThat(status(planted)).isEqualTo(401);
        assertThat(status(given)).isEqualTo(200);
        HttpResponse<String> again = house.send(PageHouse.json(
                house.request("/api/login").header("Cookie", given),
                "POST",
                "{\"name\":\"viewer\",\"password\":\"" + PageHouse.PASSWORD + "\"}"));
        assertThat(PageHouse.cookie(again)).as("rotated at each login").isNotEqualTo(given);
        assertThat(status(given)).isEqualTo(401);
    }

    private static int status(String cookie) throws Exception {
        return house.send(house.request("/api/status").header("Cookie", cookie)).statusCode();
    }

    @Test
    void afterLogoutTheCookieIsWorthNothing() throws Exception {
        PageHouse.Login login = house.login("viewer");
        assertThat(status(login.cookie())).isEqualTo(200);
        HttpResponse<String> out =
                house.send(PageHouse.with(PageHouse.json(house.request("/api/logout"), "POST", "{}"), login));
        assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
        assertThat(status(login.cookie())).isEqualTo(401);
    }

    @Test
    void wrongPasswordsAreSlowedDown() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(house.tryLogin("viewer", "wrong").statusCode()).isEqualTo(401);
        }
        assertThat(house.tryLogin("viewer", PageHouse.PASSWORD).statusCode()).isEqualTo(429);
        assertThat(house.tryLogin("operator", PageHouse.PASSWORD).statusCode())
                .as("another user is not held up")
                .isEqualTo(200);
        house.nanos.addAndGet(3_000_000_000L);
        assertThat(house.tryLogin("viewer", PageHouse.PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void theStreamIsForProgramsWithASecretAlone() throws Exception {
        String secret = house.accounts
                .newStreamSecret("viewer", Account.StreamSecret.DIGEST)
                .orElseThrow();
        assertThatThrownBy(() -> RtspClient.open(stream(new Login("viewer", PageHouse.PASSWORD))))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.isLogin()).isTrue());
        assertThatThrownBy(() -> RtspClient.open(stream(new Login("viewer", secret))))
                .as("positive control: let in, and told that nothing is sent")
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(404));
        house.accounts.newStreamSecret("viewer", Account.StreamSecret.NONE);
        assertThatThrownBy(() -> RtspClient.open(stream(new Login("viewer", secret))))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.isLogin()).isTrue());
    }

    @Test
    void everyAnswerCarriesWhatBrowsersNeedToBeStrict() throws Exception {
        for (String path : new String[] {"/", "/camera.js", "/api/session", "/api/status", "/nothing"}) {
            HttpResponse<String> answer = house.send(house.request(path));
            assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                    .as(path)
                    .contains("max-age=31536000");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
        }
        assertThat(house.send(house.request("/")).body()).contains("<script type=\"module\" src=\"camera.js\">");
    }
}
