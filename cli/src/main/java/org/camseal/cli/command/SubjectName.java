package org.camseal.cli.command;

import java.security.cert.X509Certificate;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/** A certificate's subject as people read it, serial number in letters (RFC 2253). */
public final class SubjectName {
    private static final Map<String, String> NAMES = Map.of("2.5.4.5", "SERIALNUMBER");

    private SubjectName() {}

    /** Most specific part first. */
    public static String of(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253, NAMES);
    }
}
