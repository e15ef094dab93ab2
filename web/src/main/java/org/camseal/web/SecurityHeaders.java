package org.camseal.web;

import java.util.Map;

/** Header fields that every answer has. */
final class SecurityHeaders {
    /** Pages use what comes with them and nothing else; blob: is for video that a page puts together (Media Source Extensions). */
    private static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'self'",
            "media-src 'self' blob:",
            "img-src 'self' blob: data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "X-Frame-Options", "DENY",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
            "Cache-Control", "no-store");

    private static final String ONE_YEAR = "max-age=31536000";

    private SecurityHeaders() {}

    static Map<String, String> always() {
        return ALWAYS;
    }

    static String strictTransportSecurity() {
        return ONE_YEAR;
    }
}
