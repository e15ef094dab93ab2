package org.camseal.authority.status;

import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Consumer;
import org.camseal.authority.AuthorityException;

/** What one issuing authority knows of its own certificates: the register's view for that issuer. Safe for use by several threads. */
public interface CertificateStatuses {
    /**
     * What has become of a certificate.
     *
     * @param certificateSerial the certificate's serial number, as the issuer gave it
     * @return empty if this issuer never issued such a certificate; an intent that led to none does not count
     * @throws AuthorityException if the register cannot be read
     */
    Optional<CertificateStatus> of(BigInteger certificateSerial) throws AuthorityException;

    /**
     * Names every certificate of this issuer that was ever revoked, as one consistent view, one by one: there may be millions. In an order
     * that stays: later revocations come behind earlier ones.
     *
     * @throws AuthorityException if the register cannot be read; some may have been named then
     */
    void forEachRevoked(Consumer<Revoked> consumer) throws AuthorityException;
}
