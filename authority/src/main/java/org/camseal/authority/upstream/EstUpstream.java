package org.camseal.authority.upstream;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.IdentityException;
import org.camseal.identity.enrolment.Base64Body;
import org.camseal.identity.enrolment.CertsOnly;
import org.camseal.identity.enrolment.EstPath;
import org.camseal.web.WebAnswer;
import org.camseal.web.WebClient;
import org.camseal.web.WebException;

/** Asks by EST simpleenroll (RFC 7030), with the line certificate that the other authority gave this one, in the TLS connection. */
public final class EstUpstream implements Upstream {
    private final WebClient web;
    private final Map<CertificateProfile, String> paths;

    /**
     * @param web whose base is the other authority, and whose TLS context shows our certificate there
     * @param paths where to ask for which certificate, relative to the base
     */
    public EstUpstream(WebClient web, Map<CertificateProfile, String> paths) {
        this.web = web;
        this.paths = Map.copyOf(paths);
    }

    /** The paths of an authority like this one. */
    public static Map<CertificateProfile, String> usualPaths() {
        return Map.of(
                CertificateProfile.DEVICE_TLS, path(CertificateProfile.DEVICE_TLS),
                CertificateProfile.MEDIA_SIGNING, path(CertificateProfile.MEDIA_SIGNING));
    }

    private static String path(CertificateProfile profile) {
        return EstPath.of(profile, EstPath.Operation.SIMPLEENROLL).substring(1);
    }

    @Override
    public List<X509Certificate> ask(CertificateProfile profile, CertificateRequest request)
            throws AuthorityException.Upstream, InterruptedException {
        String path = paths.get(profile);
        if (path == null) {
            throw new AuthorityException.Upstream("the authority behind this one gives no " + profile.label());
        }
        if (!request.isPkcs10()) {
            throw new AuthorityException.Upstream(
                    "the authority behind this one is asked by EST, which takes PKCS#10 only: ask with p10cr or EST");
        }
        String where = "the answer of the authority behind this one";
        try {
            WebAnswer answer = web.tell(path, EstPath.REQUEST_TYPE, Base64Body.encode(request.toDer()));
            if (answer.status() != 200) {
                throw new AuthorityException.Upstream(where + ": status " + answer.status() + ", "
                        + answer.complaint().orElse("no reason"));
            }
            return CertsOnly.decode(Base64Body.decode(answer.body(), where), where);
        } catch (WebException e) {
            throw new AuthorityException.Upstream(e.message(), e);
        } catch (IdentityException.Malformed e) {
            throw new AuthorityException.Upstream(String.valueOf(e.getMessage()), e);
        }
    }
}
