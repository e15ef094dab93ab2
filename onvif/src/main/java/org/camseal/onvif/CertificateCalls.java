package org.camseal.onvif;

import static org.camseal.onvif.wire.Namespaces.SECURITY;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camseal.identity.Slot;
import org.camseal.onvif.keystore.Keystore;
import org.camseal.onvif.login.AccessClass;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlElement;

/** What the security service is asked about certificates and certification paths. */
final class CertificateCalls {
    private static final String VERSION_3 = "3";

    private final Keystore keystore;
    private final InstantSource clock;

    CertificateCalls(Keystore keystore, InstantSource clock) {
        this.keystore = keystore;
        this.clock = clock;
    }

    List<Operation> operations() {
        return List.of(
                // ONVIF lets every user have a key sign a request. Here who may make the key may.
                new Operation("CreatePKCS10CSR", AccessClass.WRITE_SYSTEM, this::request),
                new Operation("CreateSelfSignedCertificate", AccessClass.WRITE_SYSTEM, this::selfSigned),
                new Operation("UploadCertificate", AccessClass.WRITE_SYSTEM, this::upload),
                new Operation("GetCertificate", AccessClass.READ_SYSTEM_SECRET, this::certificate),
                new Operation("GetAllCertificates", AccessClass.READ_SYSTEM_SECRET, _ -> certificates()),
                new Operation("DeleteCertificate", AccessClass.UNRECOVERABLE, this::deleteCertificate),
                new Operation("CreateCertificationPath", AccessClass.WRITE_SYSTEM, this::createPath),
                new Operation("GetCertificationPath", AccessClass.READ_SYSTEM_SECRET, this::path),
                new Operation("GetAllCertificationPaths", AccessClass.READ_SYSTEM_SECRET, _ -> paths()),
                new Operation("DeleteCertificationPath", AccessClass.UNRECOVERABLE, this::deletePath));
    }

    private List<XmlElement> request(Call call) throws OnvifException.Refused {
        String key = call.needed("KeyID");
        CertificateArguments.requireFitting(call.request(), keystore.requireOwners(key, Keystore.NO_REQUEST));
        byte[] der = keystore.request(key, CertificateArguments.names(call.request()));
        return List.of(SecurityElements.tas("PKCS10CSR", Base64.getEncoder().encodeToString(der)));
    }

    private List<XmlElement> selfSigned(Call call) throws OnvifException.Refused {
        String key = call.needed("KeyID");
        if (!call.argument("X509Version").orElse(VERSION_3).equals(VERSION_3)) {
            throw Fault.invalid("UnsupportedX509Version").because("certificates here are of version 3");
        }
        CertificateArguments.requireFitting(call.request(), keystore.requireOwners(key, Keystore.NO_CERTIFICATE));
        CertificateArguments.Validity validity = CertificateArguments.validity(call.request(), clock.instant());
        String id =
                keystore.selfSigned(key, CertificateArguments.names(call.request()), validity.from(), validity.until());
        return List.of(SecurityElements.tas("CertificateID", id));
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
}
