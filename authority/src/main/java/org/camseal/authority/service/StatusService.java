package org.camseal.authority.service;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.keys.AuthorityHome;
import org.camseal.authority.keys.AuthorityKeys;
import org.camseal.authority.register.Register;
import org.camseal.authority.status.CertificateStatuses;
import org.camseal.authority.status.OcspIssuer;
import org.camseal.authority.status.OcspResponder;
import org.camseal.authority.status.OcspSigner;
import org.camseal.authority.status.RevocationList;
import org.camseal.authority.status.StatusRoutes;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.CertificateWriter;
import org.camseal.identity.CertifiedKey;

/** OCSP and the revocation list of the cameras' issuing authority; the list is written anew at an interval. */
final class StatusService implements AutoCloseable {
    private static final Duration LIST_GRACE = Duration.ofSeconds(30);
    private static final Duration LIST_VALIDITY = Duration.ofDays(7);

    private final StatusRoutes routes;
    private final Rounds rounds;

    StatusService(
            AuthorityHome home,
            AuthoritySettings settings,
            AuthorityKeys keys,
            Register register,
            AuthorityService.Surroundings around)
            throws AuthorityException {
        CertificateWriter.Issuer issuer = keys.deviceIssuer();
        InstantSource clock = around.clock();
        CertificateStatuses statuses = register.statuses(issuer.certificate());
        RevocationList list = new RevocationList(
                new RevocationList.Issuer(issuer.certificate(), issuer.key(), statuses),
                home.directory().resolve("device-issuing.crl"),
                LIST_VALIDITY,
                clock);
        OcspResponder responder = new OcspResponder(
                List.of(new OcspIssuer(
                        issuer.certificate(), delegate(keys, settings, clock, around.failed()), statuses)),
                OcspResponder.Settings.USUAL,
                clock);
        this.routes = new StatusRoutes(responder, List.of(list), clock);
        this.rounds = Rounds.start(
                "revocation-lists",
                new Rounds.Pace(Duration.ofSeconds(settings.listIntervalSeconds()), LIST_GRACE),
                list::write,
                around.failed());
    }

    private static Supplier<OcspSigner> delegate(
            AuthorityKeys keys, AuthoritySettings settings, InstantSource clock, Consumer<Exception> failed)
            throws AuthorityException {
        CertificateSubject subject = new CertificateSubject(settings.organization(), "status signer", "status");
        RenewedKey signer =
                new RenewedKey(CertificateProfile.OCSP_SIGNER, () -> keys.statusSigner(subject), clock, failed);
        return () -> {
            CertifiedKey now = signer.get();
            X509Certificate certificate = now.chain().getFirst();
            return new OcspSigner(now.key(), certificate);
        };
    }

    StatusRoutes routes() {
        return routes;
    }

    /** Lets a list that is being written come to its end. */
    @Override
    public void close() {
        rounds.close();
    }
}
