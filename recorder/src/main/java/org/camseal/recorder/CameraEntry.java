package org.camseal.recorder;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.camseal.identity.TrustRoots;
import org.camseal.streaming.Login;
import org.jspecify.annotations.Nullable;

/**
 * One camera to record.
 *
 * @param name the recorder's own name for it and its directory: 1 to 40 of a-z, 0-9, - and _, beginning with a letter or digit
 * @param uri rtsp or rtsps, without user and password
 * @param login for the RTSP server, or null where it asks for none
 * @param serial the serial number of the device that is expected there
 * @param deviceRoots roots under which that device has its certificates; at least one
 */
public record CameraEntry(
        String name, URI uri, @Nullable Login login, String serial, List<X509Certificate> deviceRoots) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
    private static final Set<String> SCHEMES = Set.of("rtsp", "rtsps");

    public CameraEntry {
        deviceRoots = List.copyOf(deviceRoots);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("camera name '" + name + "'; 1 to 40 of a-z 0-9 - _ expected");
        }
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "camera " + name + ": a URI that begins with rtsp:// or rtsps:// expected");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "camera " + name + ": user and password belong in the login, not in the URI");
        }
        if (serial.isEmpty() || deviceRoots.isEmpty()) {
            throw new IllegalArgumentException(
                    "camera " + name + ": the expected device serial and at least one device root are needed");
        }
    }

    TrustRoots roots() {
        return new TrustRoots(deviceRoots, List.of());
    }
}
