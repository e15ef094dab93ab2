package org.camseal.authority.register;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.camseal.identity.CertificateProfile;
import org.camseal.identity.CertificateSubject;
import org.camseal.identity.KeyDigest;

/**
 * One certificate as the register knows it, from the intent to issue it on.
 *
 * @param id the register's own number
 * @param subject whom it names
 * @param profile which certificate of that camera
 * @param key the key it is for
 * @param number the certificate's serial number: written down before anything is signed
 * @param issuer the register's number of the issuing authority
 * @param state how far it is
 * @param requester who asked
 * @param publicKey SubjectPublicKeyInfo in DER, while it is an intent
 * @param der the certificate, once it is issued
 * @param replaces the certificate of the same camera whose place it takes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record CertificateRow(
        long id,
        CertificateSubject subject,
        CertificateProfile profile,
        KeyDigest key,
        BigInteger number,
        int issuer,
        State state,
        String requester,
        Optional<byte[]> publicKey,
        Optional<byte[]> der,
        Optional<Long> replaces) {
    static final String COLUMNS =
            "id, serial, profile, maker, model, key_digest, number, issuer, state, requester, key, der, replaces";

    /** What has become of it. The numbers stand in the database. */
    public enum State {
        /** Written down; perhaps signed, given to nobody. */
        INTENT(0),
        /** Issued, and the one of its serial and profile. */
        LIVE(1),
        /** Issued and good, but another one is about to take its place. */
        BEING_REPLACED(2),
        /** Counts no more. */
        REVOKED(3);

        private final int number;

        State(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }

        static State of(int number) throws SQLException {
            for (State state : values()) {
                if (state.number == number) {
                    return state;
                }
            }
            throw new SQLException("a certificate of state " + number + ", which does not exist");
        }
    }

    static CertificateRow read(ResultSet row) throws SQLException {
        long replaces = row.getLong("replaces");
        boolean alone = row.wasNull();
        return new CertificateRow(
                row.getLong("id"),
                new CertificateSubject(row.getString("maker"), row.getString("model"), row.getString("serial")),
                profile(row.getInt("profile")),
                KeyDigest.ofBytes(row.getBytes("key_digest")),
                new BigInteger(1, row.getBytes("number")),
                row.getInt("issuer"),
                State.of(row.getInt("state")),
                row.getString("requester"),
                Optional.ofNullable(row.getBytes("key")),
                Optional.ofNullable(row.getBytes("der")),
                alone ? Optional.empty() : Optional.of(replaces));
    }

    /** Numbers of profiles in the database; only devices' certificates are in this table. */
    static int number(CertificateProfile profile) {
        return switch (profile) {
            case DEVICE_TLS -> 1;
            case MEDIA_SIGNING -> 2;
            case RECORDER, PERSON, RECIPIENT, LINE, OPERATOR, AUTHORITY_SERVER, OCSP_SIGNER ->
                throw new IllegalArgumentException("the register keeps devices' certificates, none of " + profile);
        };
    }

    static CertificateProfile profile(int number) throws SQLException {
        return switch (number) {
            case 1 -> CertificateProfile.DEVICE_TLS;
            case 2 -> CertificateProfile.MEDIA_SIGNING;
            default -> throw new SQLException("a certificate of profile " + number + ", which does not exist");
        };
    }

    /** A certificate's number as it stands in the database. */
    static byte[] bytes(BigInteger number) {
        return number.toByteArray();
    }

    static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
