package org.camseal.authority.log;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camseal.identity.CertificateProfile;

/** What the entries must keep to, one after the other: the first that does not is remembered, and the rest is still counted. */
final class EntryRules {
    private final LiveCertificates live = new LiveCertificates();
    private final Optional<String> asked;
    private final Map<CertificateProfile, List<SerialHistory.Numbered>> histories =
            new EnumMap<>(CertificateProfile.class);
    private Optional<Finding> first = Optional.empty();
    private long issued;
    private long retired;

    EntryRules(Optional<String> asked) {
        this.asked = asked;
    }

    void next(long index, byte[] leaf) {
        try {
            LogEntry entry = LogEntry.parse(leaf);
            keep(index, entry);
            switch (entry) {
                case LogEntry.Issued certificate -> {
                    issued++;
                    var number = EntryCertificate.serialNumber(certificate);
                    if (isOfDevice(entry)) {
                        judge(index, entry, live.issue(entry, index, number));
                    }
                }
                case LogEntry.Retired end -> {
                    retired++;
                    if (isOfDevice(entry)) {
                        judge(index, entry, live.retire(end));
                    }
                }
            }
        } catch (LogEntry.MalformedEntry e) {
            found(Finding.of(LogFault.ENTRY_MALFORMED, "entry " + index, String.valueOf(e.getMessage())));
        }
    }

    /** Signers of status answers overlap when one follows another; devices have one certificate of each profile. */
    private static boolean isOfDevice(LogEntry entry) {
        return entry.profile() == CertificateProfile.DEVICE_TLS || entry.profile() == CertificateProfile.MEDIA_SIGNING;
    }

    private void keep(long index, LogEntry entry) {
        if (asked.isPresent() && asked.get().equals(entry.serial())) {
            histories
                    .computeIfAbsent(entry.profile(), _ -> new ArrayList<>())
                    .add(new SerialHistory.Numbered(index, entry));
        }
    }

    private void judge(long index, LogEntry entry, LiveCertificates.Change change) {
        switch (change) {
            case LiveCertificates.Change.Done _ -> {
                // as it should be
            }
            case LiveCertificates.Change.Second(long other) ->
                found(Finding.of(
                        LogFault.SECOND_CERTIFICATE,
                        "entry " + index,
                        entry + ": while the certificate of entry " + other + " is live"));
            case LiveCertificates.Change.NotLive _ ->
                found(Finding.of(LogFault.RETIRED_ANOTHER, "entry " + index, entry + ": that certificate is not live"));
        }
    }

    private void found(Finding finding) {
        if (first.isEmpty()) {
            first = Optional.of(finding);
        }
    }

    /** The first entry that breaks a rule. */
    Optional<Finding> first() {
        return first;
    }

    Map<CertificateProfile, List<SerialHistory.Numbered>> histories() {
        return histories;
    }

    LogCounts counts() {
        return new LogCounts(issued, retired, live.live(), live.serials());
    }
}
