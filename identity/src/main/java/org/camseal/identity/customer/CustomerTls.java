package org.camseal.identity.customer;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.camseal.identity.Identity;
import org.camseal.identity.IdentityException;
import org.camseal.identity.Pem;
import org.camseal.identity.Slot;

/** The owner's own TLS certificate of one identity, whose key is in {@link Slot#TLS_CUSTOM}. */
public final class CustomerTls extends CustomerCertificate {
    private CustomerTls(Path directory, Identity identity) {
        super(directory, identity, CustomerUse.TLS);
    }

    /**
     * @param directory the identity's directory
     * @param identity the identity in it
     */
    public static CustomerTls of(Path directory, Identity identity) {
        return new CustomerTls(directory, identity);
    }

    /**
     * Makes a certificate that the key signs itself, and installs it. It proves only that whoever shows it has the key: who cannot compare
     * it with one seen before is open to anybody in between.
     *
     * @param days 1 to 3650
     * @throws IdentityException if there is no key yet, or the element cannot sign
     */
    public X509Certificate selfSigned(RequestedNames names, int days, Instant now) throws IdentityException {
        X509Certificate certificate = OwnCertificates.selfSigned(key(), names, days, now);
        Pem.writeCertificates(chainFile(), List.of(certificate));
        return certificate;
    }

    /**
     * Makes a certificate that the key signs itself, as {@link #selfSigned} does, and hands it out: what is installed stays as it is.
     *
     * @param from when it begins to count, to the second
     * @param until when it ends; behind {@code from}, the end of the year 9999 at most (RFC 5280 section 4.1.2.5)
     * @throws IdentityException if there is no key yet, or the element cannot sign
     */
    public X509Certificate draftSelfSigned(RequestedNames names, Instant from, Instant until) throws IdentityException {
        return OwnCertificates.selfSigned(key(), names, from, until);
    }
}
