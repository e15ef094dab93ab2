package org.camseal.identity.tpm2;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;

/** The endorsement certificates that a TPM's maker put into its NV memory (TCG EK Credential Profile 2.5, section 2.2.1.4). */
final class TpmMakerCertificates {
    /** RSA 2048 and P-256 of the low range; RSA 2048, P-256, P-384, P-521, RSA 3072 and RSA 4096 of the high range. */
    private static final int[] INDICES = {
        0x01c00002, 0x01c0000a, 0x01c00012, 0x01c00014, 0x01c00016, 0x01c00018, 0x01c0001c, 0x01c0001e
    };

    private static final int MAX_BYTES = 4096;

    /** What every TPM gives at once (TPM_PT_NV_BUFFER_MAX of the chips that exist is not below). */
    private static final int CHUNK = 512;

    private TpmMakerCertificates() {}

    static List<X509Certificate> read(Tpm tpm) throws IdentityException.Element, Tpm.Refusal {
        List<X509Certificate> found = new ArrayList<>();
        for (int index : INDICES) {
            Optional<byte[]> bytes = bytes(tpm, index);
            if (bytes.isPresent()) {
                found.add(certificate(bytes.get(), index));
            }
        }
        return List.copyOf(found);
    }

    private static Optional<byte[]> bytes(Tpm tpm, int index) throws IdentityException.Element, Tpm.Refusal {
        int size;
        try {
            size = tpm.nvSize(index);
        } catch (Tpm.Refusal e) {
            if (e.code().tellsOfReset()) {
                return Optional.empty(); // TPM_RC_HANDLE: there is no such index
            }
            throw e;
        }
        if (size > MAX_BYTES) {
            throw malformed(index, "it has " + size + " bytes; at most " + MAX_BYTES + " are read", null);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (all.size() < size) {
            byte[] part = tpm.nvRead(index, all.size(), Math.min(CHUNK, size - all.size()));
            if (part.length == 0) {
                throw malformed(index, "it ends after " + all.size() + " of " + size + " bytes", null);
            }
            all.writeBytes(part);
        }
        return Optional.of(all.toByteArray());
    }

    /** Some makers fill the index up behind the certificate: what follows it is not looked at. */
    private static X509Certificate certificate(byte[] bytes, int index) throws IdentityException.Element {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException e) {
            throw malformed(index, "it holds no certificate", e);
        }
    }

    private static IdentityException.Element malformed(
            int index, String why, @org.jspecify.annotations.Nullable Exception cause) {
        String message =
                "NV index 0x" + Integer.toHexString(index) + ", where the maker's certificate would be: " + why;
        return cause == null
                ? new IdentityException.Element(ElementFault.FAILED, message)
                : new IdentityException.Element(ElementFault.FAILED, message, cause);
    }
}
