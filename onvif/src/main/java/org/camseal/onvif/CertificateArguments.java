package org.camseal.onvif;

import static org.camseal.onvif.wire.Namespaces.SECURITY;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.ldap.Rdn;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.camseal.identity.HandleContentSigner;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.SignatureAlgorithm;
import org.camseal.identity.customer.RequestedNames;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlElement;

/**
 * What CreatePKCS10CSR and CreateSelfSignedCertificate are asked for: names, time and algorithm. What cannot be carried is refused, not left
 * out.
 */
final class CertificateArguments {
    static final String ECDSA_SHA_256 = "1.2.840.10045.4.3.2";
    static final String ECDSA_SHA_384 = "1.2.840.10045.4.3.3";

    static final String RSASSA_PSS = "1.2.840.113549.1.1.10";

    /** What ONVIF has a certificate end with that is asked for without an end (RFC 5280 section 4.1.2.5). */
    private static final Instant NEVER_ENDS = Instant.parse("9999-12-31T23:59:59Z");

    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final int IPV4_BYTES = 4;

    /** Parts of tas:DistinguishedName and what they are in RFC 4514. */
    private static final Map<String, String> PARTS = Map.ofEntries(
            Map.entry("Country", "C"),
            Map.entry("Organization", "O"),
            Map.entry("OrganizationalUnit", "OU"),
            Map.entry("DistinguishedNameQualifier", "2.5.4.46"),
            Map.entry("StateOrProvinceName", "ST"),
            Map.entry("CommonName", "CN"),
            Map.entry("SerialNumber", "2.5.4.5"),
            Map.entry("Locality", "L"),
            Map.entry("Title", "2.5.4.12"),
            Map.entry("Surname", "2.5.4.4"),
            Map.entry("GivenName", "2.5.4.42"),
            Map.entry("Initials", "2.5.4.43"),
            Map.entry("GenerationQualifier", "2.5.4.44"),
            Map.entry("Pseudonym", "2.5.4.65"));

    private CertificateArguments() {}

    /** The OID that stands for an algorithm of keys here. */
    static String oid(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> ECDSA_SHA_256;
            case ES384 -> ECDSA_SHA_384;
            case PS256 -> RSASSA_PSS;
        };
    }

    /** Refuses an algorithm that the key does not sign with. */
    static void requireFitting(XmlElement request, KeyHandle key) throws OnvifException.Refused {
        Optional<XmlElement> asked = request.child(SECURITY, "SignatureAlgorithm");
        String oid = asked.flatMap(algorithm -> algorithm.textOf(SECURITY, "algorithm"))
                .orElse("");
        if (Arrays.stream(SignatureAlgorithm.values())
                .noneMatch(known -> oid(known).equals(oid))) {
            throw unsupported();
        }
        if (!oid.equals(oid(key.algorithm()))) {
            throw Fault.invalid("KeySignatureAlgorithmMismatch")
                    .because("a key here signs with one algorithm: ECDSA with SHA-256 on secp256r1, with SHA-384 on"
                            + " secp384r1, RSASSA-PSS with RSA");
        }
        Optional<String> parameters = asked.flatMap(algorithm -> algorithm.textOf(SECURITY, "parameters"))
                .filter(text -> !text.isEmpty());
        if (parameters.isPresent() && !parameters.equals(parameters(key.algorithm()))) {
            throw unsupported();
        }
    }

    private static OnvifException.Refused unsupported() {
        return Fault.invalid("UnsupportedSignatureAlgorithm")
                .because("the algorithms here, and their parameters, are those among the capabilities");
    }

    /** DER of the parameters that an algorithm always has here, in base64; empty if it has none. */
    static Optional<String> parameters(SignatureAlgorithm algorithm) {
        if (algorithm.isEcdsa()) {
            return Optional.empty();
        }
        try {
            byte[] der = HandleContentSigner.identifier(algorithm)
                    .getParameters()
                    .toASN1Primitive()
                    .getEncoded();
            return Optional.of(Base64.getEncoder().encodeToString(der));
        } catch (IOException e) {
            throw new IllegalStateException("parameters in memory can be encoded", e);
        }
    }

    /** When a self-signed certificate begins and ends. */
    record Validity(Instant from, Instant until) {}

    /** Without a beginning it counts from now, and without an end as long as a certificate can. */
    static Validity validity(XmlElement request, Instant now) throws OnvifException.Refused {
        Instant from = moment(request, "notValidBefore").orElse(now.truncatedTo(ChronoUnit.SECONDS));
        Instant until = moment(request, "notValidAfter").orElse(NEVER_ENDS);
        if (!until.isAfter(from) || until.isAfter(NEVER_ENDS) || from.isBefore(Instant.EPOCH)) {
            throw noMoment();
        }
        return new Validity(from, until);
    }

    private static Optional<Instant> moment(XmlElement request, String name) throws OnvifException.Refused {
        Optional<String> text = request.textOf(SECURITY, name).filter(written -> !written.isEmpty());
        try {
            return text.map(written -> OffsetDateTime.parse(written).toInstant().truncatedTo(ChronoUnit.SECONDS));
        } catch (DateTimeException e) {
            throw noMoment();
        }
    }

    private static OnvifException.Refused noMoment() {
        return Fault.invalid("InvalidDateTime")
                .because("a certificate ends after it begins; both are written 2026-11-22T10:00:00Z");
    }

    static RequestedNames names(XmlElement request) throws OnvifException.Refused {
        List<String> dns = new ArrayList<>();
        List<String> ip = new ArrayList<>();
        for (XmlElement attribute : request.children()) {
            if (attribute.name().is(SECURITY, "CSRAttribute")) {
                addNames(
                        attribute.child(SECURITY, "X509v3Extension").orElseThrow(CertificateArguments::unknown),
                        dns,
                        ip);
            } else if (attribute.name().is(SECURITY, "Extension")) {
                addNames(attribute, dns, ip);
            }
        }
        try {
            return new RequestedNames(subject(request), dns, ip);
        } catch (IllegalArgumentException e) {
            throw Fault.invalid("InvalidSubject").because(String.valueOf(e.getMessage()));
        }
    }

    private static String subject(XmlElement request) throws OnvifException.Refused {
        List<String> parts = new ArrayList<>();
        List<XmlElement> given =
                request.child(SECURITY, "Subject").map(XmlElement::children).orElse(List.of());
        for (XmlElement part : given) {
            String type = PARTS.get(part.name().local());
            if (type == null) {
                throw Fault.invalid("InvalidSubject")
                        .because("a subject here is made of "
                                + String.join(
                                        ", ", PARTS.keySet().stream().sorted().toList()));
            }
            parts.add(type + "=" + Rdn.escapeValue(part.text()));
        }
        return String.join(",", parts);
    }

    private static void addNames(XmlElement extension, List<String> dns, List<String> ip)
            throws OnvifException.Refused {
        if (!extension.textOf(SECURITY, "extnOID").orElse("").equals(ALTERNATIVE_NAMES)) {
            throw unknown();
        }
        try {
            byte[] value = Base64.getMimeDecoder()
                    .decode(extension.textOf(SECURITY, "extnValue").orElse(""));
            for (GeneralName name : GeneralNames.getInstance(value).getNames()) {
                switch (name.getTagNo()) {
                    case GeneralName.dNSName -> dns.add(((ASN1String) name.getName()).getString());
                    case GeneralName.iPAddress ->
                        ip.add(address(
                                ASN1OctetString.getInstance(name.getName()).getOctets()));
                    default -> throw unknown();
                }
            }
        } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw unknown(); // what the ASN.1 library throws for bytes that are no names
        }
    }

    private static String address(byte[] octets) {
        try {
            return java.net.InetAddress.getByAddress(octets).getHostAddress();
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException(
                    "an address of " + octets.length + " bytes, not of " + IPV4_BYTES + " or 16", e);
        }
    }

    private static OnvifException.Refused unknown() {
        return Fault.invalid("InvalidAttribute")
                .because(
                        "a certificate here carries subject alternative names (DNS names and addresses) and no other attribute;"
                                + " what the key is for it says by itself");
    }
}
