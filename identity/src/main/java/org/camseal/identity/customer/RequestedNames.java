package org.camseal.identity.customer;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Whom a certificate shall name. Authorities decide for themselves; a public one takes only names that it has seen proved.
 *
 * @param subject as in RFC 4514 ({@code CN=cam1.example.com,O=Example}); may be empty if there is a name, as public authorities like it
 * @param dns DNS names, lower case, the leftmost label may be {@code *}; at most 100 names in all
 * @param ip addresses as literals
 */
public record RequestedNames(String subject, List<String> dns, List<String> ip) {
    private static final int MAX_NAMES = 100;
    private static final int MAX_SUBJECT = 512;

    /** ub-common-name (RFC 5280 appendix A.1). */
    private static final int MAX_COMMON_NAME = 64;

    private static final Pattern DNS = Pattern.compile(
            "(?=.{1,253}$)(\\*\\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    /**
     * @throws IllegalArgumentException if one of them is not of that form, or there is none at all
     */
    public RequestedNames {
        dns = dns.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        ip = List.copyOf(ip);
        if (subject.length() > MAX_SUBJECT || dns.size() + ip.size() > MAX_NAMES) {
            throw new IllegalArgumentException("a subject of at most " + MAX_SUBJECT + " characters and at most "
                    + MAX_NAMES + " names are asked for");
        }
        if (subject.isBlank() && dns.isEmpty() && ip.isEmpty()) {
            throw new IllegalArgumentException(
                    "a certificate names somebody: give a subject, a DNS name or an address");
        }
        try {
            name(subject);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + subject + "\" is no subject; one is written CN=cam1.example.com,O=Example", e);
        }
        for (String name : dns) {
            if (!DNS.matcher(name).matches()) {
                throw new IllegalArgumentException("\"" + name + "\" is no DNS name");
            }
        }
        for (String address : ip) {
            requireLiteral(address);
        }
    }

    private static void requireLiteral(String address) {
        try {
            InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + address + "\" is no IP address", e);
        }
    }

    private static X500Name name(String subject) {
        return subject.isBlank() ? new X500Name(new org.bouncycastle.asn1.x500.RDN[0]) : new X500Name(subject);
    }

    X500Name subjectName() {
        return name(subject);
    }

    /** The subject, or where it is empty the first name as common name. */
    X500Name subjectOrFirstName() {
        if (!subject.isBlank()) {
            return subjectName();
        }
        String first = Stream.concat(dns.stream(), ip.stream()).findFirst().orElseThrow();
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, first.length() > MAX_COMMON_NAME ? first.substring(0, MAX_COMMON_NAME) : first)
                .build();
    }

    boolean hasAlternativeNames() {
        return !dns.isEmpty() || !ip.isEmpty();
    }

    GeneralNames alternativeNames() {
        List<GeneralName> names = new ArrayList<>();
        Stream.concat(
                        dns.stream().map(name -> new GeneralName(GeneralName.dNSName, name)),
                        ip.stream().map(address -> new GeneralName(GeneralName.iPAddress, address)))
                .forEach(names::add);
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }
}
