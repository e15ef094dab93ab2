package org.camseal.onvif.discovery;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** How a searcher's scope is compared with ours (WS-Discovery section 5.1). */
enum ScopeMatch {
    /** Ours begins with it, part by part. */
    RFC_3986("http://schemas.xmlsoap.org/ws/2005/04/discovery/rfc3986"),
    /** Ours is it, sign by sign. */
    STRCMP0("http://schemas.xmlsoap.org/ws/2005/04/discovery/strcmp0");

    private final String uri;

    ScopeMatch(String uri) {
        this.uri = uri;
    }

    /** The rule of that URI; the usual one where none is named; empty for one that is not known. */
    static Optional<ScopeMatch> of(Optional<String> named) {
        return Arrays.stream(values())
                .filter(rule -> rule.uri.equals(named.orElse(RFC_3986.uri)))
                .findFirst();
    }

    boolean matches(String wanted, String own) {
        return switch (this) {
            case STRCMP0 -> wanted.equals(own);
            case RFC_3986 -> beginsWith(wanted, own);
        };
    }

    private static boolean beginsWith(String wanted, String own) {
        try {
            URI left = new URI(wanted);
            URI right = new URI(own);
            List<String> leftParts = parts(left);
            List<String> rightParts = parts(right);
            return lower(left.getScheme()).equals(lower(right.getScheme()))
                    && lower(left.getRawAuthority()).equals(lower(right.getRawAuthority()))
                    && leftParts.size() <= rightParts.size()
                    && rightParts.subList(0, leftParts.size()).equals(leftParts);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String lower(String text) {
        return Objects.requireNonNullElse(text, "").toLowerCase(Locale.ROOT);
    }

    private static List<String> parts(URI uri) {
        return Arrays.stream(Objects.requireNonNullElse(uri.getPath(), "").split("/"))
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
