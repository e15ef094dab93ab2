package org.camseal.streaming.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.camseal.streaming.Login;
import org.camseal.streaming.ProtocolException;
import org.junit.jupiter.api.Test;

class LoginCodecTest {
    private static final Login MUFASA = new Login("Mufasa", "Circle of Life");
    private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private static final DigestReply.Round ROUND =
            new DigestReply.Round(1, "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");

    /** RFC 7616 section 3.9.1, for both algorithms. */
    @Test
    void repliesAreThoseOfTheStandardsExample() {
        RtspMessage.Request request = new RtspMessage.Request("GET", "/dir/index.html", RtspHeaders.NONE);
        assertThat(DigestReply.compute(DigestAlgorithm.SHA_256, MUFASA, "http-auth@example.org", NONCE, request, ROUND)
                        .response())
                .isEqualTo("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
        assertThat(DigestReply.compute(DigestAlgorithm.MD5, MUFASA, "http-auth@example.org", NONCE, request, ROUND)
                        .response())
                .isEqualTo("8ca523f5e9506fed4657c9700eebdbec");
    }

    @Test
    void aReplySurvivesItsHeaderAndOnlyTheRightPasswordFits() throws Exception {
        RtspMessage.Request request = new RtspMessage.Request("PLAY", "rtsp://host/live", RtspHeaders.NONE);
        DigestReply reply = DigestReply.compute(DigestAlgorithm.SHA_256, MUFASA, "a realm", NONCE, request, ROUND);
        DigestReply read = DigestReply.parse(AuthScheme.parse(reply.toHeader()).getFirst());
        assertThat(read).isEqualTo(reply);
        assertThat(read.isOf(MUFASA, "PLAY")).isTrue();
        assertThat(read.isOf(MUFASA, "PAUSE")).isFalse();
        assertThat(read.isOf(new Login("Mufasa", "circle of life"), "PLAY")).isFalse();
        assertThat(reply.toString() + MUFASA).doesNotContain("Circle").doesNotContain(reply.response());
    }

    @Test
    void severalChallengesMayShareAHeader() throws Exception {
        List<AuthScheme> schemes = AuthScheme.parse(
                "Digest realm=\"a \\\"b\\\", c\", nonce = \"x\", algorithm=SHA-256, qop=\"auth,auth-int\", Basic realm=\"d\", Negotiate");
        assertThat(schemes.stream().map(AuthScheme::name)).containsExactly("digest", "basic", "negotiate");
        assertThat(schemes.getFirst().parameters())
                .containsEntry("realm", "a \"b\", c")
                .containsEntry("nonce", "x")
                .containsEntry("qop", "auth,auth-int");
        assertThat(AuthScheme.parse("Basic Zm9vOmJhcg==").getFirst().token()).isEqualTo("Zm9vOmJhcg==");
    }

    @Test
    void brokenLoginsAreRefusedWithoutRepeatingThem() {
        for (String header : List.of(
                "Digest username=\"secret-name",
                "Digest =secret-value",
                "Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"x\", response=\"secret\", qop=auth, nc=1, cnonce=\"c\"",
                "Digest username=\"u\", algorithm=secret-sum")) {
            assertThatThrownBy(() -> DigestReply.parse(AuthScheme.parse(header).getFirst()))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageNotContaining("secret");
        }
    }
}
