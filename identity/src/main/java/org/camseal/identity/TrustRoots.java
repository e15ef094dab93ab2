package org.camseal.identity;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The roots that one role trusts, apart for each domain: a device root vouches for cameras only, a site root for recorders and people
 * only, an operations root for the lines, operators and servers of a device authority only.
 *
 * @param device roots of cameras
 * @param site roots of recorders and people
 * @param operations roots of production lines, operators and the device authority's servers
 */
public record TrustRoots(List<X509Certificate> device, List<X509Certificate> site, List<X509Certificate> operations) {
    /** Trusts nobody. */
    public static final TrustRoots NONE = new TrustRoots(List.of(), List.of());

    public TrustRoots {
        device = List.copyOf(device);
        site = List.copyOf(site);
        operations = List.copyOf(operations);
    }

    /** Trusts no operations root, as all that do not deal with a device authority. */
    public TrustRoots(List<X509Certificate> device, List<X509Certificate> site) {
        this(device, site, List.of());
    }

    /** Those that count for a purpose. */
    public List<X509Certificate> of(Purpose purpose) {
        return switch (purpose.domain()) {
            case DEVICE -> device;
            case SITE -> site;
            case OPERATIONS -> operations;
        };
    }

    public TrustRoots withDevice(X509Certificate root) {
        return new TrustRoots(added(device, root), site, operations);
    }

    public TrustRoots withSite(X509Certificate root) {
        return new TrustRoots(device, added(site, root), operations);
    }

    public TrustRoots withOperations(X509Certificate root) {
        return new TrustRoots(device, site, added(operations, root));
    }

    private static List<X509Certificate> added(List<X509Certificate> roots, X509Certificate root) {
        return roots.contains(root)
                ? roots
                : java.util.stream.Stream.concat(roots.stream(), java.util.stream.Stream.of(root))
                        .toList();
    }
}
