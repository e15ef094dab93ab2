package org.camseal.authority.status;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is signed of a list (TBSCertList, RFC 5280 section 5.1): bytes in front of the entries, the entries in a file, bytes behind them. */
final class ListFrame {
    private static final byte[] VERSION_2 = {0x02, 0x01, 0x01};

    private final byte[] before;
    private final Path entries;
    private final byte[] after;
    private final long length;

    /**
     * @param opening algorithm, issuer, thisUpdate and nextUpdate
     * @param entries a file of whole entries, perhaps none
     * @param extensions of the list: a SEQUENCE
     */
    ListFrame(byte[] opening, Path entries, byte[] extensions) throws IOException {
        this.entries = entries;
        this.after = DerBytes.value(DerBytes.CONTEXT_0, extensions);
        long size = Files.size(entries);
        // RFC 5280 section 5.1.2.6: without revoked certificates the list of them must be absent
        byte[] listHead = size == 0 ? new byte[0] : DerBytes.head(DerBytes.SEQUENCE, size);
        byte[] inner = DerBytes.joined(VERSION_2, opening, listHead);
        this.before = DerBytes.joined(DerBytes.head(DerBytes.SEQUENCE, inner.length + size + after.length), inner);
        this.length = before.length + size + after.length;
    }

    long length() {
        return length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(before);
        Files.copy(entries, out);
        out.write(after);
    }
}
