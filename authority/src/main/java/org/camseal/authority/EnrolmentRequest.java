package org.camseal.authority;

import java.util.Optional;
import org.camseal.identity.Attestation;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateRequest;
import org.camseal.identity.CertificateSubject;

/**
 * One wish for one certificate, whatever protocol brought it.
 *
 * @param request the key, proven to be in the asker's possession
 * @param subject whom the request names: maker, model, serial
 * @param profile which certificate
 * @param attestation what the camera's element states about the key, where it can
 * @param protocol for the audit log: "EST simpleenroll", "CMP p10cr" ...
 */
public record EnrolmentRequest(
        CertificateRequest request,
        CertificateSubject subject,
        CertificateProfile profile,
        Optional<Attestation> attestation,
        String protocol) {}
