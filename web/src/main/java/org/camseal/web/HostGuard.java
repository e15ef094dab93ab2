package org.camseal.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses requests that a page from elsewhere makes a browser send here: for a host name that is not ours (DNS rebinding), or, if it
 * would change something, from another origin (cross-site request forgery).
 */
final class HostGuard {
    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** Lower case with port; empty if every host counts. */
    private final Set<String> hosts = new TreeSet<>();

    private final String scheme;
    private final int defaultPort;

    HostGuard(WebSettings settings, InetSocketAddress bound) {
        this.scheme = settings.tls().isPresent() ? "https" : "http";
        this.defaultPort = settings.tls().isPresent() ? 443 : 80;
        InetAddress address = bound.getAddress();
        boolean anyAddress = address.isAnyLocalAddress() && settings.hostNames().isEmpty();
        if (anyAddress || settings.access() instanceof Access.Everybody) {
            return;
        }
        settings.hostNames().forEach(name -> {
            add(name, bound.getPort());
            hosts.add(name.toLowerCase(Locale.ROOT)); // who was given this name may leave the port out, as openssl does
        });
        add(literal(address), bound.getPort());
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            add("localhost", bound.getPort());
            add("127.0.0.1", bound.getPort());
            add("[::1]", bound.getPort());
        }
    }

    private void add(String name, int port) {
        String lower = name.toLowerCase(Locale.ROOT);
        hosts.add(lower + ":" + port);
        // openssl's HTTP client leaves the port out whatever it is; over TLS the name was checked against the
        // certificate besides.
        if (port == defaultPort || scheme.equals("https")) {
            hosts.add(lower);
        }
    }

    static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof java.net.Inet6Address ? "[" + text + "]" : text;
    }

    void check(String method, Optional<String> host, Optional<String> origin) throws WebException.Refused {
        if (!hosts.isEmpty() && !hosts.contains(host.orElse("").toLowerCase(Locale.ROOT))) {
            throw new WebException.Refused(
                    421, "this server is not the host that was asked for", "use the address it was started with");
        }
        boolean foreign = origin.isPresent() && !origin.get().equalsIgnoreCase(scheme + "://" + host.orElse(""));
        if (foreign && !READING.contains(method)) {
            throw new WebException.Refused(403, "a page from elsewhere may not do this", "");
        }
    }
}
