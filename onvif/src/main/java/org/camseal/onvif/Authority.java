package org.camseal.onvif;

import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a client reached this camera, by the Host field of its request (RFC 9110 section 7.2); the web server has checked the name where it
 * can. Answers made of it are for that client alone.
 */
final class Authority {
    private static final Pattern HOST =
            Pattern.compile("(?<host>[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:(?<port>[0-9]{1,5}))?");
    private static final int HTTPS = 443;

    private final IntSupplier ownPort;

    Authority(IntSupplier ownPort) {
        this.ownPort = ownPort;
    }

    /** A host, and the port at which it was reached. */
    record Reached(String host, int port) {}

    /** What the field says; the loopback address where it says nothing that can be read. */
    Reached of(String field) {
        Matcher matcher = HOST.matcher(field);
        if (!matcher.matches()) {
            return new Reached("127.0.0.1", ownPort.getAsInt());
        }
        String port = matcher.group("port");
        return new Reached(matcher.group("host"), port == null ? HTTPS : Integer.parseInt(port));
    }
}
