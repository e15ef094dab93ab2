package org.camseal.streaming.mikey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtp.BigEndian;
import org.camseal.streaming.rtp.NtpTime;
import org.camseal.streaming.srtp.Mki;
import org.camseal.streaming.srtp.SrtpKey;
import org.camseal.streaming.srtp.SrtpProfile;
import org.jspecify.annotations.Nullable;

/** Reads one message, payload by payload (RFC 3830 section 6); every length is held against what is left. */
final class MikeyReader {
    private static final int MOST_PAYLOADS = 32;
    private static final int CRYPTO_SESSION = 9;
    private static final int LEAST_RAND = 16;
    private static final int MOST_MKI = 32;

    /** What one KEMAC payload carries. */
    private record Carried(
            int type,
            int from,
            int length,
            int saltFrom,
            int saltLength,
            @Nullable Mki mki) {}

    private final byte[] bytes;
    private final PolicyParameters policy = new PolicyParameters();
    private final List<MikeyMessage.CryptoSession> sessions = new ArrayList<>();
    private int at;
    private NtpTime time = new NtpTime(0);
    private String rand = "";
    private boolean hasPolicy;
    private @Nullable Carried carried;

    MikeyReader(byte[] bytes) {
        this.bytes = bytes;
    }

    MikeyMessage read() throws ProtocolException {
        int next = header();
        int bundle = BigEndian.i32(bytes, 4);
        for (int i = 0; next != Payload.LAST; i++) {
            if (i == MOST_PAYLOADS) {
                throw new ProtocolException("MIKEY message of more than " + MOST_PAYLOADS + " payloads");
            }
            int type = next;
            next = u8();
            payload(type);
        }
        if (carried == null || !hasPolicy || rand.isEmpty()) {
            throw new ProtocolException(
                    "MIKEY message without " + (rand.isEmpty() ? "RAND" : hasPolicy ? "key" : "policy")
                            + "; T, RAND, SP and KEMAC expected (RFC 3830 section 3.1)");
        }
        return new MikeyMessage(bundle, sessions, time, rand, key(carried, policy.profile()), carried.mki());
    }

    private int header() throws ProtocolException {
        int version = u8();
        int type = u8();
        int next = u8();
        int prf = u8() & 0x7f; // in front of it, whether an answer is expected: the answer to RTSP is one
        skip(4);
        int count = u8();
        int map = u8();
        if (version != Payload.VERSION || type != Payload.PSK_INIT || prf != 0 || map != Payload.SRTP_ID) {
            throw new ProtocolException("MIKEY version " + version + ", data type " + type + ", function " + prf
                    + ", map " + map + "; 1, 0 (pre-shared key), 0 and 0 (SRTP) expected (RFC 3830 section 6.1)");
        }
        for (int i = 0; i < count; i++) {
            int from = skip(CRYPTO_SESSION);
            sessions.add(
                    new MikeyMessage.CryptoSession(BigEndian.i32(bytes, from + 1), BigEndian.i32(bytes, from + 5)));
        }
        return next;
    }

    private void payload(int type) throws ProtocolException {
        switch (type) {
            case Payload.TIMESTAMP -> timestamp();
            case Payload.RAND -> {
                int length = u8();
                int from = skip(length);
                if (length < LEAST_RAND) {
                    throw new ProtocolException(
                            "MIKEY RAND of " + length + " bytes; 16 at least expected (RFC 3830 section 6.11)");
                }
                rand = HexFormat.of().formatHex(bytes, from, from + length);
            }
            case Payload.ID -> {
                u8();
                skip(u16());
            }
            case Payload.SECURITY_POLICY -> securityPolicy();
            case Payload.KEMAC -> kemac();
            default ->
                throw new ProtocolException("MIKEY payload " + type + " at byte " + (at - 1)
                        + "; T, RAND, ID, SP and KEMAC are accepted (RFC 3830 section 6.1)");
        }
    }

    private void timestamp() throws ProtocolException {
        int kind = u8();
        switch (kind) {
            case Payload.NTP_UTC, Payload.NTP -> {
                int from = skip(8);
                time = new NtpTime(BigEndian.u32(bytes, from) << 32 | BigEndian.u32(bytes, from + 4));
            }
            case Payload.COUNTER -> skip(4);
            default -> throw new ProtocolException("MIKEY timestamp of kind " + kind + " (RFC 3830 section 6.6)");
        }
    }

    private void securityPolicy() throws ProtocolException {
        u8(); // its number: the first policy counts, as the first key does
        int protocol = u8();
        int length = u16();
        int from = skip(length);
        if (protocol != Payload.SRTP) {
            throw new ProtocolException("MIKEY policy for protocol " + protocol + "; 0 (SRTP) expected");
        }
        if (!hasPolicy) {
            hasPolicy = true;
            parameters(from, from + length);
        }
    }

    private void parameters(int from, int end) throws ProtocolException {
        for (int p = from; p < end; ) {
            int length = p + 1 < end ? bytes[p + 1] & 0xff : Integer.MAX_VALUE;
            if (length > end - p - 2) {
                throw new ProtocolException("MIKEY policy parameter at byte " + p + " passes the end of the policy");
            }
            policy.add(bytes[p] & 0xff, bytes, p + 2, length);
            p += 2 + length;
        }
    }

    private void kemac() throws ProtocolException {
        int encryption = u8();
        int length = u16();
        int end = at + length;
        if (length > bytes.length - at) {
            throw truncated(length);
        }
        if (encryption != Payload.NULL_ENCRYPTION) {
            throw new ProtocolException(
                    "MIKEY key data under cipher " + encryption + "; 0 (NULL) expected, inside TLS");
        }
        if (carried == null) {
            carried = keyData(end);
        }
        at = end;
        int mac = u8();
        if (mac != Payload.NULL_MAC) {
            throw new ProtocolException("MIKEY with MAC " + mac + "; 0 (NULL) expected, inside TLS");
        }
    }

    /** The first key; others behind it are passed over. */
    private Carried keyData(int end) throws ProtocolException {
        u8();
        int kinds = u8();
        int type = kinds >> 4;
        int validity = kinds & 0x0f;
        int length = u16();
        int from = skip(length);
        if (type != Payload.TEK && type != Payload.TEK_AND_SALT) {
            throw new ProtocolException("MIKEY key of type " + type + "; 2 (TEK) or 3 (TEK and salt) expected");
        }
        int saltLength = type == Payload.TEK_AND_SALT ? u16() : 0;
        int saltFrom = skip(saltLength);
        Mki mki = null;
        if (validity == Payload.SPI) {
            int mkiLength = u8();
            int mkiFrom = skip(mkiLength);
            if (mkiLength == 0 || mkiLength > MOST_MKI) {
                throw new ProtocolException("MKI of " + mkiLength + " bytes; 1 to " + MOST_MKI + " expected");
            }
            mki = Mki.of(Arrays.copyOfRange(bytes, mkiFrom, mkiFrom + mkiLength));
        } else if (validity != Payload.NO_VALIDITY) {
            throw new ProtocolException("MIKEY key with validity of kind " + validity + "; 0 or 1 (MKI) expected");
        }
        if (at > end) {
            throw new ProtocolException("MIKEY key data passes the end of its payload, at byte " + end);
        }
        return new Carried(type, from, length, saltFrom, saltLength, mki);
    }

    private SrtpKey key(Carried found, SrtpProfile profile) throws ProtocolException {
        int expectedKey = found.type() == Payload.TEK ? SrtpKey.lengthOf(profile) : profile.keyLength();
        int expectedSalt = found.type() == Payload.TEK ? 0 : profile.saltLength();
        if (found.length() != expectedKey || found.saltLength() != expectedSalt) {
            throw new ProtocolException("MIKEY key of " + found.length() + " bytes and salt of " + found.saltLength()
                    + "; " + expectedKey + " and " + expectedSalt + " expected for " + profile);
        }
        byte[] both = Arrays.copyOf(
                Arrays.copyOfRange(bytes, found.from(), found.from() + found.length()), SrtpKey.lengthOf(profile));
        System.arraycopy(bytes, found.saltFrom(), both, found.length(), found.saltLength());
        try {
            return SrtpKey.of(profile, both);
        } finally {
            Arrays.fill(both, (byte) 0);
        }
    }

    private int u8() throws ProtocolException {
        return bytes[skip(1)] & 0xff;
    }

    private int u16() throws ProtocolException {
        return BigEndian.u16(bytes, skip(2));
    }

    /** Passes over bytes; returns where they began. */
    private int skip(int count) throws ProtocolException {
        if (count > bytes.length - at) {
            throw truncated(count);
        }
        int from = at;
        at += count;
        return from;
    }

    private ProtocolException truncated(int count) {
        return new ProtocolException(
                "MIKEY message of " + bytes.length + " bytes ends inside a field of " + count + " bytes at byte " + at);
    }
}
