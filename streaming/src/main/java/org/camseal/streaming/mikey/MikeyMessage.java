package org.camseal.streaming.mikey;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtp.NtpTime;
import org.camseal.streaming.srtp.Mki;
import org.camseal.streaming.srtp.SrtpKey;
import org.jspecify.annotations.Nullable;

/**
 * One message: a master key, its policy, and whose packets it is for. Prints without the key.
 *
 * @param bundle number of the bundle of crypto sessions, chosen by the sender
 * @param sessions the sources, in order; at most 255
 * @param time when it was made
 * @param rand 16 to 255 bytes of randomness in hexadecimal digits, of no use here, because the key is carried and not derived
 * @param key the traffic-encrypting key (TEK) with its salt; its profile is the policy
 * @param mki null where packets carry none
 */
public record MikeyMessage(
        int bundle,
        List<CryptoSession> sessions,
        NtpTime time,
        String rand,
        SrtpKey key,
        @Nullable Mki mki) {
    private static final int MOST_BASE64 = 8192;
    private static final int RAND_BYTES = 16;

    /**
     * One source that the key is for (RFC 3830 section 6.1.1).
     *
     * @param ssrc 0 where it is not known yet
     * @param rolloverCounter of its packets now
     */
    public record CryptoSession(int ssrc, int rolloverCounter) {}

    public MikeyMessage {
        sessions = List.copyOf(sessions);
        if (sessions.size() > 255 || !rand.matches("([0-9a-f]{2}){16,255}")) {
            throw new IllegalArgumentException(
                    "at most 255 crypto sessions, and 16 to 255 bytes of randomness expected");
        }
    }

    /** A new message for one source. */
    public static MikeyMessage of(
            CryptoSession session, NtpTime time, SrtpKey key, @Nullable Mki mki, RandomGenerator random) {
        byte[] rand = new byte[RAND_BYTES];
        random.nextBytes(rand);
        return new MikeyMessage(
                random.nextInt(), List.of(session), time, HexFormat.of().formatHex(rand), key, mki);
    }

    /**
     * Reads a message.
     *
     * @throws ProtocolException where it breaks the format or is of a kind that is refused; the message says which, and nothing of the key
     */
    public static MikeyMessage parse(byte[] bytes) throws ProtocolException {
        return new MikeyReader(bytes).read();
    }

    /** Reads a message as SDP and RTSP carry it; at most 8192 characters. */
    public static MikeyMessage parseBase64(String text) throws ProtocolException {
        String bare = text.strip();
        if (bare.isEmpty() || bare.length() > MOST_BASE64) {
            throw new ProtocolException("MIKEY message of " + bare.length() + " characters; 1 to " + MOST_BASE64
                    + " of base64 expected (RFC 4567 section 3.1)");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(bare);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("MIKEY message that is no base64 (RFC 4567 section 3.1)");
        }
        return parse(bytes);
    }

    /** The bytes of the message, the policy with authentication key, salt and tag lengths, the key and its salt as one TEK. */
    public byte[] toBytes() {
        return MikeyWriter.write(this);
    }

    /** As SDP and RTSP carry it. */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(toBytes());
    }
}
