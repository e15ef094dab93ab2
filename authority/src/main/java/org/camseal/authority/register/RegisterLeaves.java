package org.camseal.authority.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.camseal.authority.AuthorityException;
import org.camseal.authority.log.LogEntry;
import org.camseal.authority.log.LogLeaves;

/** The log's leaves: those of certificates are made from the certificates' rows, so nothing stands there twice. */
final class RegisterLeaves implements LogLeaves {
    private static final int MOST = 1 << 16;

    private final Readers readers;

    RegisterLeaves(Readers readers) {
        this.readers = readers;
    }

    @Override
    public long size() throws AuthorityException {
        return readers.read(statements -> Head.read(statements).leaves());
    }

    @Override
    public List<byte[]> leaves(long from, int most) throws AuthorityException {
        if (from < 0 || most < 1 || most > MOST) {
            throw new IllegalArgumentException("leaves from " + from + ", at most " + most);
        }
        return readers.read(statements -> statements.list(
                "SELECT l.retired, c.profile, c.serial, c.der FROM leaves l JOIN certificates c ON c.id = l.certificate"
                        + " WHERE l.leaf >= ? AND l.leaf < ? ORDER BY l.leaf",
                RegisterLeaves::leaf,
                from,
                from + most));
    }

    private static byte[] leaf(ResultSet row) throws SQLException {
        byte[] retired = row.getBytes(1);
        return retired != null
                ? retired
                : new LogEntry.Issued(CertificateRow.profile(row.getInt(2)), row.getString(3), row.getBytes(4)).bytes();
    }
}
