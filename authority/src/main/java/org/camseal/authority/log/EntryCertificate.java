package org.camseal.authority.log;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.camseal.identity.CertificateProfile;

/** What of a certificate must agree with the entry around it. */
final class EntryCertificate {
    private EntryCertificate() {}

    /**
     * The certificate's serial number, if the certificate names the entry's serial and is for the entry's profile.
     *
     * @throws LogEntry.MalformedEntry if it is no certificate, or another one
     */
    static BigInteger serialNumber(LogEntry.Issued entry) throws LogEntry.MalformedEntry {
        try {
            Certificate certificate = Certificate.getInstance(entry.certificate());
            RDN[] serials = certificate.getSubject().getRDNs(BCStyle.SERIALNUMBER);
            if (serials.length != 1
                    || !(serials[0].getFirst().getValue() instanceof ASN1String serial)
                    || !serial.getString().equals(entry.serial())) {
                throw new LogEntry.MalformedEntry("its certificate is not of serial " + entry.serial());
            }
            if (!isFor(certificate.getTBSCertificate().getExtensions(), entry.profile())) {
                throw new LogEntry.MalformedEntry("its certificate is not for "
                        + entry.profile().purpose().description());
            }
            return certificate.getSerialNumber().getValue();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new LogEntry.MalformedEntry("its certificate cannot be read");
        }
    }

    private static boolean isFor(Extensions extensions, CertificateProfile profile) {
        ASN1Encodable usages = ExtendedKeyUsage.fromExtensions(extensions);
        String own = profile.purpose().extendedKeyUsages().getFirst();
        return usages instanceof ExtendedKeyUsage usage
                && Arrays.asList(usage.getUsages()).contains(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(own)));
    }
}
