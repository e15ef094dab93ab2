package org.camseal.onvif;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * One thing that a camera says of itself to those who search.
 *
 * @param uri absolute, under {@code onvif://www.onvif.org/}
 */
public record OnvifScope(String uri) {
    private static final String ROOT = "onvif://www.onvif.org/";

    /** A scope that clients cannot change. */
    static OnvifScope fixed(String category, String value) {
        return new OnvifScope(ROOT + category + "/"
                + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    }
}
