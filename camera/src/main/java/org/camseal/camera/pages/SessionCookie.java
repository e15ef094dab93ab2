package org.camseal.camera.pages;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.camseal.manifest.Digest;
import org.camseal.web.WebRequest;
import org.camseal.web.WebResponse;

/**
 * The cookie that carries a session's token. Its prefix makes browsers insist that it is of this host alone, over HTTPS; its name is of one
 * camera, because cookies do not keep the ports of a host apart.
 */
final class SessionCookie {
    private static final String ATTRIBUTES = "; Path=/; Secure; HttpOnly; SameSite=Strict";
    private static final int DIGITS = 8;

    private final String name;

    SessionCookie(String serial) {
        String digest = Digest.sha256(serial.getBytes(StandardCharsets.UTF_8)).toString();
        this.name = "__Host-camseal-" + digest.substring(0, DIGITS);
    }

    Optional<String> token(WebRequest request) {
        return request.cookie(name);
    }

    WebResponse set(WebResponse response, String token) {
        return response.withHeader("Set-Cookie", name + "=" + token + ATTRIBUTES);
    }

    WebResponse clear(WebResponse response) {
        return response.withHeader("Set-Cookie", name + "=" + ATTRIBUTES + "; Max-Age=0");
    }
}
