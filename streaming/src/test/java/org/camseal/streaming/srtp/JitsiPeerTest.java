package org.camseal.streaming.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.camseal.streaming.srtp.Unprotected.Clear;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jitsi's SRTP reads what we send, and we read what it sends, across a rollover. */
class JitsiPeerTest {
    private static final int ROOM = 40;
    private static final int FIRST = 65_500;
    private static final int LAST = 65_600;
    private static final int HMAC_KEY = 20;

    static {
        Logger.getLogger("org.jitsi").setLevel(Level.WARNING); // it tells which ciphers the machine has
    }

    private final Packets packets = new Packets();

    private static SrtpPolicy policy(SrtpProfile profile, int tag) {
        int cipher = profile.isAead() ? SrtpPolicy.AESGCM_ENCRYPTION : SrtpPolicy.AESCM_ENCRYPTION;
        int authentication = profile.isAead() ? SrtpPolicy.NULL_AUTHENTICATION : SrtpPolicy.HMACSHA1_AUTHENTICATION;
        return new SrtpPolicy(
                cipher,
                profile.keyLength(),
                authentication,
                profile.isAead() ? 0 : HMAC_KEY,
                tag,
                profile.saltLength());
    }

    private static SrtpContextFactory factory(SrtpKey key, boolean sender) {
        SrtpProfile profile = key.profile();
        return new SrtpContextFactory(
                sender,
                key.key(),
                key.salt(),
                policy(profile, profile.tagLength()),
                policy(profile, profile.controlTagLength()),
                new LoggerImpl("org.jitsi.srtp"));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void jitsiReadsWhatWeSend(SrtpProfile profile) throws Exception {
        SrtpKey key = Packets.key(profile, 5);
        SrtpSender sender = new SrtpSender(key, null, Packets.SSRC);
        SrtpContextFactory factory = factory(key, false);
        SrtpCryptoContext media = factory.deriveContext(Packets.SSRC, 0);
        SrtcpCryptoContext control = factory.deriveControlContext(Packets.SSRC);
        for (int i = FIRST; i < LAST; i++) {
            byte[] payload = packets.payload(i % 1200);
            Buffer sent = new Buffer(Packets.protect(sender, i & 0xffff, payload));
            assertThat(media.reverseTransformPacket(sent, false)).isEqualTo(SrtpErrorStatus.OK);
            assertThat(sent.bytes()).isEqualTo(Packets.clear(Packets.header(i & 0xffff), payload));
            Buffer report = new Buffer(sender.protectControl(Packets.report(i)));
            assertThat(control.reverseTransformPacket(report)).isEqualTo(SrtpErrorStatus.OK);
            assertThat(report.bytes()).isEqualTo(Packets.report(i));
        }
        byte[] changed = Packets.protect(sender, LAST & 0xffff, new byte[20]);
        changed[15] ^= 1;
        assertThat(media.reverseTransformPacket(new Buffer(changed), false)).isEqualTo(SrtpErrorStatus.AUTH_FAIL);
        factory.close();
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void weReadWhatJitsiSends(SrtpProfile profile) throws Exception {
        SrtpKey key = Packets.key(profile, 6);
        SrtpReceiver receiver = new SrtpReceiver(key, null);
        SrtpContextFactory factory = factory(key, true);
        SrtpCryptoContext media = factory.deriveContext(Packets.SSRC, 0);
        SrtcpCryptoContext control = factory.deriveControlContext(Packets.SSRC);
        for (int i = FIRST; i < LAST; i++) {
            byte[] clear = Packets.clear(Packets.header(i & 0xffff), packets.payload(i % 1200));
            Buffer sent = new Buffer(clear);
            assertThat(media.transformPacket(sent)).isEqualTo(SrtpErrorStatus.OK);
            byte[] packet = sent.bytes();
            assertThat(receiver.media(packet, packet.length)).isEqualTo(new Clear(clear.length));
            assertThat(Arrays.copyOf(packet, clear.length)).isEqualTo(clear);
            Buffer sentReport = new Buffer(Packets.report(i));
            assertThat(control.transformPacket(sentReport)).isEqualTo(SrtpErrorStatus.OK);
            byte[] report = sentReport.bytes();
            assertThat(receiver.control(report, report.length)).isEqualTo(new Clear(Packets.report(i).length));
            assertThat(Arrays.copyOf(report, Packets.report(i).length)).isEqualTo(Packets.report(i));
        }
        factory.close();
    }

    /** A packet in an array with room behind it. */
    private static final class Buffer implements ByteArrayBuffer {
        private byte[] array;
        private int offset;
        private int length;

        Buffer(byte[] packet) {
            this.array = Arrays.copyOf(packet, packet.length + ROOM);
            this.length = packet.length;
        }

        byte[] bytes() {
            return Arrays.copyOfRange(array, offset, offset + length);
        }

        @Override
        public byte[] getBuffer() {
            return array;
        }

        @Override
        public int getOffset() {
            return offset;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int newLength) {
            length = newLength;
        }

        @Override
        public void setOffset(int newOffset) {
            offset = newOffset;
        }

        @Override
        public boolean isInvalid() {
            return false;
        }

        @Override
        public void readRegionToBuff(int from, int count, byte[] to) {
            System.arraycopy(array, offset + from, to, 0, count);
        }

        @Override
        public void grow(int more) {
            array = Arrays.copyOf(array, array.length + more);
        }

        @Override
        public void append(byte[] data, int count) {
            if (offset + length + count > array.length) {
                grow(count);
            }
            System.arraycopy(data, 0, array, offset + length, count);
            length += count;
        }

        @Override
        public void shrink(int less) {
            length -= less;
        }
    }
}
