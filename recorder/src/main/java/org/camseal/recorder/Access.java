package org.camseal.recorder;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import javax.net.ssl.SSLContext;

/** Who may talk to the recorder's HTTP interface, and where it listens. */
public sealed interface Access {
    /** Address to bind. */
    String host();

    /** Port to bind; 0 takes a free one. */
    int port();

    /**
     * The simplest form, for one machine: plain HTTP on a loopback address, and every request carries a token.
     *
     * @param host a loopback address
     * @param port 0 to 65535
     * @param token at least 16 characters; never printed
     */
    record LocalToken(String host, int port, String token) implements Access {
        public LocalToken {
            if (token.length() < 16) {
                throw new IllegalArgumentException("an access token of fewer than 16 characters");
            }
        }

        boolean accepts(String shown) {
            return MessageDigest.isEqual(
                    token.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return "LocalToken[" + host + ":" + port + "]";
        }
    }

    /**
     * The production form: HTTPS, and whoever connects shows a certificate that the context's trust manager accepts.
     *
     * @param context holds the recorder's own TLS identity and says whose client certificates count
     */
    record MutualTls(String host, int port, SSLContext context) implements Access {}
}
