package org.camseal.signing.validation;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camseal.signing.wire.General;
import org.camseal.signing.wire.OnvifTime;
import org.camseal.signing.wire.VendorInfo;
import org.jspecify.annotations.Nullable;

/** What one signer signed in this video. */
final class SignerTally {
    final List<X509Certificate> chain;
    final boolean userProvisioned;
    Optional<VendorInfo> vendor = Optional.empty();
    private long groups;
    private @Nullable Instant first;
    private @Nullable Instant last;

    SignerTally(List<X509Certificate> chain, boolean userProvisioned) {
        this.chain = List.copyOf(chain);
        this.userProvisioned = userProvisioned;
    }

    void add(General general) {
        groups++;
        Instant start = general.start().toInstant();
        Instant end = general.end().map(OnvifTime::toInstant).orElse(start);
        if (first == null || start.isBefore(first)) {
            first = start;
        }
        if (last == null || end.isAfter(last)) {
            last = end;
        }
    }

    StreamSigner toSigner() {
        return new StreamSigner(
                chain, userProvisioned, vendor, groups, Optional.ofNullable(first), Optional.ofNullable(last));
    }
}
