package org.camseal.identity;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * Who a certificate names.
 *
 * @param organization the maker of a device, or the site of a recorder or person; 1 to 64 characters
 * @param name a camera's model, a recorder's or person's name; 1 to 64 characters
 * @param serial what identifies it for ever: a camera's serial number (its camera id), a recorder's or person's id; 1 to 64 of
 *     letters, digits, {@code . _ : -}, beginning with a letter or digit
 */
public record CertificateSubject(String organization, String name, String serial) {
    private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

    /**
     * @throws IllegalArgumentException if a part is not of that form
     */
    public CertificateSubject {
        requireText("organization", organization);
        requireText("name", name);
        if (!SERIAL.matcher(serial).matches()) {
            throw new IllegalArgumentException("the serial \"" + serial
                    + "\" is not 1 to 64 letters, digits, . _ : -, beginning with a letter or digit");
        }
    }

    X500Name toName() {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, organization)
                .addRDN(BCStyle.CN, name)
                .addRDN(BCStyle.SERIALNUMBER, serial)
                .build();
    }

    /** Whom a certificate names; empty if its subject has not exactly one organization, common name and serialNumber of that form. */
    public static Optional<CertificateSubject> of(X509Certificate certificate) {
        return of(X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()));
    }

    /** The parts of a certificate's subject; empty if it has not exactly one serialNumber and one common name. */
    static Optional<CertificateSubject> of(X500Name subject) {
        Optional<String> serial = single(subject.getRDNs(BCStyle.SERIALNUMBER));
        Optional<String> name = single(subject.getRDNs(BCStyle.CN));
        Optional<String> organization = single(subject.getRDNs(BCStyle.O));
        if (serial.isEmpty() || name.isEmpty() || organization.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CertificateSubject(organization.get(), name.get(), serial.get()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> single(RDN[] rdns) {
        if (rdns.length != 1 || rdns[0].isMultiValued()) {
            return Optional.empty();
        }
        return rdns[0].getFirst().getValue() instanceof ASN1String text
                ? Optional.of(text.getString())
                : Optional.empty();
    }

    private static void requireText(String what, String text) {
        if (text.isBlank() || text.length() > 64 || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new IllegalArgumentException("the " + what + " is not 1 to 64 printable characters");
        }
    }

    /** Any subject or issuer, for messages. */
    public static String display(X500Principal name) {
        return "\"" + name.getName(X500Principal.RFC2253, Map.of("2.5.4.5", "serialNumber")) + "\"";
    }
}
