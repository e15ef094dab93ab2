package org.camseal.web;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is refused before a server listens. */
@Timeout(60)
class WebServerStartTest {
    @Test
    void aTakenPortIsSaidSo() throws Exception {
        WebServer first = WebServer.start(WebSettings.loopback(0, new Access.Anyone()), new Routes());
        WebSettings same = WebSettings.loopback(first.port(), new Access.Anyone());
        assertThatThrownBy(() -> WebServer.start(same, new Routes()))
                .isInstanceOf(WebException.CannotStart.class)
                .hasMessageContaining(":" + first.port())
                .hasMessageContaining("another program")
                .hasMessageContaining("choose another");
        first.close();
    }

    @Test
    void plainHttpIsForLoopbackOnly() {
        WebSettings open = new WebSettings(
                new InetSocketAddress(0),
                Optional.empty(),
                ClientCertificates.AS_THE_CONTEXT_SAYS,
                new Access.Anyone(),
                Set.of(),
                1,
                1);
        assertThatThrownBy(() -> WebServer.start(open, new Routes()))
                .isInstanceOf(WebException.CannotStart.class)
                .hasMessageContaining("loopback");
        WebSettings unknown = new WebSettings(
                InetSocketAddress.createUnresolved("no.such.host.invalid", 0),
                Optional.empty(),
                ClientCertificates.AS_THE_CONTEXT_SAYS,
                new Access.Anyone(),
                Set.of(),
                1,
                1);
        assertThatThrownBy(() -> WebServer.start(unknown, new Routes())).hasMessageContaining("not known");
    }

    @Test
    void routesAreCheckedWhenTheyAreMade() {
        Routes routes = new Routes().get("/a/{b}", request -> WebResponse.noContent());
        assertThatThrownBy(() -> routes.get("/a/{c}", request -> WebResponse.noContent()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> routes.get("a", request -> WebResponse.noContent()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> routes.get("/a b", request -> WebResponse.noContent()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WebResponse.seeOther("//evil.example")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WebResponse.noContent().withHeader("X", "a\r\nB: c"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
