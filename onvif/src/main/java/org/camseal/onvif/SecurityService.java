package org.camseal.onvif;

import static org.camseal.onvif.wire.Namespaces.SECURITY;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.camseal.onvif.keystore.Keystore;
import org.camseal.onvif.login.AccessClass;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlElement;

/** The security service (Advanced Security): keys in the element, certificates, which of them HTTPS shows. */
final class SecurityService {
    static final String PATH = "/onvif/security_service";

    private static final String NO_KEYS_IN =
            "private keys are made in this camera's element and never come from elsewhere";

    private final Keystore keystore;
    private final OnvifFacts facts;
    private final KeyCalls keys;
    private final CertificateCalls certificates;

    SecurityService(Keystore keystore, OnvifFacts facts, EventBoard board, InstantSource clock) {
        this.keystore = keystore;
        this.facts = facts;
        this.keys = new KeyCalls(keystore, board, clock);
        this.certificates = new CertificateCalls(keystore, clock);
    }

    OnvifService service() {
        List<Operation> all = new ArrayList<>(keys.operations());
        all.addAll(certificates.operations());
        all.addAll(assignments());
        all.addAll(refused());
        return new OnvifService(
                SECURITY,
                PATH,
                new OnvifService.Version(26, 6),
                _ -> SecurityElements.capabilities(keystore.keySpecs()),
                all);
    }

    private List<Operation> assignments() {
        return List.of(
                new Operation("AddServerCertificateAssignment", AccessClass.WRITE_SYSTEM, this::add),
                new Operation("RemoveServerCertificateAssignment", AccessClass.WRITE_SYSTEM, this::remove),
                new Operation("ReplaceServerCertificateAssignment", AccessClass.WRITE_SYSTEM, this::replace),
                new Operation("GetAssignedServerCertificates", AccessClass.READ_SYSTEM_SECRET, _ -> assigned()),
                new Operation("GetEnabledTLSVersions", AccessClass.READ_SYSTEM, _ -> versions()),
                new Operation("GetClientAuthenticationRequired", AccessClass.READ_SYSTEM, _ -> clients()),
                new Operation("GetAssignedMediaSigningCertificates", AccessClass.READ_SYSTEM_SECRET, _ -> signing()));
    }

    private static List<Operation> refused() {
        List<Operation> refused = new ArrayList<>();
        List.of("UploadKeyPairInPKCS8", "UploadCertificateWithPrivateKeyInPKCS12", "UploadPassphrase")
                .forEach(name -> refused.add(Operation.refused(name, AccessClass.WRITE_SYSTEM, NO_KEYS_IN)));
        List.of("AddMediaSigningCertificateAssignment", "RemoveMediaSigningCertificateAssignment")
                .forEach(name -> refused.add(Operation.refused(
                        name,
                        AccessClass.WRITE_SYSTEM,
                        "whose key signs the video is chosen on the camera's pages or in its settings, not here")));
        refused.add(Operation.refused(
                "SetEnabledTLSVersions",
                AccessClass.WRITE_SYSTEM,
                "TLS 1.2 and 1.3 are enabled, and neither can be turned off"));
        return refused;
    }

    private List<XmlElement> add(Call call) throws OnvifException.Refused {
        keystore.addAssignment(call.needed("CertificationPathID"));
        return List.of();
    }

    private List<XmlElement> remove(Call call) throws OnvifException.Refused {
        keystore.removeAssignment(call.needed("CertificationPathID"));
        return List.of();
    }

    private List<XmlElement> replace(Call call) throws OnvifException.Refused {
        keystore.assign(call.needed("OldCertificationPathID"), call.needed("NewCertificationPathID"));
        return List.of();
    }

    /** The maker's path while its key signs; the owner's signing key is not in this keystore, so it has no path here. */
    private List<XmlElement> signing() {
        return facts.videos().stream().anyMatch(video -> video.picture().signature() == VideoFacts.Signature.BY_MAKER)
                ? List.of(SecurityElements.tas("CertificationPathID", Keystore.MEDIA_PATH))
                : List.of();
    }

    private List<XmlElement> assigned() throws OnvifException.Refused {
        return List.of(SecurityElements.tas("CertificationPathID", keystore.assigned()));
    }

    private static List<XmlElement> versions() {
        return List.of(SecurityElements.tas("Versions", "1.2 1.3"));
    }

    private static List<XmlElement> clients() {
        return List.of(SecurityElements.tas("clientAuthenticationRequired", false));
    }
}
