package org.camseal.onvif;

import static org.camseal.onvif.wire.Namespaces.SECURITY;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camseal.identity.AssuranceLevel;
import org.camseal.identity.KeySpec;
import org.camseal.identity.Slot;
import org.camseal.onvif.keystore.Keystore;
import org.camseal.onvif.login.AccessClass;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlElement;

/** The security service (Advanced Security): keys in the element, certificates, which of them HTTPS shows. */
final class SecurityService implements OnvifService {
    static final String PATH = "/onvif/security_service";

    private static final String NO_KEYS_IN =
            "private keys are made in this camera's element and never come from elsewhere";

    private final Keystore keystore;
    private final EventBoard board;
    private final InstantSource clock;

    SecurityService(Keystore keystore, EventBoard board, InstantSource clock) {
        this.keystore = keystore;
        this.board = board;
        this.clock = clock;
    }

    @Override
    public String namespace() {
        return SECURITY;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Version version() {
        return new Version(26, 6);
    }

    @Override
    public XmlElement capabilities(Call call) {
        return SecurityElements.capabilities();
    }

    @Override
    public List<Operation> operations() {
        List<Operation> all = new ArrayList<>(List.of(
                new Operation("GetServiceCapabilities", AccessClass.PRE_AUTH, call -> List.of(capabilities(call))),
                new Operation("GetAllKeys", AccessClass.READ_SYSTEM_SENSITIVE, _ -> keys()),
                new Operation("GetKeyStatus", AccessClass.READ_SYSTEM_SENSITIVE, this::keyStatus),
                new Operation("GetPrivateKeyStatus", AccessClass.READ_SYSTEM_SENSITIVE, this::privateKeyStatus),
                new Operation("CreateECCKeyPair", AccessClass.WRITE_SYSTEM, this::createKey),
                new Operation("DeleteKey", AccessClass.WRITE_SYSTEM, this::deleteKey),
                new Operation("CreatePKCS10CSR", AccessClass.WRITE_SYSTEM, this::request),
                new Operation("UploadCertificate", AccessClass.WRITE_SYSTEM, this::upload),
                new Operation("GetCertificate", AccessClass.READ_SYSTEM_SENSITIVE, this::certificate),
                new Operation("GetAllCertificates", AccessClass.READ_SYSTEM_SENSITIVE, _ -> certificates()),
                new Operation("DeleteCertificate", AccessClass.WRITE_SYSTEM, this::deleteCertificate),
                new Operation("CreateCertificationPath", AccessClass.WRITE_SYSTEM, this::createPath),
                new Operation("GetCertificationPath", AccessClass.READ_SYSTEM_SENSITIVE, this::path),
                new Operation("GetAllCertificationPaths", AccessClass.READ_SYSTEM_SENSITIVE, _ -> paths()),
                new Operation("DeleteCertificationPath", AccessClass.WRITE_SYSTEM, this::deletePath),
                new Operation("AddServerCertificateAssignment", AccessClass.WRITE_SYSTEM, _ -> addAssignment()),
                new Operation("ReplaceServerCertificateAssignment", AccessClass.WRITE_SYSTEM, this::assign),
                new Operation("GetAssignedServerCertificates", AccessClass.READ_SYSTEM_SENSITIVE, _ -> assigned()),
                new Operation("GetEnabledTLSVersions", AccessClass.READ_SYSTEM_SENSITIVE, _ -> versions()),
                new Operation("GetClientAuthenticationRequired", AccessClass.READ_SYSTEM_SENSITIVE, _ -> clients()),
                new Operation(
                        "GetAssignedMediaSigningCertificates",
                        AccessClass.READ_SYSTEM_SENSITIVE,
                        _ -> List.of(SecurityElements.tas("CertificationPathID", Keystore.MEDIA_PATH)))));
        all.addAll(refused());
        return List.copyOf(all);
    }

    private static List<Operation> refused() {
        List<Operation> refused = new ArrayList<>();
        List.of("UploadKeyPairInPKCS8", "UploadCertificateWithPrivateKeyInPKCS12", "UploadPassphrase")
                .forEach(name -> refused.add(Operation.refused(name, AccessClass.WRITE_SYSTEM, NO_KEYS_IN)));
        refused.add(Operation.refused(
                "CreateRSAKeyPair",
                AccessClass.WRITE_SYSTEM,
                "keys here are on elliptic curves: use CreateECCKeyPair"));
        refused.add(Operation.refused(
                "RemoveServerCertificateAssignment",
                AccessClass.WRITE_SYSTEM,
                "HTTPS always shows a certificate: use ReplaceServerCertificateAssignment"));
        refused.add(Operation.refused(
                "AddMediaSigningCertificateAssignment",
                AccessClass.WRITE_SYSTEM,
                "video is signed with the key that the maker certified, and with no other"));
        refused.add(Operation.refused(
                "SetEnabledTLSVersions",
                AccessClass.WRITE_SYSTEM,
                "TLS 1.2 and 1.3 are enabled, and neither can be turned off"));
        return refused;
    }

    private List<XmlElement> keys() throws OnvifException.Refused {
        AssuranceLevel level = keystore.level();
        return keystore.keys().stream()
                .map(slot -> SecurityElements.key(slot, level))
                .toList();
    }

    private List<XmlElement> keyStatus(Call call) throws OnvifException.Refused {
        keystore.hasPrivateKey(call.needed("KeyID"));
        return List.of(SecurityElements.tas("KeyStatus", "ok"));
    }

    private List<XmlElement> privateKeyStatus(Call call) throws OnvifException.Refused {
        return List.of(SecurityElements.tas("hasPrivateKey", keystore.hasPrivateKey(call.needed("KeyID"))));
    }

    private List<XmlElement> createKey(Call call) throws OnvifException.Refused {
        KeySpec spec = switch (call.needed("EllipticCurve")) {
            case "secp256r1", "P-256" -> KeySpec.P256;
            case "secp384r1", "P-384" -> KeySpec.P384;
            default ->
                throw Fault.invalid("UnsupportedEllipticCurve").because("the curves here are secp256r1 and secp384r1");
        };
        String id = keystore.createKey(spec);
        board.publish(new OnvifEvent.KeyReady(clock.instant(), id));
        return List.of(SecurityElements.tas("KeyID", id), SecurityElements.tas("EstimatedCreationTime", "PT0S"));
    }

    private List<XmlElement> deleteKey(Call call) throws OnvifException.Refused {
        keystore.deleteKey(call.needed("KeyID"));
        return List.of();
    }

    private List<XmlElement> request(Call call) throws OnvifException.Refused {
        String key = call.needed("KeyID");
        CsrArguments.requireFitting(call.request(), keystore.requireOwners(key));
        byte[] der = keystore.request(key, CsrArguments.names(call.request()));
        return List.of(SecurityElements.tas("PKCS10CSR", Base64.getEncoder().encodeToString(der)));
    }

    private List<XmlElement> upload(Call call) throws OnvifException.Refused {
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(call.needed("Certificate"));
        } catch (IllegalArgumentException e) {
            throw Fault.invalid("BadCertificate").because("the certificate is not in base64");
        }
        String id = keystore.upload(der);
        String key = keystore.keyOf(found(id));
        boolean own = key.equals(Slot.TLS_CUSTOM.label());
        if (!own && call.argument("PrivateKeyRequired").orElse("").matches("true|1")) {
            keystore.deleteCertificate(id);
            throw new Fault(Fault.Party.RECEIVER, List.of("Action", "NoMatchingPrivateKey"))
                    .because("the certificate is for no key of this camera that may have one of its owner");
        }
        return List.of(SecurityElements.tas("CertificateID", id), SecurityElements.tas("KeyID", key));
    }

    private X509Certificate found(String id) throws OnvifException.Refused {
        return Optional.ofNullable(keystore.certificates().get(id))
                .orElseThrow(() -> Fault.invalid("CertificateID").because("there is no certificate of this id"));
    }

    private List<XmlElement> certificate(Call call) throws OnvifException.Refused {
        String id = call.needed("CertificateID");
        X509Certificate found = found(id);
        return List.of(SecurityElements.certificate(id, keystore.keyOf(found), found));
    }

    private List<XmlElement> certificates() throws OnvifException.Refused {
        List<XmlElement> all = new ArrayList<>();
        for (Map.Entry<String, X509Certificate> each : keystore.certificates().entrySet()) {
            all.add(SecurityElements.certificate(each.getKey(), keystore.keyOf(each.getValue()), each.getValue()));
        }
        return all;
    }

    private List<XmlElement> deleteCertificate(Call call) throws OnvifException.Refused {
        keystore.deleteCertificate(call.needed("CertificateID"));
        return List.of();
    }

    private List<XmlElement> createPath(Call call) throws OnvifException.Refused {
        List<String> ids = call.request().child(SECURITY, "CertificateIDs").stream()
                .flatMap(list -> list.children().stream())
                .map(XmlElement::text)
                .toList();
        return List.of(SecurityElements.tas("CertificationPathID", keystore.createPath(ids)));
    }

    private List<XmlElement> path(Call call) throws OnvifException.Refused {
        String id = call.needed("CertificationPathID");
        List<X509Certificate> path = keystore.paths().get(id);
        if (path == null) {
            throw Fault.invalid("CertificationPathID").because("there is no certification path of this id");
        }
        return List.of(SecurityElements.path(path));
    }

    private List<XmlElement> paths() throws OnvifException.Refused {
        return keystore.paths().keySet().stream()
                .map(id -> SecurityElements.tas("CertificationPathID", id))
                .toList();
    }

    private List<XmlElement> deletePath(Call call) throws OnvifException.Refused {
        keystore.deletePath(call.needed("CertificationPathID"));
        return List.of();
    }

    private static List<XmlElement> addAssignment() throws OnvifException.Refused {
        throw new Fault(Fault.Party.RECEIVER, List.of("Action", "MaximumNumberOfTLSCertificationPathsReached"))
                .because("HTTPS shows one certification path: use ReplaceServerCertificateAssignment");
    }

    private List<XmlElement> assign(Call call) throws OnvifException.Refused {
        keystore.assign(call.needed("OldCertificationPathID"), call.needed("NewCertificationPathID"));
        return List.of();
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
