package org.camseal.onvif.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camseal.onvif.FakeClock;
import org.camseal.onvif.TestUsers;
import org.camseal.onvif.login.Logins.UsernameTokens;
import org.camseal.onvif.wire.Namespaces;
import org.camseal.onvif.wire.XmlElement;
import org.camseal.streaming.LegacyDigest;
import org.camseal.streaming.Login;
import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestReply;
import org.camseal.streaming.rtsp.RtspHeaders;
import org.camseal.streaming.rtsp.RtspMessage;
import org.junit.jupiter.api.Test;

class LoginsTest {
    private static final String PATH = "/onvif/device_service";
    private static final Pattern NONCE = Pattern.compile("nonce=\"([0-9a-f]+)\"");

    private final FakeClock clock = new FakeClock();
    private final TestUsers users = new TestUsers();
    private final Logins strict = logins(LegacyDigest.REFUSED, UsernameTokens.IGNORED);
    private final Logins open = logins(LegacyDigest.MD5, UsernameTokens.ACCEPTED);

    private Logins logins(LegacyDigest legacy, UsernameTokens tokens) {
        return new Logins(users, legacy, tokens, clock, new SecureRandom());
    }

    private static Logins.Asked asked(String path, Optional<String> authorization) {
        return new Logins.Asked("POST", path, InetAddress.getLoopbackAddress(), authorization);
    }

    private static String nonce(Logins logins) {
        Matcher matcher = NONCE.matcher(logins.challenge("").challenges().getFirst());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String reply(Login login, String nonce, int count, DigestAlgorithm algorithm) {
        RtspMessage.Request request = new RtspMessage.Request("POST", PATH, RtspHeaders.NONE);
        return DigestReply.compute(algorithm, login, "camera", nonce, request, new DigestReply.Round(count, "c"))
                .toHeader();
    }

    private static Login login(String name) {
        return new Login(name, TestUsers.password(name));
    }

    private static LoginOutcome digest(Logins logins, String header) {
        return logins.check(asked(PATH, Optional.of(header)), Optional.empty());
    }

    private static void accepted(LoginOutcome outcome, String name) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        LoginOutcome.Accepted.class,
                        accepted -> assertThat(accepted.caller())
                                .isInstanceOfSatisfying(
                                        Caller.User.class,
                                        user -> assertThat(user.name()).isEqualTo(name)));
    }

    private static void challenged(LoginOutcome outcome, String reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        LoginOutcome.Challenged.class,
                        refused -> assertThat(refused.reason()).contains(reason));
    }

    private static void tokenRefused(LoginOutcome outcome, String reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        LoginOutcome.TokenRefused.class,
                        refused -> assertThat(refused.reason()).contains(reason));
    }

    @Test
    void whoShowsNothingIsAnonymous() {
        assertThat(strict.check(asked(PATH, Optional.empty()), Optional.empty()))
                .isEqualTo(new LoginOutcome.Accepted(new Caller.Anonymous()));
    }

    @Test
    void theRightPasswordLogsInAndAWrongOneDoesNot() {
        accepted(digest(strict, reply(login("guard"), nonce(strict), 1, DigestAlgorithm.SHA_256)), "guard");
        String wrong = "an unknown user or a wrong password";
        challenged(digest(strict, reply(new Login("guard", "x"), nonce(strict), 1, DigestAlgorithm.SHA_256)), wrong);
        challenged(digest(strict, reply(login("nobody"), nonce(strict), 1, DigestAlgorithm.SHA_256)), wrong);
        assertThat(users.failures()).isEqualTo(2);
    }

    @Test
    void aLoginIsForOnePathAlone() {
        String header = reply(login("guard"), nonce(strict), 1, DigestAlgorithm.SHA_256);
        challenged(
                strict.check(asked("/onvif/security_service", Optional.of(header)), Optional.empty()),
                "an unknown user or a wrong password");
    }

    @Test
    void aLoginCountsOnce() {
        String nonce = nonce(strict);
        accepted(digest(strict, reply(login("guard"), nonce, 1, DigestAlgorithm.SHA_256)), "guard");
        challenged(digest(strict, reply(login("guard"), nonce, 1, DigestAlgorithm.SHA_256)), "used before");
        accepted(digest(strict, reply(login("guard"), nonce, 2, DigestAlgorithm.SHA_256)), "guard");
        LoginOutcome.Challenged stale =
                (LoginOutcome.Challenged) digest(strict, reply(login("guard"), nonce, 2, DigestAlgorithm.SHA_256));
        assertThat(stale.challenges().getFirst()).contains("stale=true");
        assertThat(users.failures()).as("a stale login is no wrong password").isZero();
    }

    @Test
    void aNonceGrowsOldAndCannotBeMade() {
        String nonce = nonce(strict);
        clock.go(NonceBook.LIFE);
        accepted(digest(strict, reply(login("guard"), nonce, 1, DigestAlgorithm.SHA_256)), "guard");
        clock.go(Duration.ofMillis(1));
        challenged(digest(strict, reply(login("guard"), nonce, 2, DigestAlgorithm.SHA_256)), "too old");
        String made = nonce(strict);
        String other = (made.charAt(0) == '0' ? '1' : '0') + made.substring(1);
        challenged(digest(strict, reply(login("guard"), other, 1, DigestAlgorithm.SHA_256)), "too old");
        challenged(digest(strict, reply(login("guard"), nonce(open), 1, DigestAlgorithm.SHA_256)), "too old");
    }

    @Test
    void md5IsASwitch() {
        challenged(digest(strict, reply(login("guard"), nonce(strict), 1, DigestAlgorithm.MD5)), "with MD5");
        accepted(digest(open, reply(login("guard"), nonce(open), 1, DigestAlgorithm.MD5)), "guard");
        assertThat(strict.challenge("").challenges()).hasSize(1).allMatch(header -> header.contains("SHA-256"));
        assertThat(open.challenge("").challenges()).hasSize(2);
        assertThat(open.challenge("").challenges().getFirst()).contains("SHA-256");
    }

    @Test
    void whoIsBarredMayNotTry() {
        users.bar("guard");
        challenged(
                digest(strict, reply(login("guard"), nonce(strict), 1, DigestAlgorithm.SHA_256)),
                "too many wrong logins");
        accepted(digest(strict, reply(login("admin"), nonce(strict), 1, DigestAlgorithm.SHA_256)), "admin");
    }

    @Test
    void otherSchemesAreNotTaken() {
        challenged(digest(strict, "Basic Z3VhcmQ6b2YgZ3VhcmQ="), "other than by Digest");
        challenged(digest(strict, "Digest username=\"guard"), "does not end");
        challenged(digest(strict, ""), "other than by Digest");
    }

    private XmlElement token(String name, String password, String nonce, String created) throws Exception {
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        sha1.update(Base64.getDecoder().decode(nonce));
        sha1.update((created + password).getBytes(StandardCharsets.UTF_8));
        return security(name, Base64.getEncoder().encodeToString(sha1.digest()), "#PasswordDigest", nonce, created);
    }

    private static XmlElement security(String name, String password, String type, String nonce, String created) {
        String wsse = Namespaces.WS_SECURITY;
        XmlElement token = XmlElement.of(
                wsse,
                "UsernameToken",
                List.of(
                        XmlElement.text(wsse, "Username", name),
                        XmlElement.text(wsse, "Password", password)
                                .with(
                                        "Type",
                                        "http://docs.oasis-open.org/wss/2004/01/"
                                                + "oasis-200401-wss-username-token-profile-1.0" + type),
                        XmlElement.text(wsse, "Nonce", nonce),
                        XmlElement.text(Namespaces.WS_UTILITY, "Created", created)));
        return XmlElement.of(wsse, "Security", token);
    }

    private static LoginOutcome token(Logins logins, XmlElement security) {
        return logins.check(asked(PATH, Optional.empty()), Optional.of(security));
    }

    @Test
    void aTokenCountsOnceForWhoOptedIn() throws Exception {
        String now = clock.instant().toString();
        XmlElement right = token("token", TestUsers.password("token"), "AAECAw==", now);
        accepted(token(open, right), "token");
        tokenRefused(token(open, right), "used before");
        accepted(token(open, token("token", TestUsers.password("token"), "BAUGBw==", now)), "token");
        String wrong = "an unknown user or a wrong password";
        tokenRefused(token(open, token("token", "x", "AAECAw==", now)), wrong);
        tokenRefused(token(open, token("admin", TestUsers.password("admin"), "AAECAw==", now)), wrong);
        tokenRefused(token(open, token("admin", "", "AAECAw==", now)), wrong);
        tokenRefused(token(open, token("nobody", "", "AAECAw==", now)), wrong);
    }

    @Test
    void aTokenIsFromNow() throws Exception {
        String made = clock.instant().toString();
        XmlElement token = token("token", TestUsers.password("token"), "AAECAw==", made);
        clock.go(TokenLogin.SKEW.plusSeconds(1));
        tokenRefused(token(open, token), "GetSystemDateAndTime");
        clock.go(TokenLogin.SKEW.plusSeconds(1).multipliedBy(-2));
        tokenRefused(token(open, token), "GetSystemDateAndTime");
        clock.go(Duration.ofSeconds(2));
        accepted(token(open, token), "token");
    }

    @Test
    void passwordsInClearAndHalfTokensAreNotTaken() throws Exception {
        String now = clock.instant().toString();
        String readable = "is read with";
        tokenRefused(
                token(open, security("token", TestUsers.password("token"), "#PasswordText", "AA==", now)), readable);
        tokenRefused(token(open, security("token", "x", "#PasswordDigest", "AA==", "yesterday")), readable);
        tokenRefused(token(open, XmlElement.of(Namespaces.WS_SECURITY, "Security")), "without a UsernameToken");
        tokenRefused(
                token(open, security("token", "x", "#PasswordDigest", "not base64!", now)),
                "an unknown user or a wrong password");
    }

    @Test
    void tokensAreASwitchAndDigestGoesFirst() throws Exception {
        XmlElement right = token(
                "token",
                TestUsers.password("token"),
                "AAECAw==",
                clock.instant().toString());
        assertThat(token(strict, right)).isEqualTo(new LoginOutcome.Accepted(new Caller.Anonymous()));
        String header = reply(login("guard"), nonce(open), 1, DigestAlgorithm.SHA_256);
        accepted(open.check(asked(PATH, Optional.of(header)), Optional.of(right)), "guard");
        accepted(token(open, right), "token");
    }

    @Test
    void accessClassesFollowTheDefaultPolicy() {
        Caller nobody = new Caller.Anonymous();
        Caller user = new Caller.User("u", UserLevel.USER);
        Caller operator = new Caller.User("o", UserLevel.OPERATOR);
        Caller administrator = new Caller.User("a", UserLevel.ADMINISTRATOR);
        for (AccessClass each : AccessClass.values()) {
            assertThat(each.allows(administrator)).as("administrator, %s", each).isTrue();
            assertThat(each.allows(nobody)).as("nobody, %s", each).isEqualTo(each == AccessClass.PRE_AUTH);
        }
        assertThat(AccessClass.ACTUATE.allows(operator)).isTrue();
        assertThat(AccessClass.WRITE_SYSTEM.allows(operator)).isFalse();
        assertThat(AccessClass.READ_SYSTEM_SECRET.allows(operator)).isFalse();
        assertThat(AccessClass.READ_MEDIA.allows(user)).isTrue();
        assertThat(AccessClass.READ_SYSTEM_SENSITIVE.allows(user)).isFalse();
        assertThat(AccessClass.ACTUATE.allows(user)).isFalse();
    }
}
