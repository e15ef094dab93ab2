package org.camseal.camera.pages;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.camseal.camera.Camera;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.customer.CustomerCertificate;
import org.camseal.identity.customer.RequestedNames;
import org.camseal.web.WebException;
import org.camseal.web.WebResponse;
import org.jspecify.annotations.Nullable;

/** How the owner gets certificates of their own, one for connections and one for signing the video, and is rid of them. */
final class OwnCertificateRoutes {
    private static final String ONE = CertificateRoutes.ALL + "/{owned}";
    private static final int MOST_DAYS = 3650;

    private final Camera camera;
    private final CameraCertificates certificates;
    private final CertificateRoutes all;
    private final EventLog log;
    private final InstantSource clock;

    OwnCertificateRoutes(PageWorld world, CertificateRoutes all) {
        this.camera = world.camera();
        this.certificates = world.certificates();
        this.all = all;
        this.log = world.log();
        this.clock = world.clock();
    }

    /** What is sent for a request or a self-signed certificate. */
    record Names(
            String subject,
            List<String> dns,
            List<String> ip,
            @Nullable Integer days) {
        Names {
            Objects.requireNonNull(subject);
            Objects.requireNonNull(dns);
            Objects.requireNonNull(ip);
        }

        RequestedNames requested() throws WebException.Refused {
            try {
                return new RequestedNames(subject, dns, ip);
            } catch (IllegalArgumentException e) {
                throw WebException.Refused.badRequest(String.valueOf(e.getMessage()));
            }
        }
    }

    /** A chain, or a request, as text. */
    record Chain(String pem) {
        Chain {
            Objects.requireNonNull(pem);
        }
    }

    /** {@code tls} or {@code signing}. */
    List<PageRoute> routes() {
        AccountRole administrator = AccountRole.ADMINISTRATOR;
        return List.of(
                PageRoute.post(ONE + "/request", administrator, this::request),
                PageRoute.post(ONE + "/install", administrator, this::install),
                PageRoute.post(CertificateRoutes.ALL + "/tls/self-signed", administrator, this::selfSigned),
                PageRoute.delete(ONE, administrator, this::remove));
    }

    private CustomerCertificate owned(PageRoute.Visit visit) throws WebException.Refused {
        return switch (visit.request().parameter("owned")) {
            case "tls" -> certificates.tls();
            case "signing" -> certificates.signing();
            default -> throw WebException.Refused.notFound("an owner's certificate is tls or signing");
        };
    }

    private WebResponse request(PageRoute.Visit visit) throws WebException.Refused, IdentityException {
        CustomerCertificate owned = owned(visit);
        RequestedNames names = visit.request().json(Names.class).requested();
        owned.keyOrNew(KeySpec.P256);
        log.add(visit.account().name(), "certificate request", visit.request().parameter("owned"));
        return WebResponse.json(new Chain(owned.requestPem(names)));
    }

    private WebResponse install(PageRoute.Visit visit) throws WebException.Refused, IdentityException {
        CustomerCertificate owned = owned(visit);
        List<X509Certificate> chain =
                Pem.certificates(visit.request().json(Chain.class).pem(), "the chain that was sent");
        List<X509Certificate> installed = owned.install(chain, clock.instant());
        renew();
        return changed(
                visit,
                "certificate installed",
                visit.request().parameter("owned") + ", " + CertificateView.fingerprint(installed.getFirst()));
    }

    private WebResponse selfSigned(PageRoute.Visit visit) throws WebException.Refused, IdentityException {
        Names given = visit.request().json(Names.class);
        int days = given.days() == null ? 365 : given.days();
        if (days < 1 || days > MOST_DAYS) {
            throw WebException.Refused.badRequest("a certificate lives 1 to " + MOST_DAYS + " days");
        }
        RequestedNames names = given.requested();
        certificates.tls().keyOrNew(KeySpec.P256);
        X509Certificate made = certificates.tls().selfSigned(names, days, clock.instant());
        renew();
        return changed(visit, "self-signed certificate", CertificateView.fingerprint(made));
    }

    private void renew() throws IdentityException {
        certificates.pages().renew();
        certificates.stream().renew();
        certificates.signer().renew();
    }

    private WebResponse remove(PageRoute.Visit visit) throws WebException.Refused, IdentityException {
        CustomerCertificate owned = owned(visit);
        if (owned == certificates.signing()) {
            requireNotSigning();
        } else {
            certificates.pages().choose(ChosenCertificate.Choice.MAKER);
            certificates.stream().choose(ChosenCertificate.Choice.MAKER);
        }
        owned.remove();
        return changed(
                visit, "owner's certificate and key removed", visit.request().parameter("owned"));
    }

    /** The key is needed to the end of the stream that it signs. */
    private void requireNotSigning() throws IdentityException {
        if (certificates.signer().choice() == ChosenCertificate.Choice.OWNER) {
            throw new IdentityException.Refused("this key signs the video: choose the maker's for that first");
        }
        X509Certificate own = certificates
                .signing()
                .certified()
                .map(key -> key.chain().getFirst())
                .orElse(null);
        if (own != null && camera.signer().filter(own::equals).isPresent()) {
            throw new IdentityException.Refused(
                    "this key signs the video until its next key picture: try again in a moment");
        }
    }

    private WebResponse changed(PageRoute.Visit visit, String what, String detail) throws IdentityException {
        log.add(visit.account().name(), what, detail);
        return WebResponse.json(all.view());
    }
}
