package org.camseal.streaming.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.camseal.streaming.Login;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtsp.AuthScheme;
import org.camseal.streaming.rtsp.DigestAlgorithm;
import org.camseal.streaming.rtsp.DigestReply;
import org.camseal.streaming.rtsp.RtspHeaders;
import org.camseal.streaming.rtsp.RtspMessage;
import org.junit.jupiter.api.Test;

/** A login that was overheard is worth nothing: not a second time, not after a while, not on another connection. */
class ConnectionLoginTest {
    private static final Login GUARD = new Login("guard", "correct horse");
    private static final String URI = "rtsp://camera/live";

    private final AtomicLong nanos = new AtomicLong(1);
    private final Random random = new Random(1);
    private final ConnectionLogin connection = connection();

    private ConnectionLogin connection() {
        return new ConnectionLogin(Authenticator.digest("camera", List.of(GUARD)), random, nanos::get);
    }

    private static RtspMessage.Request request(String authorization) {
        RtspHeaders headers =
                authorization.isEmpty() ? RtspHeaders.NONE : RtspHeaders.NONE.with("Authorization", authorization);
        return new RtspMessage.Request("DESCRIBE", URI, headers);
    }

    /** The nonce that a connection offers now. */
    private static String nonce(ConnectionLogin of) throws ProtocolException {
        return nonce(of.check(request("")));
    }

    private static String nonce(ConnectionLogin.Outcome outcome) throws ProtocolException {
        String challenge =
                ((ConnectionLogin.Outcome.Refused) outcome).challenges().getFirst();
        return AuthScheme.parse(challenge).getFirst().parameter("nonce").orElseThrow();
    }

    private static RtspMessage.Request login(Login login, String nonce, int count) {
        DigestReply.Round round = new DigestReply.Round(count, "client");
        return request(DigestReply.compute(DigestAlgorithm.SHA_256, login, "camera", nonce, request(""), round)
                .toHeader());
    }

    private static boolean isAccepted(ConnectionLogin.Outcome outcome) {
        return outcome instanceof ConnectionLogin.Outcome.Accepted;
    }

    /** True for the answer that says: right, but too late; a client then repeats with the new nonce. */
    private static boolean isStale(ConnectionLogin.Outcome outcome) {
        return outcome instanceof ConnectionLogin.Outcome.Refused(List<String> challenges, var failure)
                && challenges.getFirst().contains("stale=true")
                && failure.isEmpty();
    }

    @Test
    void aReplayedLoginIsRefusedAndTheNextCountIsNot() throws Exception {
        String nonce = nonce(connection);
        assertThat(isAccepted(connection.check(login(GUARD, nonce, 1)))).isTrue();
        assertThat(isAccepted(connection.check(login(GUARD, nonce, 2)))).isTrue();
        ConnectionLogin.Outcome replayed = connection.check(login(GUARD, nonce, 2));
        assertThat(isStale(replayed)).isTrue();
        assertThat(nonce(replayed)).as("the old one is gone for good").isNotEqualTo(nonce);
        assertThat(isStale(connection.check(login(GUARD, nonce, 3)))).isTrue();
        assertThat(isAccepted(connection.check(login(GUARD, nonce(connection), 1))))
                .isTrue();
    }

    @Test
    void aCountMayLeapButNotGoBack() throws Exception {
        String nonce = nonce(connection);
        assertThat(isAccepted(connection.check(login(GUARD, nonce, 9)))).isTrue();
        assertThat(isStale(connection.check(login(GUARD, nonce, 8)))).isTrue();
    }

    @Test
    void aNonceLastsFiveMinutes() throws Exception {
        String nonce = nonce(connection);
        nanos.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(isAccepted(connection.check(login(GUARD, nonce, 1)))).isTrue();
        nanos.incrementAndGet();
        ConnectionLogin.Outcome late = connection.check(login(GUARD, nonce, 2));
        assertThat(isStale(late)).isTrue();
        assertThat(isAccepted(connection.check(login(GUARD, nonce(late), 1)))).isTrue();
    }

    @Test
    void aLoginOfAnotherConnectionOpensNothing() throws Exception {
        ConnectionLogin other = connection();
        RtspMessage.Request overheard = login(GUARD, nonce(connection), 1);
        nonce(other);
        assertThat(isStale(other.check(overheard))).isTrue();
        assertThat(isAccepted(connection.check(overheard))).isTrue();
    }

    /** A wrong password is never called stale: else a client would try the same again. */
    @Test
    void aWrongPasswordIsNoQuestionOfTime() throws Exception {
        Login wrong = new Login("guard", "wrong horse");
        String nonce = nonce(connection);
        nanos.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(isStale(connection.check(login(wrong, nonce, 1)))).isFalse();
        assertThat(isAccepted(connection.check(login(wrong, nonce(connection), 1))))
                .isFalse();
    }
}
