package org.camseal.camera.pages;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.camseal.camera.CameraKeys;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.IdentityException;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Pem;
import org.camseal.identity.customer.CustomerTls;
import org.camseal.identity.customer.RequestedNames;
import org.camseal.identity.voucher.VoucherJudge;
import org.camseal.web.WebException;
import org.camseal.web.WebResponse;
import org.jspecify.annotations.Nullable;

/** The camera's certificates: what the maker installed, what the owner has, and which of them the pages show. */
final class CertificateRoutes {
    private static final String ALL = "/api/certificates";
    private static final int MOST_DAYS = 3650;

    private final CameraKeys keys;
    private final CustomerTls custom;
    private final ServingCertificate serving;
    private final Path rootFile;
    private final EventLog log;
    private final InstantSource clock;

    CertificateRoutes(PageWorld world) {
        this.keys = world.keys();
        this.custom = world.custom();
        this.serving = world.serving();
        this.rootFile = world.deviceRoot();
        this.log = world.log();
        this.clock = world.clock();
    }

    /**
     * All of them.
     *
     * @param serving {@code maker} or {@code owner}: which the pages show
     * @param signing which signs the video: always the maker's
     * @param hasRoot whether the maker's root can be downloaded
     */
    record View(
            String serving,
            String signing,
            boolean hasRoot,
            CertificateView tls,
            CertificateView media,
            @Nullable CertificateView owner) {}

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

    /** Which certificate the pages shall show. */
    record Chosen(String serving) {
        Chosen {
            Objects.requireNonNull(serving);
        }
    }

    List<PageRoute> routes() {
        AccountRole administrator = AccountRole.ADMINISTRATOR;
        return List.of(
                PageRoute.get(ALL, AccountRole.VIEWER, _ -> WebResponse.json(view())),
                PageRoute.get(ALL + "/root", AccountRole.VIEWER, _ -> root()),
                PageRoute.get(
                        ALL + "/chain",
                        AccountRole.VIEWER,
                        _ -> WebResponse.text(Pem.encode(keys.tls().chain()))
                                .asDownload(keys.tls().serial() + "-tls.pem")),
                PageRoute.post(ALL + "/request", administrator, this::request),
                PageRoute.post(ALL + "/install", administrator, this::install),
                PageRoute.post(ALL + "/self-signed", administrator, this::selfSigned),
                PageRoute.delete(ALL + "/owner", administrator, this::remove),
                PageRoute.put(ALL + "/serving", administrator, this::choose));
    }

    private View view() throws IdentityException {
        List<X509Certificate> roots = roots();
        VoucherJudge judge =
                new VoucherJudge(roots, List.of(), Optional.of(keys.tls().serial()), clock);
        return new View(
                serving.choice().name().toLowerCase(Locale.ROOT),
                "maker",
                !roots.isEmpty(),
                CertificateView.of(keys.tls().chain(), judge),
                CertificateView.of(keys.media().chain(), judge),
                custom.certified()
                        .map(CertifiedKey::chain)
                        .map(chain -> CertificateView.of(chain, judge))
                        .orElse(null));
    }

    private List<X509Certificate> roots() throws IdentityException {
        return rootFile.toFile().exists() ? Pem.readCertificates(rootFile) : List.of();
    }

    private WebResponse root() throws WebException.Refused, IdentityException {
        List<X509Certificate> roots = roots();
        if (roots.isEmpty()) {
            throw WebException.Refused.notFound("the maker's root is not on this camera: ask its maker for it");
        }
        return WebResponse.text(Pem.encode(roots)).asDownload("device-root.pem");
    }

    private WebResponse request(PageRoute.Visit visit) throws WebException.Refused, IdentityException {
        RequestedNames names = visit.request().json(Names.class).requested();
        custom.keyOrNew(KeySpec.P256);
        log.add(visit.account().name(), "certificate request", "");
        return WebResponse.json(new Chain(custom.requestPem(names)));
    }

    private WebResponse install(PageRoute.Visit visit) throws WebException.Refused, IdentityException {
        List<X509Certificate> chain =
                Pem.certificates(visit.request().json(Chain.class).pem(), "the chain that was sent");
        List<X509Certificate> installed = custom.install(chain, clock.instant());
        serving.renew();
        return changed(visit, "certificate installed", CertificateView.fingerprint(installed.getFirst()));
    }

    private WebResponse selfSigned(PageRoute.Visit visit) throws WebException.Refused, IdentityException {
        Names given = visit.request().json(Names.class);
        int days = given.days() == null ? 365 : given.days();
        if (days < 1 || days > MOST_DAYS) {
            throw WebException.Refused.badRequest("a certificate lives 1 to " + MOST_DAYS + " days");
        }
        RequestedNames names = given.requested();
        custom.keyOrNew(KeySpec.P256);
        X509Certificate made = custom.selfSigned(names, days, clock.instant());
        serving.renew();
        return changed(visit, "self-signed certificate", CertificateView.fingerprint(made));
    }

    private WebResponse remove(PageRoute.Visit visit) throws WebException.Refused, IdentityException {
        serving.choose(ServingCertificate.Choice.MAKER);
        custom.remove();
        return changed(visit, "owner's certificate and key removed", "");
    }

    private WebResponse choose(PageRoute.Visit visit) throws WebException.Refused, IdentityException {
        serving.choose(
                switch (visit.request().json(Chosen.class).serving()) {
                    case "maker" -> ServingCertificate.Choice.MAKER;
                    case "owner" -> ServingCertificate.Choice.OWNER;
                    default -> throw WebException.Refused.badRequest("serving is one of maker, owner");
                });
        return changed(
                visit, "certificate of the pages", serving.choice().name().toLowerCase(Locale.ROOT));
    }

    private WebResponse changed(PageRoute.Visit visit, String what, String detail) throws IdentityException {
        log.add(visit.account().name(), what, detail);
        return WebResponse.json(view());
    }
}
