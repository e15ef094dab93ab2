package org.camseal.authority.upstream;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.backends.ElementAddress;
import org.camseal.web.WebClient;

/**
 * The section {@code upstream} of the settings: which authority stands behind this one, if any. Relative paths are relative to the authority's
 * directory.
 *
 * @param protocol {@code none}: cameras' certificates are signed here; {@code est} or {@code cmp}: they are asked for elsewhere
 * @param url the other authority: {@code https://HOST[:PORT]/}, and a path if its paths begin with one
 * @param identity directory of the identity that the other authority knows this one by
 * @param serverRoots PEM file: the roots that the other's HTTPS server is known by, together with its host name
 * @param issuing PEM file: the one issuing authority whose certificates count
 * @param root PEM file: the device root above it
 * @param signer PEM file: whose key signs the other's CMP answers; for {@code cmp} only
 * @param deviceTlsPath where to ask for cameras' TLS certificates, relative to the URL; "" for where an authority like this one has it
 * @param mediaSigningPath the same for media-signing certificates
 */
public record UpstreamSettings(
        String protocol,
        String url,
        String identity,
        String serverRoots,
        String issuing,
        String root,
        String signer,
        String deviceTlsPath,
        String mediaSigningPath) {
    /** Nothing is behind. */
    public static final UpstreamSettings NONE = new UpstreamSettings("none", "", "", "", "", "", "", "", "");

    /**
     * The way to the other authority, open.
     *
     * @param root the device root above it
     */
    public record Opened(UpstreamIssuing issuing, X509Certificate root, WebClient web) implements AutoCloseable {
        @Override
        public void close() {
            web.close();
        }
    }

    /** True if cameras' certificates are signed elsewhere. */
    public boolean forwards() {
        return !protocol.equals("none");
    }

    /**
     * Gets ready to ask; nothing is asked yet, so the other authority need not be there.
     *
     * @param base what paths are relative to
     * @return empty if nothing is behind
     * @throws AuthorityException.Malformed if a setting is missing or wrong; it is named
     * @throws AuthorityException.Key if the identity cannot be used
     */
    public Optional<Opened> open(Path base, InstantSource clock, SecureRandom random) throws AuthorityException {
        return switch (protocol) {
            case "none" -> Optional.empty();
            case "est" -> Optional.of(open(base, clock, random, Way.EST));
            case "cmp" -> Optional.of(open(base, clock, random, Way.CMP));
            default -> throw wrong("protocol", protocol, "none, est or cmp");
        };
    }

    private enum Way {
        EST,
        CMP
    }

    private Opened open(Path base, InstantSource clock, SecureRandom random, Way way) throws AuthorityException {
        if (way == Way.EST && !signer.isEmpty()) {
            throw wrong("signer", signer, "nothing, because answers by EST are not signed: the TLS connection is");
        }
        URI address = address();
        X509Certificate issuer = certificates(base, "issuing", issuing).getFirst();
        X509Certificate above = certificates(base, "root", root).getFirst();
        List<X509Certificate> servers = certificates(base, "server-roots", serverRoots);
        Optional<X509Certificate> signs = way == Way.CMP
                ? Optional.of(certificates(base, "signer", signer).getFirst())
                : Optional.empty();
        CertifiedKey own = own(base, random);
        WebClient web = new WebClient(
                address,
                Optional.of(TlsContexts.clientElsewhere(own, servers)),
                Optional.empty(),
                WebClient.Limits.USUAL);
        Upstream upstream = signs.<Upstream>map(key -> new CmpUpstream(
                        web, paths(CmpUpstream.usualPaths()), new UpstreamMessages(own, key, clock, random)))
                .orElseGet(() -> new EstUpstream(web, paths(EstUpstream.usualPaths())));
        return new Opened(new UpstreamIssuing(upstream, issuer, above, clock), above, web);
    }

    private URI address() throws AuthorityException.Malformed {
        String wanted = "https://HOST[:PORT]/, with a slash at its end";
        try {
            URI uri = URI.create(url);
            boolean good = "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && url.endsWith("/")
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            if (!good) {
                throw wrong("url", url, wanted);
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw wrong("url", url, wanted);
        }
    }

    private Map<CertificateProfile, String> paths(Map<CertificateProfile, String> usual) {
        return Map.of(
                CertificateProfile.DEVICE_TLS,
                deviceTlsPath.isEmpty() ? usual.getOrDefault(CertificateProfile.DEVICE_TLS, "") : deviceTlsPath,
                CertificateProfile.MEDIA_SIGNING,
                mediaSigningPath.isEmpty()
                        ? usual.getOrDefault(CertificateProfile.MEDIA_SIGNING, "")
                        : mediaSigningPath);
    }

    private CertifiedKey own(Path base, SecureRandom random) throws AuthorityException {
        if (identity.isEmpty()) {
            throw wrong("identity", identity, "the directory of an identity that the authority behind this one knows");
        }
        try {
            return Identity.open(base.resolve(identity), ElementAddress.opener(random))
                    .tls();
        } catch (IdentityException e) {
            throw new AuthorityException.Key("upstream.identity: " + e.getMessage(), e);
        }
    }

    private static List<X509Certificate> certificates(Path base, String key, String file)
            throws AuthorityException.Malformed {
        if (file.isEmpty()) {
            throw wrong(key, file, "a file of certificates in PEM");
        }
        try {
            return Pem.readBundle(base.resolve(file));
        } catch (IdentityException e) {
            throw new AuthorityException.Malformed("upstream." + key + ": " + e.getMessage(), e);
        }
    }

    private static AuthorityException.Malformed wrong(String key, String seen, String expected) {
        String shown = seen.isEmpty() ? "is not set" : "is \"" + seen.replaceAll("\\p{Cntrl}", "?") + "\"";
        return new AuthorityException.Malformed(
                String.format(Locale.ROOT, "upstream.%s %s: expected %s", key, shown, expected));
    }
}
