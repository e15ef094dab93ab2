package org.camseal.camera.pages;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.camseal.camera.Camera;
import org.camseal.camera.CameraException;
import org.camseal.camera.CameraStatus;
import org.camseal.camera.accounts.AccountRole;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;
import org.camseal.web.WebException;
import org.camseal.web.WebResponse;

/** The stream, how it is sealed, and who may open it. */
final class StreamRoutes {
    private final Camera camera;
    private final RecipientShelf shelf;
    private final EventLog log;

    StreamRoutes(Camera camera, RecipientShelf shelf, EventLog log) {
        this.camera = camera;
        this.shelf = shelf;
        this.log = log;
    }

    /** Who may open the video. */
    record RecipientView(String id, String subject, String issuer, String until, String sha256) {
        static RecipientView of(Map.Entry<String, X509Certificate> one) {
            X509Certificate certificate = one.getValue();
            return new RecipientView(
                    one.getKey(),
                    CertificateSubject.display(certificate.getSubjectX500Principal()),
                    CertificateSubject.display(certificate.getIssuerX500Principal()),
                    certificate.getNotAfter().toInstant().toString(),
                    CertificateView.fingerprint(certificate));
        }
    }

    /**
     * The stream.
     *
     * @param suite the cipher inside, or "" before there is a stream
     */
    record View(String name, String address, String state, String suite, int readers, List<RecipientView> recipients) {}

    /** A certificate as text. */
    record Added(String pem) {
        Added {
            Objects.requireNonNull(pem);
        }
    }

    List<PageRoute> routes() {
        return List.of(
                PageRoute.get("/api/streams", AccountRole.VIEWER, _ -> WebResponse.json(List.of(view()))),
                PageRoute.post("/api/recipients", AccountRole.ADMINISTRATOR, this::add),
                PageRoute.delete("/api/recipients/{id}", AccountRole.ADMINISTRATOR, this::remove));
    }

    private View view() throws CameraException.Store {
        CameraStatus status = camera.status();
        return new View(
                status.stream().stream(),
                status.address().toString(),
                status.state().name().toLowerCase(Locale.ROOT),
                status.suite().map(Enum::name).orElse(""),
                status.readers(),
                shelf.all().entrySet().stream().map(RecipientView::of).toList());
    }

    private WebResponse add(PageRoute.Visit visit) throws WebException.Refused, CameraException, IdentityException {
        X509Certificate certificate = Pem.certificates(
                        visit.request().json(Added.class).pem(), "the certificate that was sent")
                .getFirst();
        shelf.add(certificate);
        camera.addRecipient(certificate);
        log.add(
                visit.account().name(),
                "recipient added",
                CertificateSubject.display(certificate.getSubjectX500Principal()));
        return WebResponse.json(List.of(view())).withStatus(201);
    }

    private WebResponse remove(PageRoute.Visit visit) throws CameraException {
        X509Certificate certificate = shelf.remove(visit.request().parameter("id"));
        camera.removeRecipient(certificate);
        log.add(
                visit.account().name(),
                "recipient removed",
                CertificateSubject.display(certificate.getSubjectX500Principal()));
        return WebResponse.json(List.of(view()));
    }
}
