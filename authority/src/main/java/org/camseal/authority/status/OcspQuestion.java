package org.camseal.authority.status;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/**
 * What somebody wants to know (RFC 6960 section 4.1).
 *
 * @param certificates at least one
 * @param nonce to be given back in the answer
 */
record OcspQuestion(List<CertID> certificates, Optional<Extension> nonce) {
    /** Largest request in bytes; one certificate takes about a hundred. */
    static final int MAX_BYTES = 4096;

    private static final int MOST_CERTIFICATES = 16;
    private static final int MOST_NONCE_BYTES = 128; // RFC 9654 section 2.1

    /** A request that is none, or asks for too much. */
    static final class Malformed extends Exception {
        Malformed(String message) {
            super(message);
        }
    }

    static OcspQuestion parse(byte[] der) throws Malformed {
        if (der.length > MAX_BYTES) {
            throw new Malformed("a request of " + der.length + " bytes");
        }
        try {
            OCSPRequest request = OCSPRequest.getInstance(der);
            if (request.getEncoded().length != der.length) {
                throw new Malformed("bytes behind the request");
            }
            int asked = request.getTbsRequest().getRequestList().size();
            if (asked < 1 || asked > MOST_CERTIFICATES) {
                throw new Malformed("a request about " + asked + " certificates");
            }
            List<CertID> certificates = new ArrayList<>();
            for (var one : request.getTbsRequest().getRequestList()) {
                Request single = Request.getInstance(one);
                requireUnderstood(Optional.ofNullable(single.getSingleRequestExtensions()));
                single.getReqCert().getSerialNumber().getValue();
                certificates.add(single.getReqCert());
            }
            Optional<Extensions> extensions =
                    Optional.ofNullable(request.getTbsRequest().getRequestExtensions());
            requireUnderstood(extensions);
            return new OcspQuestion(List.copyOf(certificates), nonce(extensions));
        } catch (RuntimeException | IOException e) { // Bouncy Castle has many for what is no request
            throw new Malformed("not an OCSP request");
        }
    }

    private static Optional<Extension> nonce(Optional<Extensions> extensions) throws Malformed {
        Optional<Extension> nonce = extensions.map(all -> all.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce));
        if (nonce.isPresent()) {
            byte[] value =
                    ASN1OctetString.getInstance(nonce.get().getParsedValue()).getOctets();
            if (value.length < 1 || value.length > MOST_NONCE_BYTES) {
                throw new Malformed("a nonce of " + value.length + " bytes");
            }
        }
        return nonce;
    }

    private static void requireUnderstood(Optional<Extensions> extensions) throws Malformed {
        for (var oid : extensions
                .map(Extensions::getCriticalExtensionOIDs)
                .orElse(new org.bouncycastle.asn1.ASN1ObjectIdentifier[0])) {
            if (!oid.equals(OCSPObjectIdentifiers.id_pkix_ocsp_nonce)) {
                throw new Malformed("a critical extension that is not understood: " + oid);
            }
        }
    }
}
