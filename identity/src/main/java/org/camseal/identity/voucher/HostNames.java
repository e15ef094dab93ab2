package org.camseal.identity.voucher;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The hosts that a certificate names (RFC 9525: subject alternative names only; the common name counts for nothing). */
final class HostNames {
    /** GeneralName (RFC 5280 section 4.2.1.6). */
    private static final int DNS_NAME = 2;

    private static final int IP_ADDRESS = 7;
    private static final int SHOWN = 5;

    private final List<String> dns = new ArrayList<>();
    private final List<InetAddress> addresses = new ArrayList<>();

    private HostNames() {}

    static HostNames of(X509Certificate certificate) {
        HostNames names = new HostNames();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.get(0).equals(DNS_NAME)) {
                    names.dns.add(String.valueOf(name.get(1)).toLowerCase(Locale.ROOT));
                } else if (name.get(0).equals(IP_ADDRESS)) {
                    names.addresses.add(InetAddress.ofLiteral(String.valueOf(name.get(1))));
                }
            }
        } catch (CertificateParsingException | IllegalArgumentException e) {
            return new HostNames(); // names that cannot be read name nobody
        }
        return names;
    }

    boolean isEmpty() {
        return dns.isEmpty() && addresses.isEmpty();
    }

    /**
     * @param host a DNS name, or an address as a literal
     */
    boolean include(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            return addresses.contains(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException e) {
            String name = bare.toLowerCase(Locale.ROOT);
            return dns.stream().anyMatch(pattern -> matches(pattern, name));
        }
    }

    /** A star stands for the whole leftmost label, and for one only. */
    private static boolean matches(String pattern, String name) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && name.substring(dot).equals(pattern.substring(1));
    }

    @Override
    public String toString() {
        List<String> all = new ArrayList<>(dns);
        addresses.forEach(address -> all.add(address.getHostAddress()));
        String text = String.join(", ", all.subList(0, Math.min(SHOWN, all.size())));
        return all.size() > SHOWN ? text + " and " + (all.size() - SHOWN) + " more" : text;
    }
}
