package org.camseal.signing.validation;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camseal.signing.wire.VendorInfo;

/**
 * Who signed, by a signature that verified. Whether anybody vouches for the certificates is another question.
 *
 * @param chain leaf first, 1 to 4 certificates; the leaf's key verified the signatures
 * @param userProvisioned true if the key is the user's, false if it is the manufacturer's
 * @param vendor what the signed SEI say of the device; empty if they say nothing
 * @param groups (partial) groups signed by it in this video
 * @param firstSigned the earliest start of a group it signed, by the signed times; empty if it signed none
 * @param lastSigned the latest end (or start, where no end is signed) of a group it signed
 */
public record StreamSigner(
        List<X509Certificate> chain,
        boolean userProvisioned,
        Optional<VendorInfo> vendor,
        long groups,
        Optional<Instant> firstSigned,
        Optional<Instant> lastSigned) {
    public StreamSigner {
        chain = List.copyOf(chain);
    }

    /** The certificate of the key that signed. */
    public X509Certificate leaf() {
        return chain.getFirst();
    }
}
