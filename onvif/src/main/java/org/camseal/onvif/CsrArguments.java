package org.camseal.onvif;

import static org.camseal.onvif.wire.Namespaces.SECURITY;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.naming.ldap.Rdn;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.camseal.identity.KeyHandle;
import org.camseal.identity.SignatureAlgorithm;
import org.camseal.identity.customer.RequestedNames;
import org.camseal.onvif.wire.Fault;
import org.camseal.onvif.wire.OnvifException;
import org.camseal.onvif.wire.XmlElement;

/** What CreatePKCS10CSR is asked for, as names that a request carries. What cannot be carried is refused, not left out. */
final class CsrArguments {
    static final String ECDSA_SHA_256 = "1.2.840.10045.4.3.2";
    static final String ECDSA_SHA_384 = "1.2.840.10045.4.3.3";

    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final int IPV4_BYTES = 4;

    /** Parts of tas:DistinguishedName and what they are in RFC 4514. */
    private static final Map<String, String> PARTS = Map.of(
            "Country", "C",
            "Organization", "O",
            "OrganizationalUnit", "OU",
            "StateOrProvinceName", "ST",
            "CommonName", "CN",
            "SerialNumber", "2.5.4.5",
            "Locality", "L");

    private CsrArguments() {}

    /** Refuses an algorithm that the key does not sign with. */
    static void requireFitting(XmlElement request, KeyHandle key) throws OnvifException.Refused {
        String asked = request.child(SECURITY, "SignatureAlgorithm")
                .flatMap(algorithm -> algorithm.textOf(SECURITY, "algorithm"))
                .orElse("");
        String own = switch (key.algorithm()) {
            case SignatureAlgorithm.ES256 -> ECDSA_SHA_256;
            case SignatureAlgorithm.ES384 -> ECDSA_SHA_384;
            case SignatureAlgorithm.PS256 -> "";
        };
        if (!asked.equals(own)) {
            throw Fault.invalid("KeySignatureAlgorithmMismatch")
                    .because(
                            "a key here signs with one algorithm: ECDSA with SHA-256 on secp256r1, SHA-384 on secp384r1");
        }
    }

    static RequestedNames names(XmlElement request) throws OnvifException.Refused {
        List<String> dns = new ArrayList<>();
        List<String> ip = new ArrayList<>();
        for (XmlElement attribute : request.children()) {
            if (attribute.name().is(SECURITY, "CSRAttribute")) {
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

    private static void addNames(XmlElement attribute, List<String> dns, List<String> ip)
            throws OnvifException.Refused {
        XmlElement extension = attribute.child(SECURITY, "X509v3Extension").orElseThrow(CsrArguments::unknown);
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
                        "a request here carries subject alternative names (DNS names and addresses) and no other attribute;"
                                + " what the key is for it says by itself");
    }
}
