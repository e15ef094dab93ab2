package org.camseal.streaming.mikey;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.camseal.streaming.srtp.Mki;
import org.camseal.streaming.srtp.SrtpKey;
import org.jspecify.annotations.Nullable;

/** The bytes of a message (RFC 3830 section 6). */
final class MikeyWriter {
    private static final int POLICY = 0;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private MikeyWriter() {}

    static byte[] write(MikeyMessage message) {
        MikeyWriter writer = new MikeyWriter();
        writer.header(message);
        writer.u8(Payload.RAND);
        writer.u8(Payload.NTP_UTC);
        writer.u32((int) (message.time().bits() >>> 32));
        writer.u32((int) message.time().bits());
        byte[] rand = HexFormat.of().parseHex(message.rand());
        writer.u8(Payload.SECURITY_POLICY);
        writer.u8(rand.length);
        writer.out.writeBytes(rand);
        byte[] policy = PolicyParameters.write(message.key().profile());
        writer.u8(Payload.KEMAC);
        writer.u8(POLICY);
        writer.u8(Payload.SRTP);
        writer.u16(policy.length);
        writer.out.writeBytes(policy);
        byte[] keyData = keyData(message.key(), message.mki());
        writer.u8(Payload.LAST);
        writer.u8(Payload.NULL_ENCRYPTION);
        writer.u16(keyData.length);
        writer.out.writeBytes(keyData);
        writer.u8(Payload.NULL_MAC);
        return writer.out.toByteArray();
    }

    private void header(MikeyMessage message) {
        u8(Payload.VERSION);
        u8(Payload.PSK_INIT);
        u8(Payload.TIMESTAMP);
        u8(0); // no answer is expected; the pseudo-random function is MIKEY-1
        u32(message.bundle());
        u8(message.sessions().size());
        u8(Payload.SRTP_ID);
        for (MikeyMessage.CryptoSession session : message.sessions()) {
            u8(POLICY);
            u32(session.ssrc());
            u32(session.rolloverCounter());
        }
    }

    private static byte[] keyData(SrtpKey key, @Nullable Mki mki) {
        MikeyWriter writer = new MikeyWriter();
        byte[] bytes = key.keyAndSalt();
        writer.u8(Payload.LAST);
        writer.u8(Payload.TEK << 4 | (mki == null ? Payload.NO_VALIDITY : Payload.SPI));
        writer.u16(bytes.length);
        writer.out.writeBytes(bytes);
        if (mki != null) {
            writer.u8(mki.length());
            writer.out.writeBytes(mki.bytes());
        }
        return writer.out.toByteArray();
    }

    private void u8(int value) {
        out.write(value);
    }

    private void u16(int value) {
        u8(value >> 8);
        u8(value);
    }

    private void u32(int value) {
        u16(value >> 16);
        u16(value);
    }
}
