package org.camseal.authority.log;

import java.util.List;
import java.util.Optional;
import org.camseal.identity.CertificateProfile;

/**
 * All that a log says of one serial and profile.
 *
 * @param entries in the log's order
 * @param live the certificate that counts; empty if all are retired
 */
public record SerialHistory(CertificateProfile profile, List<Numbered> entries, Optional<Proven> live) {
    public SerialHistory {
        entries = List.copyOf(entries);
    }

    /** An entry and its number in the log. */
    public record Numbered(long index, LogEntry entry) {}

    /** An entry, and that it is in the tree. */
    public record Proven(long index, LogEntry.Issued entry, TlogProof proof) {}
}
