package org.camseal.authority.log;

import java.math.BigInteger;
import java.security.cert.CRLReason;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.camseal.authority.status.Revoked;
import org.camseal.identity.CertificateProfile;

/**
 * One leaf of the transparency log: that a certificate was issued, or that one counts no more. From the two together anyone can see which
 * certificate of a serial is live, and that it is one.
 *
 * <p>The register appends an {@link Issued} with each certificate that it makes live, and a {@link Retired} with each that stops being
 * live, in the same transaction: also when a certificate is replaced, first the one, then the other.
 *
 * @see LogEntryBytes the form of its bytes
 */
public sealed interface LogEntry {
    /** Largest entry in bytes: bundles carry the length in two (C2SP tlog-tiles, "Log entries"). */
    int MAX_BYTES = 0xffff;

    /** Which certificate of the device it is about. */
    CertificateProfile profile();

    /** The device's serial; of the form that {@link org.camseal.identity.CertificateSubject#serial()} has. */
    String serial();

    /** The leaf: the same for equal entries, on every machine. */
    default byte[] bytes() {
        return LogEntryBytes.of(this);
    }

    /**
     * That a certificate was issued, and is live from here on.
     *
     * @throws IllegalArgumentException if it cannot be encoded, or is too large for a leaf
     */
    static Issued issued(CertificateProfile profile, String serial, X509Certificate certificate) {
        try {
            return new Issued(profile, serial, certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that was read can be written", e);
        }
    }

    /**
     * Reads a leaf.
     *
     * @throws MalformedEntry if it is not exactly the bytes of an entry
     */
    static LogEntry parse(byte[] leaf) throws MalformedEntry {
        return LogEntryBytes.parse(leaf);
    }

    /** A certificate. */
    final class Issued implements LogEntry {
        private final CertificateProfile profile;
        private final String serial;
        private final byte[] certificate;

        /**
         * @param certificate in DER; copied
         * @throws IllegalArgumentException if the serial is of another form, or the whole too large
         */
        public Issued(CertificateProfile profile, String serial, byte[] certificate) {
            this.profile = profile;
            this.serial = LogEntryBytes.requireSerial(serial);
            this.certificate = certificate.clone();
            LogEntryBytes.requireLength(certificate);
        }

        @Override
        public CertificateProfile profile() {
            return profile;
        }

        @Override
        public String serial() {
            return serial;
        }

        /** In DER; a copy. */
        public byte[] certificate() {
            return certificate.clone();
        }

        @Override
        public String toString() {
            return "issued " + profile.label() + " " + serial;
        }
    }

    /**
     * That a certificate of that serial and profile, the one that was live, counts no more.
     *
     * @param revoked which certificate, since when, and why
     */
    record Retired(CertificateProfile profile, String serial, Revoked revoked) implements LogEntry {
        public Retired {
            LogEntryBytes.requireSerial(serial);
        }

        /** As revoked, in one call. */
        public static Retired of(
                CertificateProfile profile, String serial, BigInteger certificateSerial, Instant at, CRLReason reason) {
            return new Retired(profile, serial, new Revoked(certificateSerial, at, reason, Optional.empty()));
        }

        @Override
        public String toString() {
            return "retired " + profile.label() + " " + serial;
        }
    }

    /** Bytes that are no entry. */
    final class MalformedEntry extends Exception {
        MalformedEntry(String message) {
            super(message);
        }
    }
}
