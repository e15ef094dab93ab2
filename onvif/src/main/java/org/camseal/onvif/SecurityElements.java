package org.camseal.onvif;

import static org.camseal.onvif.wire.Namespaces.SECURITY;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.camseal.identity.AssuranceLevel;
import org.camseal.identity.Slot;
import org.camseal.onvif.keystore.Keystore;
import org.camseal.onvif.wire.XmlElement;

/** Keys and certificates as elements. */
final class SecurityElements {
    private static final int MOST_KEYS = 3;
    private static final int MOST_CERTIFICATES = 32;
    private static final int MOST_PATHS = 7;

    private SecurityElements() {}

    static XmlElement tas(String name, Object text) {
        return XmlElement.text(SECURITY, name, text);
    }

    static XmlElement capabilities() {
        XmlElement keystore = XmlElement.of(
                        SECURITY,
                        "KeystoreCapabilities",
                        algorithm(CsrArguments.ECDSA_SHA_256),
                        algorithm(CsrArguments.ECDSA_SHA_384))
                .with("MaximumNumberOfKeys", MOST_KEYS)
                .with("MaximumNumberOfCertificates", MOST_CERTIFICATES)
                .with("MaximumNumberOfCertificationPaths", MOST_PATHS)
                .with("SetCertPath", false)
                .with("RSAKeyPairGeneration", false)
                .with("ECCKeyPairGeneration", true)
                .with("EllipticCurves", "secp256r1 secp384r1")
                .with("PKCS10ExternalCertificationWithRSA", false)
                .with("PKCS10", true)
                .with("SelfSignedCertificateCreationWithRSA", false)
                .with("SelfSignedCertificateCreation", false)
                .with("X509Versions", "3")
                .with("MaximumNumberOfPassphrases", 0)
                .with("PKCS8RSAKeyPairUpload", false)
                .with("PKCS8", false)
                .with("PKCS12CertificateWithRSAPrivateKeyUpload", false)
                .with("PKCS12", false)
                .with("NoPrivateKeySharing", true);
        XmlElement tls = XmlElement.of(SECURITY, "TLSServerCapabilities")
                .with("TLSServerSupported", "1.2 1.3")
                .with("EnabledVersionsSupported", false)
                .with("MaximumNumberOfTLSCertificationPaths", 1)
                .with("TLSClientAuthSupported", false);
        XmlElement signing = XmlElement.of(SECURITY, "MediaSigning")
                .with("MediaSigningSupported", true)
                .with("UserMediaSigningKeySupported", false);
        return XmlElement.of(SECURITY, "Capabilities", keystore, tls, signing);
    }

    private static XmlElement algorithm(String oid) {
        return XmlElement.of(SECURITY, "SignatureAlgorithms", tas("algorithm", oid));
    }

    static XmlElement key(Slot slot, AssuranceLevel level) {
        return XmlElement.of(
                SECURITY,
                "KeyAttribute",
                tas("KeyID", slot.label()),
                tas("Alias", slot.label()),
                tas("hasPrivateKey", true),
                tas("KeyStatus", "ok"),
                tas("externallyGenerated", false),
                tas("securelyStored", level != AssuranceLevel.SOFTWARE));
    }

    static XmlElement certificate(String id, String key, X509Certificate certificate) {
        try {
            return XmlElement.of(
                    SECURITY,
                    "Certificate",
                    tas("CertificateID", id),
                    tas("KeyID", key),
                    tas("CertificateContent", Base64.getEncoder().encodeToString(certificate.getEncoded())),
                    tas("HasPrivateKey", isOurs(key)));
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that was read can be written", e);
        }
    }

    private static boolean isOurs(String key) {
        return List.of(Slot.TLS.label(), Slot.MEDIA.label(), Slot.TLS_CUSTOM.label())
                .contains(key);
    }

    static XmlElement path(List<X509Certificate> path) {
        return XmlElement.of(
                SECURITY,
                "CertificationPath",
                path.stream()
                        .map(certificate -> tas("CertificateID", Keystore.idOf(certificate)))
                        .toList());
    }
}
