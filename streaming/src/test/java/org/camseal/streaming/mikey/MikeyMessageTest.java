package org.camseal.streaming.mikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.mikey.MikeyMessage.CryptoSession;
import org.camseal.streaming.rtp.NtpTime;
import org.camseal.streaming.srtp.Mki;
import org.camseal.streaming.srtp.SrtpKey;
import org.camseal.streaming.srtp.SrtpProfile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages byte by byte: ours, those of real peers, and those that are refused with their reason. */
class MikeyMessageTest {
    private static final String HEADER = "01 00 05 00 11223344 01 00  00 cafebabe 00000002";
    private static final String TIME_AND_RAND = "0b 00 e6b8a1c480000000  0a 10 000102030405060708090a0b0c0d0e0f";
    private static final String KEY_128 = "e1f97a0d3e018be0d64fa32c06de4139" + "0ec675ad498afeebb6960b3aabe6";
    private static final String COUNTER_MODE =
            "01 00 00 001b  000101 010110 020101 030114 04010e 070101 080101 0a0101 0b010a";

    private static byte[] hex(String spaced) {
        return HexFormat.of().parseHex(spaced.replace(" ", ""));
    }

    private static MikeyMessage message(SrtpKey key, @Nullable Mki mki) {
        return new MikeyMessage(
                0x11223344,
                List.of(new CryptoSession(0xcafebabe, 2)),
                new NtpTime(0xe6b8a1c480000000L),
                "000102030405060708090a0b0c0d0e0f",
                key,
                mki);
    }

    private static byte[] with(String policy, String keyData) {
        byte[] data = hex(keyData);
        String kemac = "00 00 " + HexFormat.of().toHexDigits((short) data.length) + keyData + "00";
        return hex(HEADER + TIME_AND_RAND + policy + kemac);
    }

    @Test
    void ourMessageByteByByte() throws Exception {
        SrtpKey key = SrtpKey.of(SrtpProfile.AES_CM_128_HMAC_SHA1_80, hex(KEY_128));
        byte[] expected = with(COUNTER_MODE, "00 21 001e" + KEY_128 + "04 01020304");
        MikeyMessage message = message(key, Mki.of(0x01020304));
        assertThat(message.toBytes()).isEqualTo(expected);
        assertThat(MikeyMessage.parse(expected)).isEqualTo(message);
        assertThat(message.toString()).doesNotContain("e1f97a").contains("master key");
    }

    /** Of GStreamer: no salt length, the tag's length as the authentication key's, no MKI. */
    @Test
    void theMessageOfGStreamer() throws Exception {
        byte[] bytes = with("01 00 00 0012  000101 010110 020101 03010a 070101 080101", "00 20 001e" + KEY_128);
        MikeyMessage message = MikeyMessage.parse(bytes);
        assertThat(message.key()).isEqualTo(SrtpKey.of(SrtpProfile.AES_CM_128_HMAC_SHA1_80, hex(KEY_128)));
        assertThat(message.mki()).isNull();
        assertThat(message.sessions()).containsExactly(new CryptoSession(0xcafebabe, 2));
        byte[] shortTag = with("01 00 00 0012  000101 010110 020101 030104 070101 080101", "00 20 001e" + KEY_128);
        assertThat(MikeyMessage.parse(shortTag).key().profile()).isEqualTo(SrtpProfile.AES_CM_128_HMAC_SHA1_32);
    }

    /** What ONVIF asks for with AEAD: the salt apart from the key. */
    @Test
    void keyAndSaltApart() throws Exception {
        String policy = "01 00 00 0015  000106 010120 020100 04010c 070101 080101 140110";
        String key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
        byte[] bytes = with(policy, "00 31 0020" + key + "000c 517569642070726f2071756f" + "04 0000000a");
        MikeyMessage message = MikeyMessage.parse(bytes);
        assertThat(message.key())
                .isEqualTo(SrtpKey.of(SrtpProfile.AEAD_AES_256_GCM, hex(key + "517569642070726f2071756f")));
        assertThat(message.mki()).isEqualTo(Mki.of(10));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void everyProfileIsReadAsItWasWritten(SrtpProfile profile) throws Exception {
        for (Mki mki : new Mki[] {null, Mki.of(7), new Mki("0102")}) {
            MikeyMessage message = message(SrtpKey.random(profile, new Random(3)), mki);
            assertThat(MikeyMessage.parseBase64(message.toBase64())).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 01, data type 1", // public key
        "0, 02, version 2",
        "19, 09, payload 9", // verification
        "54, 02, cipher 2", // AES f8
        "60, 02, authentication 2",
        "69, 00, encryption of media 0",
        "72, 00, encryption of control packets 0",
        "75, 00, authentication of media 0",
        "78, 05, tags of 5",
        "57, 18, keys of 24 bytes",
        "66, 0c, bytes of salt 12",
        "80, 01, key data under cipher 1",
        "84, 01, key of type 0",
        "84, 22, validity of kind 2",
    })
    void whatIsNotAcceptedSaysWhy(int at, String value, String reason) throws Exception {
        byte[] good = with(COUNTER_MODE, "00 21 001e" + KEY_128 + "04 01020304");
        assertThat(MikeyMessage.parse(good).mki()).isEqualTo(Mki.of(0x01020304));
        byte[] changed = good.clone();
        changed[at] = hex(value)[0];
        assertThatThrownBy(() -> MikeyMessage.parse(changed))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void everyCutIsRefusedInTheModulesOwnWords() {
        byte[] good = with(COUNTER_MODE, "00 21 001e" + KEY_128 + "04 01020304");
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> MikeyMessage.parse(cut)).isInstanceOf(ProtocolException.class);
        }
        assertThatThrownBy(() -> MikeyMessage.parseBase64("no base64!")).hasMessageContaining("no base64");
        assertThatThrownBy(() -> MikeyMessage.parseBase64("A".repeat(9000))).hasMessageContaining("9000");
    }

    @Test
    void whereItStands() {
        MikeyMessage message = message(SrtpKey.random(SrtpProfile.AEAD_AES_128_GCM, new Random(4)), null);
        String data = Base64.getEncoder().encodeToString(message.toBytes());
        assertThat(KeyManagement.attribute(message)).isEqualTo("mikey " + data);
        assertThat(KeyManagement.dataOfAttribute(" MIKEY  " + data)).contains(data);
        assertThat(KeyManagement.dataOfAttribute("kerberos " + data)).isEmpty();
        String header = KeyManagement.header("rtsps://camera/live/track1", message);
        assertThat(header).isEqualTo("prot=mikey; uri=\"rtsps://camera/live/track1\"; data=\"" + data + "\"");
        assertThat(KeyManagement.dataOfHeader(header)).contains(data);
        assertThat(KeyManagement.dataOfHeader("prot=keyp1;data=\"x\", PROT=MIKEY;data=" + data))
                .contains(data);
        assertThat(KeyManagement.dataOfHeader("prot=mikey")).isEmpty();
    }
}
