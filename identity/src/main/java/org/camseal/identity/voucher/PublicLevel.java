package org.camseal.identity.voucher;

import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** How closely a public authority looked: by the policies that count through the whole path, never by what only the leaf says. */
final class PublicLevel {
    /** CA/Browser Forum, Baseline Requirements section 7.1.6.1. */
    private static final String DOMAIN = "2.23.140.1.2.1";

    private static final String ORGANIZATION = "2.23.140.1.2.2";
    private static final String INDIVIDUAL = "2.23.140.1.2.3";
    private static final String EXTENDED = "2.23.140.1.1";

    private PublicLevel() {}

    /** Where several levels are stated, the lowest counts. */
    static Voucher.Public of(X509Certificate leaf, PublicPath.Answer.Found found) {
        Set<String> policies = found.policies();
        X509Certificate root = found.root();
        if (policies.contains(DOMAIN)) {
            return new Voucher.Domain(root);
        }
        if (policies.contains(INDIVIDUAL)) {
            String person = Stream.of(part(leaf, BCStyle.GIVENNAME), part(leaf, BCStyle.SURNAME))
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.joining(" "));
            return new Voucher.Individual(person.isEmpty() ? part(leaf, BCStyle.O) : person, root);
        }
        if (policies.contains(ORGANIZATION)) {
            return new Voucher.Organization(part(leaf, BCStyle.O), root);
        }
        if (policies.contains(EXTENDED)) {
            return new Voucher.Extended(part(leaf, BCStyle.O), part(leaf, BCStyle.SERIALNUMBER), root);
        }
        return new Voucher.PublicOfUnknownLevel(root);
    }

    private static String part(X509Certificate certificate, ASN1ObjectIdentifier oid) {
        RDN[] rdns = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                .getRDNs(oid);
        return rdns.length == 1
                        && rdns[0].getFirst().getType().equals(oid)
                        && rdns[0].getFirst().getValue() instanceof ASN1String text
                ? text.getString()
                : "";
    }
}
