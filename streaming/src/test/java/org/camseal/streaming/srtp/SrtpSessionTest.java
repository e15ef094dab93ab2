package org.camseal.streaming.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.camseal.streaming.srtp.Unprotected.Clear;
import org.camseal.streaming.srtp.Unprotected.Reason;
import org.camseal.streaming.srtp.Unprotected.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sender and a receiver of ours: what arrives, and what is refused with which reason. */
class SrtpSessionTest {
    private static final Mki MKI = Mki.of(0x01020304);
    private static final Mki NEXT_MKI = Mki.of(0x01020305);

    private final Packets packets = new Packets();

    private static Unprotected media(SrtpReceiver receiver, byte[] packet) {
        return receiver.media(packet, packet.length);
    }

    private static Unprotected control(SrtpReceiver receiver, byte[] packet) {
        return receiver.control(packet, packet.length);
    }

    private static void arrives(SrtpReceiver receiver, byte[] sent, int sequence, byte[] payload) {
        byte[] packet = sent.clone();
        byte[] clear = Packets.clear(Packets.header(sequence), payload);
        assertThat(media(receiver, packet)).isEqualTo(new Clear(clear.length));
        assertThat(Arrays.copyOf(packet, clear.length)).isEqualTo(clear);
    }

    private static void refused(Unprotected answer, Reason reason) {
        assertThat(answer).isEqualTo(new Refused(reason));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void packetsArriveAcrossRolloversAndUnderTheNextKey(SrtpProfile profile) {
        for (Mki mki : new Mki[] {null, MKI}) {
            SrtpKey key = Packets.key(profile, 1);
            SrtpSender sender = new SrtpSender(key, mki, Packets.SSRC);
            SrtpReceiver receiver = new SrtpReceiver(key, mki);
            int last = 3 * 65_536 / 997;
            for (int i = 0; i < last; i++) {
                byte[] payload = packets.payload(i % 50 == 0 ? 0 : i);
                byte[] sent = Packets.protect(sender, i * 997 & 0xffff, payload);
                assertThat(sent.length - payload.length).isEqualTo(12 + sender.overhead());
                arrives(receiver, sent, i * 997 & 0xffff, payload);
                byte[] report = sender.protectControl(Packets.report(i));
                assertThat(control(receiver, report)).isEqualTo(new Clear(Packets.report(i).length));
                assertThat(Arrays.copyOf(report, Packets.report(i).length)).isEqualTo(Packets.report(i));
            }
            assertThat(sender.rolloverCounter()).isEqualTo(2);
            if (mki != null) {
                SrtpKey next = Packets.key(profile, 2);
                sender.rekey(next, NEXT_MKI);
                byte[] sent = Packets.protect(sender, last * 997 & 0xffff, new byte[100]);
                refused(media(receiver, sent.clone()), Reason.UNKNOWN_KEY);
                receiver.accept(next, NEXT_MKI);
                arrives(receiver, sent, last * 997 & 0xffff, new byte[100]);
                assertThat(sender.rolloverCounter())
                        .as("a new key changes no index")
                        .isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void everyChangedBitAndEveryCutIsRefused(SrtpProfile profile) {
        SrtpKey key = Packets.key(profile, 1);
        SrtpSender sender = new SrtpSender(key, MKI, Packets.SSRC);
        SrtpReceiver receiver = new SrtpReceiver(key, MKI);
        byte[] payload = packets.payload(40);
        byte[] sent = Packets.protect(sender, 100, payload);
        byte[] report = sender.protectControl(Packets.report(1));
        for (int bit = 0; bit < 8 * sent.length; bit++) {
            byte[] changed = sent.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(media(receiver, changed)).as("bit %s", bit).isInstanceOf(Refused.class);
        }
        for (int bit = 0; bit < 8 * report.length; bit++) {
            byte[] changed = report.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(control(receiver, changed)).as("control bit %s", bit).isInstanceOf(Refused.class);
        }
        for (int length = 0; length < sent.length; length++) {
            assertThat(media(receiver, Arrays.copyOf(sent, length))).isInstanceOf(Refused.class);
        }
        for (int length = 0; length < report.length; length++) {
            assertThat(control(receiver, Arrays.copyOf(report, length))).isInstanceOf(Refused.class);
        }
        byte[] changed = sent.clone();
        changed[20] ^= 1;
        refused(media(receiver, changed), Reason.NOT_AUTHENTIC);
        changed = report.clone();
        changed[20] ^= 1;
        refused(control(receiver, changed), Reason.NOT_AUTHENTIC);
        refused(media(receiver, Arrays.copyOf(sent, 11)), Reason.MALFORMED);
        refused(media(new SrtpReceiver(Packets.key(profile, 2), MKI), sent.clone()), Reason.NOT_AUTHENTIC);
        refused(media(new SrtpReceiver(key, NEXT_MKI), sent.clone()), Reason.UNKNOWN_KEY);
        arrives(receiver, sent, 100, payload); // nothing of all that was kept
        assertThat(control(receiver, report)).isInstanceOf(Clear.class);
    }

    @Test
    void whatWasThereBeforeIsRefusedAndWhatIsOvertakenIsNot() {
        SrtpKey key = Packets.key(SrtpProfile.AEAD_AES_128_GCM, 1);
        SrtpSender sender = new SrtpSender(key, null, Packets.SSRC);
        SrtpReceiver receiver = new SrtpReceiver(key, null);
        byte[] payload = packets.payload(30);
        byte[][] sent = new byte[3000][];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = Packets.protect(sender, 65_000 + i & 0xffff, payload);
        }
        arrives(receiver, sent[0], 65_000, payload);
        arrives(receiver, sent[600], 65_600 & 0xffff, payload);
        arrives(receiver, sent[535], 65_535, payload); // from before the rollover, behind it
        arrives(receiver, sent[599], 65_599 & 0xffff, payload);
        refused(media(receiver, sent[600].clone()), Reason.REPLAYED);
        refused(media(receiver, sent[535].clone()), Reason.REPLAYED);
        arrives(receiver, sent[2999], 67_999 & 0xffff, payload);
        refused(media(receiver, sent[2999 - ReplayWindow.SIZE].clone()), Reason.REPLAYED);
        arrives(receiver, sent[3000 - ReplayWindow.SIZE], 68_000 - ReplayWindow.SIZE & 0xffff, payload);
        byte[] report = sender.protectControl(Packets.report(1));
        assertThat(control(receiver, report.clone())).isInstanceOf(Clear.class);
        refused(control(receiver, report), Reason.REPLAYED);
    }

    @Test
    void aReceiverThatComesLaterIsToldTheRollovers() {
        SrtpKey key = Packets.key(SrtpProfile.AES_CM_128_HMAC_SHA1_80, 1);
        SrtpSender sender = new SrtpSender(key, null, Packets.SSRC);
        byte[] payload = packets.payload(30);
        for (int i = 0; i < 7; i++) {
            Packets.protect(sender, i * 30_000 & 0xffff, payload);
        }
        byte[] sent = Packets.protect(sender, 7 * 30_000 & 0xffff, payload);
        refused(media(new SrtpReceiver(key, null), sent.clone()), Reason.NOT_AUTHENTIC);
        SrtpReceiver told = new SrtpReceiver(key, null);
        told.rolloverCounter(Packets.SSRC, sender.rolloverCounter());
        arrives(told, sent, 7 * 30_000 & 0xffff, payload);
    }

    @Test
    void noPacketIndexIsUsedTwice() {
        SrtpSender sender = new SrtpSender(Packets.key(SrtpProfile.AEAD_AES_256_GCM, 1), null, Packets.SSRC);
        Packets.protect(sender, 10, new byte[5]);
        Packets.protect(sender, 12, new byte[5]);
        assertThatThrownBy(() -> Packets.protect(sender, 12, new byte[5])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Packets.protect(sender, 11, new byte[5])).isInstanceOf(IllegalArgumentException.class);
        byte[] ofAnother = Packets.report(1);
        ofAnother[4] ^= 1;
        assertThatThrownBy(() -> sender.protectControl(ofAnother)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysAreComparedAndPrintedWithoutTheirBytes() {
        SrtpKey key = Packets.key(SrtpProfile.AEAD_AES_128_GCM, 1);
        assertThat(key).isEqualTo(SrtpKey.of(key.profile(), key.keyAndSalt()));
        assertThat(key).isNotEqualTo(Packets.key(SrtpProfile.AEAD_AES_128_GCM, 2));
        assertThat(key).hasToString("AEAD_AES_128_GCM master key");
        key.close();
        assertThat(key.keyAndSalt()).containsOnly(0);
        assertThatThrownBy(() -> SrtpKey.of(SrtpProfile.AEAD_AES_128_GCM, new byte[30]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("28");
    }
}
