package org.camseal.identity.enrolment;

import java.util.Optional;
import org.camseal.identity.CertificateProfile;

/** Where EST is asked for what (RFC 7030 section 3.2.2). The label in the path says which certificate; without one it is a camera's for TLS. */
public final class EstPath {
    /** What all its paths begin with. */
    public static final String BASE = "/.well-known/est";

    /** The type of a request's body (RFC 8951 section 3.1). */
    public static final String REQUEST_TYPE = "application/pkcs10";

    /** The type of an answer with certificates; also with {@code ; smime-type=certs-only}. */
    public static final String CERTIFICATES_TYPE = "application/pkcs7-mime";

    /** The type of what a request has to have in it. */
    public static final String ATTRIBUTES_TYPE = "application/csrattrs";

    private EstPath() {}

    /** The label of a camera's certificate: {@code device-tls} or {@code media-signing}. */
    public static String label(CertificateProfile profile) {
        return profile.label();
    }

    /** Which of a camera's certificates a label means; empty for any other word. */
    public static Optional<CertificateProfile> profile(String label) {
        return switch (label) {
            case "device-tls" -> Optional.of(CertificateProfile.DEVICE_TLS);
            case "media-signing" -> Optional.of(CertificateProfile.MEDIA_SIGNING);
            default -> Optional.empty();
        };
    }

    /** The path of an operation under a label. */
    public static String of(CertificateProfile profile, Operation operation) {
        return BASE + "/" + label(profile) + "/" + operation.word();
    }

    /** What can be asked. */
    public enum Operation {
        /** The authority's own certificates. */
        CACERTS,
        /** What a request has to have in it. */
        CSRATTRS,
        /** A first certificate. */
        SIMPLEENROLL,
        /** Another for the same subject. */
        SIMPLEREENROLL;

        /** As it stands in the path. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
