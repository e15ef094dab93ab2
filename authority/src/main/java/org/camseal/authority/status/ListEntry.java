package org.camseal.authority.status;

import java.time.Instant;

/** One revoked certificate as a list has it (RFC 5280 sections 5.1.2.6 and 5.3). Remembers the last time it wrote: many are revoked in one second. */
final class ListEntry {
    /** reasonCode, 2.5.29.21, not critical. */
    private static final byte[] REASON_CODE = {0x06, 0x03, 0x55, 0x1d, 0x15};

    /** invalidityDate, 2.5.29.24, not critical. */
    private static final byte[] INVALIDITY_DATE = {0x06, 0x03, 0x55, 0x1d, 0x18};

    private Instant lastTime = Instant.MIN;
    private byte[] lastBytes = {};

    byte[] of(Revoked revoked) {
        byte[] extensions = extensions(revoked);
        return DerBytes.value(
                DerBytes.SEQUENCE, DerBytes.integer(revoked.certificateSerial()), time(revoked.at()), extensions);
    }

    private byte[] time(Instant at) {
        if (!at.equals(lastTime)) {
            lastTime = at;
            lastBytes = DerBytes.time(at);
        }
        return lastBytes;
    }

    /** RFC 5280 section 5.3.1: "unspecified" is said by saying nothing. */
    private static byte[] extensions(Revoked revoked) {
        byte[] reason = revoked.reasonNumber() == 0
                ? new byte[0]
                : extension(
                        REASON_CODE, DerBytes.value(DerBytes.ENUMERATED, new byte[] {(byte) revoked.reasonNumber()}));
        byte[] date = revoked.invalidityDate()
                .map(since -> extension(INVALIDITY_DATE, DerBytes.generalizedTime(since)))
                .orElse(new byte[0]);
        return reason.length + date.length == 0 ? new byte[0] : DerBytes.value(DerBytes.SEQUENCE, reason, date);
    }

    private static byte[] extension(byte[] oid, byte[] content) {
        return DerBytes.value(DerBytes.SEQUENCE, oid, DerBytes.value(DerBytes.OCTET_STRING, content));
    }
}
