package org.camseal.onvif;

import static org.camseal.onvif.wire.Namespaces.SECURITY;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camseal.identity.AssuranceLevel;
import org.camseal.identity.KeySpec;
import org.camseal.identity.SignatureAlgorithm;
import org.camseal.identity.Slot;
import org.camseal.onvif.keystore.KeyStatus;
import org.camseal.onvif.keystore.Keystore;
import org.camseal.onvif.wire.XmlElement;

/** Keys and certificates as elements. */
final class SecurityElements {
    private static final int MOST_KEYS = 3;
    private static final int MOST_CERTIFICATES = 32;
    private static final int MOST_PATHS = 7;

    private static final Map<KeySpec, String> CURVES = Map.of(KeySpec.P256, "secp256r1", KeySpec.P384, "secp384r1");
    private static final Map<KeySpec, String> RSA_BITS = Map.of(KeySpec.RSA2048, "2048", KeySpec.RSA3072, "3072");

    /** tas:KeyPairAlgorithm. */
    private static final Map<KeySpec, String> GENERATION =
            Map.of(KeySpec.P256, "ECC", KeySpec.P384, "ECC", KeySpec.RSA2048, "RSA", KeySpec.RSA3072, "RSA");

    private SecurityElements() {}

    static XmlElement tas(String name, Object text) {
        return XmlElement.text(SECURITY, name, text);
    }

    /** @param specs the kinds of keys that the element makes */
    static XmlElement capabilities(Set<KeySpec> specs) {
        List<XmlElement> algorithms = Arrays.stream(SignatureAlgorithm.values())
                .filter(algorithm -> specs.stream().anyMatch(spec -> spec.signature() == algorithm))
                .map(SecurityElements::algorithm)
                .toList();
        boolean rsa = specs.stream().anyMatch(RSA_BITS::containsKey);
        XmlElement keystore = XmlElement.of(SECURITY, "KeystoreCapabilities", algorithms)
                .with("MaximumNumberOfKeys", MOST_KEYS)
                .with("MaximumNumberOfCertificates", MOST_CERTIFICATES)
                .with("MaximumNumberOfCertificationPaths", MOST_PATHS)
                .with("SetCertPath", false)
                .with("RSAKeyPairGeneration", rsa)
                .with("ECCKeyPairGeneration", specs.stream().anyMatch(CURVES::containsKey))
                .with("KeyPairGeneration", words(specs, GENERATION))
                .with("RSAKeyLengths", words(specs, RSA_BITS))
                .with("EllipticCurves", words(specs, CURVES))
                .with("PKCS10ExternalCertificationWithRSA", rsa)
                .with("PKCS10", true)
                .with("SelfSignedCertificateCreationWithRSA", rsa)
                .with("SelfSignedCertificateCreation", true)
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

    private static String words(Set<KeySpec> specs, Map<KeySpec, String> names) {
        return specs.stream()
                .sorted()
                .flatMap(spec -> Stream.ofNullable(names.get(spec)))
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static XmlElement algorithm(SignatureAlgorithm algorithm) {
        List<XmlElement> parts = new ArrayList<>(List.of(tas("algorithm", CertificateArguments.oid(algorithm))));
        CertificateArguments.parameters(algorithm).ifPresent(der -> parts.add(tas("parameters", der)));
        return XmlElement.of(SECURITY, "SignatureAlgorithms", parts);
    }

    static XmlElement key(Slot slot, KeyStatus status, AssuranceLevel level) {
        return XmlElement.of(
                SECURITY,
                "KeyAttribute",
                tas("KeyID", slot.label()),
                tas("Alias", slot.label()),
                tas("hasPrivateKey", true),
                tas("KeyStatus", status.word()),
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
