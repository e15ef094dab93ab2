package org.camseal.authority.log;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CRLReason;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.camseal.authority.status.Revoked;
import org.camseal.identity.CertificateProfile;

/** The bytes of a {@link LogEntry} (docs/spec/transparency-log.md chapter 2). There is exactly one form for each entry. */
final class LogEntryBytes {
    private static final byte VERSION = 1;
    private static final byte ISSUED = 1;
    private static final byte RETIRED = 2;
    private static final int MAX_TEXT = 64;
    private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

    /** Leaves room for all fields around a certificate. */
    private static final int MAX_CERTIFICATE = LogEntry.MAX_BYTES - 4 - 2 * (1 + MAX_TEXT);

    private LogEntryBytes() {}

    static String requireSerial(String serial) {
        if (!SERIAL.matcher(serial).matches()) {
            throw new IllegalArgumentException("a serial of another form: \"" + serial + "\"");
        }
        return serial;
    }

    static void requireLength(byte[] certificate) {
        if (certificate.length == 0 || certificate.length > MAX_CERTIFICATE) {
            throw new IllegalArgumentException(
                    "a certificate of " + certificate.length + " bytes; a leaf has room for " + MAX_CERTIFICATE);
        }
    }

    static byte[] of(LogEntry entry) {
        ByteBuffer out = ByteBuffer.allocate(LogEntry.MAX_BYTES);
        out.put(VERSION)
                .put(
                        switch (entry) {
                            case LogEntry.Issued _ -> ISSUED;
                            case LogEntry.Retired _ -> RETIRED;
                        });
        put(out, entry.profile().label().getBytes(StandardCharsets.US_ASCII));
        put(out, entry.serial().getBytes(StandardCharsets.US_ASCII));
        switch (entry) {
            case LogEntry.Issued issued -> {
                byte[] certificate = issued.certificate();
                out.putShort((short) certificate.length).put(certificate);
            }
            case LogEntry.Retired retired -> put(out, retired.revoked());
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void put(ByteBuffer out, Revoked revoked) {
        put(out, unsigned(revoked.certificateSerial()));
        out.put((byte) revoked.reasonNumber());
        out.putLong(revoked.at().getEpochSecond());
        out.put((byte) (revoked.invalidityDate().isPresent() ? 1 : 0));
        revoked.invalidityDate().ifPresent(date -> out.putLong(date.getEpochSecond()));
    }

    private static void put(ByteBuffer out, byte[] text) {
        out.put((byte) text.length).put(text);
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    static LogEntry parse(byte[] leaf) throws LogEntry.MalformedEntry {
        try {
            ByteBuffer in = ByteBuffer.wrap(leaf);
            int version = in.get();
            if (version != VERSION) {
                throw new LogEntry.MalformedEntry("version " + version + "; this program knows version " + VERSION);
            }
            int kind = in.get();
            CertificateProfile profile = profile(text(in));
            String serial = text(in);
            LogEntry entry = switch (kind) {
                case ISSUED -> new LogEntry.Issued(profile, serial, bytes(in, in.getShort() & 0xffff));
                case RETIRED -> new LogEntry.Retired(profile, serial, revoked(in));
                default -> throw new LogEntry.MalformedEntry("kind " + kind + " is neither 1, issued, nor 2, retired");
            };
            if (!Arrays.equals(of(entry), leaf)) { // also bytes behind the end
                throw new LogEntry.MalformedEntry("not the one form that this entry has");
            }
            return entry;
        } catch (BufferUnderflowException e) {
            throw new LogEntry.MalformedEntry("it ends after " + leaf.length + " bytes, in the middle of a field");
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new LogEntry.MalformedEntry(String.valueOf(e.getMessage()));
        }
    }

    private static Revoked revoked(ByteBuffer in) throws LogEntry.MalformedEntry {
        BigInteger certificateSerial = new BigInteger(1, bytes(in, in.get() & 0xff));
        int number = in.get() & 0xff;
        CRLReason reason = Revoked.reasonOf(number)
                .orElseThrow(() -> new LogEntry.MalformedEntry("reason " + number + " is none that lasts"));
        Instant at = Instant.ofEpochSecond(in.getLong());
        Optional<Instant> invalidityDate =
                in.get() == 1 ? Optional.of(Instant.ofEpochSecond(in.getLong())) : Optional.empty();
        return new Revoked(certificateSerial, at, reason, invalidityDate);
    }

    private static CertificateProfile profile(String label) throws LogEntry.MalformedEntry {
        for (CertificateProfile profile : CertificateProfile.values()) {
            if (profile.label().equals(label)) {
                return profile;
            }
        }
        throw new LogEntry.MalformedEntry("the profile \"" + label + "\" is not known to this program");
    }

    private static String text(ByteBuffer in) throws LogEntry.MalformedEntry {
        int length = in.get() & 0xff;
        if (length == 0 || length > MAX_TEXT) {
            throw new LogEntry.MalformedEntry("a text of " + length + " characters; 1 to " + MAX_TEXT);
        }
        byte[] text = bytes(in, length);
        for (byte character : text) {
            if (character <= ' ') {
                throw new LogEntry.MalformedEntry("a text with a character that is not printable");
            }
        }
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
