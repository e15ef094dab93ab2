package org.camseal.identity.customer;

import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Slot;

/** What an owner's certificate is for: what is asked for in its request, and what it must allow. */
enum CustomerUse {
    /** For a TLS server, and nothing more: client authentication leaves public certificates (docs/guide/certificates.md). */
    TLS(Slot.TLS_CUSTOM, "a server's") {
        @Override
        void ask(ExtensionsGenerator extensions) throws IOException {
            extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            extensions.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        }

        @Override
        void requireUsage(X509Certificate leaf) throws IdentityException {
            boolean[] usage = leaf.getKeyUsage();
            if (usage != null && !usage[DIGITAL_SIGNATURE]) {
                throw new IdentityException.Refused(
                        named(leaf) + ": its key may not sign (key usage), which every TLS handshake needs");
            }
            try {
                List<String> purposes = leaf.getExtendedKeyUsage();
                if (purposes != null && !purposes.contains(KeyPurposeId.id_kp_serverAuth.getId())) {
                    throw new IdentityException.Refused(
                            named(leaf) + " is not for TLS servers (extended key usage): ask for one with serverAuth");
                }
            } catch (CertificateParsingException e) {
                throw new IdentityException.Malformed(named(leaf) + ": its extended key usage cannot be read", e);
            }
        }
    },
    /** For signing video: ONVIF Media Signing asks for no extended key usage, so none is asked for. */
    SIGNING(Slot.MEDIA_CUSTOM, "a signer's") {
        @Override
        void ask(ExtensionsGenerator extensions) throws IOException {
            extensions.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
        }

        @Override
        void requireUsage(X509Certificate leaf) throws IdentityException {
            boolean[] usage = leaf.getKeyUsage();
            if (usage != null && !usage[DIGITAL_SIGNATURE] && !usage[NON_REPUDIATION]) {
                throw new IdentityException.Refused(
                        named(leaf) + ": its key may not sign (key usage), which is all that it is for");
            }
        }
    };

    /** Bits of KeyUsage (RFC 5280 section 4.2.1.3). */
    private static final int DIGITAL_SIGNATURE = 0;

    private static final int NON_REPUDIATION = 1;

    private final Slot slot;
    private final String whose;

    CustomerUse(Slot slot, String whose) {
        this.slot = slot;
        this.whose = whose;
    }

    Slot slot() {
        return slot;
    }

    /** Adds what a request and a self-signed certificate say of the use. */
    abstract void ask(ExtensionsGenerator extensions) throws IOException;

    /** Refuses a certificate that does not allow the use. */
    void require(X509Certificate leaf) throws IdentityException {
        if (leaf.getBasicConstraints() >= 0) {
            throw new IdentityException.Refused(named(leaf) + " is an authority's certificate, not " + whose);
        }
        requireUsage(leaf);
    }

    abstract void requireUsage(X509Certificate leaf) throws IdentityException;

    private static String named(X509Certificate certificate) {
        return CertificateSubject.display(certificate.getSubjectX500Principal());
    }
}
