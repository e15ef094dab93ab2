package org.camseal.authority.status;

/** What has become of a certificate that was issued. One that was not has no status. */
public sealed interface CertificateStatus permits CertificateStatus.Good, Revoked {
    /** It was issued, and nothing is held against it. */
    record Good() implements CertificateStatus {}
}
