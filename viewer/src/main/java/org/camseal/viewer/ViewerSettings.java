package org.camseal.viewer;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.camseal.seal.RecipientKey;
import org.camseal.web.Access;
import org.camseal.web.SessionToken;
import org.camseal.web.WebSettings;

/**
 * All that a viewer is told.
 *
 * @param recorder where the video is
 * @param deviceRoots roots under which cameras are trusted; at least one
 * @param serials which device is expected under which of the recorder's camera names; a name without an entry may be any trusted device
 * @param keys the recipient's own keys; with none, everything can be checked and nothing opened
 * @param page where the page listens: on the loopback address, with a token, because it shows clear video
 */
public record ViewerSettings(
        RecorderAddress recorder,
        List<X509Certificate> deviceRoots,
        Map<String, String> serials,
        List<RecipientKey> keys,
        WebSettings page) {
    public ViewerSettings {
        deviceRoots = List.copyOf(deviceRoots);
        serials = Map.copyOf(serials);
        keys = List.copyOf(keys);
        if (deviceRoots.isEmpty()) {
            throw new IllegalArgumentException(
                    "a viewer without a device root trusts no camera; at least one is needed");
        }
        if (!(page.access() instanceof Access.WithToken)) {
            throw new IllegalArgumentException("the viewer's page shows clear video; it needs a session token");
        }
        if (page.bind().getAddress() == null || !page.bind().getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(
                    "the viewer's page shows clear video; it listens on the loopback address only, not on "
                            + page.bind());
        }
    }

    /**
     * Where the recorder is, and how the viewer shows who it is.
     *
     * @param uri scheme, host, port and a slash
     * @param tls for https: the viewer's own certificate, and the recorder that is expected
     * @param token for a recorder on this machine, over plain HTTP
     */
    public record RecorderAddress(URI uri, Optional<SSLContext> tls, Optional<SessionToken> token) {}
}
