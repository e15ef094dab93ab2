package org.camseal.identity.enrolment;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;

/**
 * Certificates in an envelope without signature or content: the degenerate SignedData ("certs-only") that EST answers with (RFC 7030
 * sections 4.1.3 and 4.2.3, RFC 5652 section 5).
 */
public final class CertsOnly {
    /** Largest envelope that is read, in bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    /** Most certificates that are read. */
    public static final int MAX_CERTIFICATES = 16;

    private CertsOnly() {}

    /** The certificates as DER; being a SET, it does not keep their order for every reader. */
    public static byte[] encode(List<X509Certificate> certificates) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addCertificates(new JcaCertStore(certificates));
            return generator.generate(new CMSAbsentContent()).toASN1Structure().getEncoded(ASN1Encoding.DER);
        } catch (CMSException | CertificateEncodingException | IOException e) {
            throw new IllegalStateException("certificates that were read can be written", e);
        }
    }

    /**
     * The certificates in an envelope, in the order in which they stand there, which says nothing of who issued whom. Nothing about them was
     * checked.
     *
     * @param where for messages
     * @throws IdentityException.Malformed if it is something else, has a signature or a content, or more than is read
     */
    public static List<X509Certificate> decode(byte[] der, String where) throws IdentityException.Malformed {
        if (der.length > MAX_BYTES) {
            throw new IdentityException.Malformed(
                    where + ": " + der.length + " bytes of certificates; at most " + MAX_BYTES + " are read");
        }
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CMSSignedData envelope = new CMSSignedData(der);
            if (envelope.getSignerInfos().size() > 0 || envelope.getSignedContent() != null) {
                throw new IdentityException.Malformed(
                        where + ": certificates alone are expected, not something that is signed");
            }
            for (X509CertificateHolder holder : envelope.getCertificates().getMatches(null)) {
                if (certificates.size() == MAX_CERTIFICATES) {
                    throw new IdentityException.Malformed(where + ": more than " + MAX_CERTIFICATES + " certificates");
                }
                certificates.add(Pem.certificate(holder.getEncoded(), where));
            }
        } catch (CMSException | IOException | RuntimeException e) {
            throw new IdentityException.Malformed(where + ": no certificates in PKCS#7", e);
        }
        if (certificates.isEmpty()) {
            throw new IdentityException.Malformed(where + ": an envelope without a certificate");
        }
        return certificates;
    }
}
