package org.camseal.acme;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Where an authority speaks ACME.
 *
 * @param directory the address of its directory (RFC 8555 section 7.1.1); https only
 * @param roots whose word counts for its own HTTPS; empty for the roots that come with Java
 */
public record AcmeAuthority(URI directory, List<X509Certificate> roots) {
    /**
     * @throws IllegalArgumentException if the address is not https
     */
    public AcmeAuthority {
        roots = List.copyOf(roots);
        if (!"https".equalsIgnoreCase(directory.getScheme()) || directory.getHost() == null) {
            throw new IllegalArgumentException("an ACME directory is at an https address");
        }
    }
}
