package org.camseal.camera.pages;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.camseal.camera.Camera;
import org.camseal.camera.CameraKeys;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;
import org.camseal.identity.customer.CustomerCertificate;
import org.camseal.identity.voucher.VoucherJudge;
import org.camseal.web.WebException;
import org.camseal.web.WebResponse;
import org.jspecify.annotations.Nullable;

/** The camera's certificates: what the maker installed, what the owner has, and whose counts for the pages, the stream and the video's signatures. */
final class CertificateRoutes {
    static final String ALL = "/api/certificates";

    private final Camera camera;
    private final CameraKeys keys;
    private final CameraCertificates certificates;
    private final Path rootFile;
    private final EventLog log;
    private final InstantSource clock;

    CertificateRoutes(PageWorld world) {
        this.camera = world.camera();
        this.keys = world.keys();
        this.certificates = world.certificates();
        this.rootFile = world.deviceRoot();
        this.log = world.log();
        this.clock = world.clock();
    }

    /**
     * All of them.
     *
     * @param pages {@code maker} or {@code owner}: whose the pages show
     * @param stream whose the stream's connections show
     * @param signing whose key signs the video from the next key picture on
     * @param signingFixed whether the settings say that, and not these pages
     * @param signsNow fingerprint of the certificate whose signatures stand in the video now; "" if there are none
     * @param hasRoot whether the maker's root can be downloaded
     */
    record View(
            String pages,
            String stream,
            String signing,
            boolean signingFixed,
            String signsNow,
            boolean hasRoot,
            CertificateView tls,
            CertificateView media,
            @Nullable CertificateView owner,
            @Nullable CertificateView ownerSigning) {}

    /**
     * Whose certificate shall count for what.
     *
     * @param use {@code pages}, {@code stream} or {@code signing}
     * @param whose {@code maker} or {@code owner}
     */
    record Chosen(String use, String whose) {
        Chosen {
            Objects.requireNonNull(use);
            Objects.requireNonNull(whose);
        }
    }

    List<PageRoute> routes() {
        return List.of(
                PageRoute.get(ALL, AccountRole.VIEWER, _ -> WebResponse.json(view())),
                PageRoute.get(ALL + "/root", AccountRole.VIEWER, _ -> root()),
                PageRoute.get(
                        ALL + "/chain",
                        AccountRole.VIEWER,
                        _ -> WebResponse.text(Pem.encode(keys.tls().chain()))
                                .asDownload(keys.tls().serial() + "-tls.pem")),
                PageRoute.put(ALL + "/choice", AccountRole.ADMINISTRATOR, this::choose));
    }

    View view() throws IdentityException {
        List<X509Certificate> roots = roots();
        VoucherJudge judge =
                new VoucherJudge(roots, List.of(), Optional.of(keys.tls().serial()), clock);
        return new View(
                word(certificates.pages()),
                word(certificates.stream()),
                word(certificates.signer()),
                certificates.signer().isFixed(),
                camera.signer().map(CertificateView::fingerprint).orElse(""),
                !roots.isEmpty(),
                CertificateView.of(keys.tls().chain(), judge),
                CertificateView.of(keys.media().chain(), judge),
                owners(certificates.tls(), judge),
                owners(certificates.signing(), judge));
    }

    private static @Nullable CertificateView owners(CustomerCertificate custom, VoucherJudge judge)
            throws IdentityException {
        return custom.certified()
                .map(CertifiedKey::chain)
                .map(chain -> CertificateView.of(chain, judge))
                .orElse(null);
    }

    private static String word(ChosenCertificate chosen) {
        return chosen.choice().name().toLowerCase(Locale.ROOT);
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

    private WebResponse choose(PageRoute.Visit visit) throws WebException.Refused, IdentityException {
        Chosen wanted = visit.request().json(Chosen.class);
        ChosenCertificate use = switch (wanted.use()) {
            case "pages" -> certificates.pages();
            case "stream" -> certificates.stream();
            case "signing" -> certificates.signer();
            default -> throw WebException.Refused.badRequest("use is one of pages, stream, signing");
        };
        use.choose(
                switch (wanted.whose()) {
                    case "maker" -> ChosenCertificate.Choice.MAKER;
                    case "owner" -> ChosenCertificate.Choice.OWNER;
                    default -> throw WebException.Refused.badRequest("whose is one of maker, owner");
                });
        log.add(visit.account().name(), "certificate chosen", wanted.use() + ": the " + wanted.whose() + "'s");
        return WebResponse.json(view());
    }
}
