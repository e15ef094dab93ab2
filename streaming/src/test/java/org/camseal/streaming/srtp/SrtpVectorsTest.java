package org.camseal.streaming.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.camseal.streaming.srtp.KeyDerivation.Use;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The known answers of RFC 3711 appendix B, RFC 6188 section 7 and RFC 7714 sections 16 and 17. */
class SrtpVectorsTest {
    private static final byte[] NO_MKI = new byte[0];
    private static final String KEY_128 = "000102030405060708090a0b0c0d0e0f";
    private static final String KEY_256 = KEY_128 + "101112131415161718191a1b1c1d1e1f";
    private static final String SALT = "517569642070726f2071756f";
    private static final String RTP_HEADER = "8040f17b8041f8d35501a0b2";
    private static final String RTP_PAYLOAD =
            "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
    private static final int RTP_SSRC = 0x5501a0b2;
    private static final int SEQUENCE = 0xf17b;
    private static final String RTCP_HEADER = "81c8000d4d617273";
    private static final String RTCP =
            RTCP_HEADER + "4e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
    private static final int RTCP_SSRC = 0x4d617273;

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void sessionKeysOfRfc3711() {
        SrtpKey master = SrtpKey.of(
                SrtpProfile.AES_CM_128_HMAC_SHA1_80,
                hex("e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6"));
        try (KeyDerivation derivation = new KeyDerivation(master)) {
            assertThat(hex(derivation.encryptionKey(Use.MEDIA, 16))).isEqualTo("c61e7a93744f39ee10734afe3ff7a087");
            assertThat(hex(derivation.salt(Use.MEDIA, 14))).isEqualTo("30cbbc08863d8c85d49db34a9ae1");
            assertThat(hex(derivation.authenticationKey(Use.MEDIA, 94)))
                    .isEqualTo("cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbce"
                            + "e049646c43d9327ad175578ef72270986371c10c9a369ac2f94a8c5fbcdddc25"
                            + "6d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2");
        }
    }

    @Test
    void sessionKeysOfRfc6188() {
        SrtpKey master = SrtpKey.of(
                SrtpProfile.AES_256_CM_HMAC_SHA1_80,
                hex("f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b63b04803de51ee7c96423ab5b78d2"));
        try (KeyDerivation derivation = new KeyDerivation(master)) {
            assertThat(hex(derivation.encryptionKey(Use.MEDIA, 32)))
                    .isEqualTo("5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4");
            assertThat(hex(derivation.salt(Use.MEDIA, 14))).isEqualTo("fa31791685ca444a9e07c6c64e93");
            assertThat(hex(derivation.authenticationKey(Use.MEDIA, 20)))
                    .isEqualTo("fd9c32d39ed5fbb5a9dc96b30818454d1313dc05");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 3711 appendix B.2
        "2b7e151628aed2a6abf7158809cf4f3c, e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab"
                + "41e95b3bb0a2e8dd477901e4fca894c0",
        // RFC 6188 section 7.1
        "57f82fe3613fd170a85ec93c40b1f0922ec4cb0dc025b58272147cc438944a98, 92bdd28a93c3f52511c677d08b5515a4"
                + "9da71b2378a854f67050756ded165bac63c4868b7096d88421b563b8c94c9a31"
    })
    void keyStream(String key, String stream) {
        SessionCipher cipher = new CounterCipher(hex(key), new byte[20], hex("f0f1f2f3f4f5f6f7f8f9fafbfcfd"), 10);
        byte[] packet = new byte[12 + 48 + 10];
        cipher.protectMedia(packet, 12, new byte[48], 0, 0, NO_MKI);
        assertThat(hex(Arrays.copyOfRange(packet, 12, 60))).isEqualTo(stream);
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 7714 sections 16.1.1 and 16.1.2
        KEY_128 + ", f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                + "899d7f27beb16a9152cf765ee4390cce",
        // sections 16.2.1 and 16.2.2
        KEY_256 + ", 32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
                + "7aa3db36dfffd6b0f9bb7878d7a76c13"
    })
    void mediaUnderGcm(String key, String sealed) {
        SessionCipher cipher = new GcmCipher(hex(key), hex(SALT));
        byte[] packet = Arrays.copyOf(hex(RTP_HEADER), 12 + 38 + 16);
        assertThat(cipher.protectMedia(packet, 12, hex(RTP_PAYLOAD), RTP_SSRC, SEQUENCE, NO_MKI))
                .isEqualTo(packet.length);
        assertThat(hex(packet)).isEqualTo(RTP_HEADER + sealed);
        int length = cipher.unprotectMedia(packet, 12, packet.length, RTP_SSRC, SEQUENCE, 0);
        assertThat(hex(Arrays.copyOf(packet, length))).isEqualTo(RTP_HEADER + RTP_PAYLOAD);
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 7714 section 17.1
        KEY_128 + ", 63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b"
                + "c84aa45896cf4d2fc5abf87245d9eade800005d4",
        // section 17.2
        KEY_256 + ", d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad"
                + "1d1eb30c4446839f57ff6f6cb26ac3be800005d4"
    })
    void controlUnderGcm(String key, String sealed) {
        SessionCipher cipher = new GcmCipher(hex(key), hex(SALT));
        byte[] packet = cipher.protectControl(hex(RTCP), RTCP_SSRC, 0x5d4, NO_MKI);
        assertThat(hex(packet)).isEqualTo(RTCP_HEADER + sealed);
        int length = cipher.unprotectControl(packet, packet.length, RTCP_SSRC, 0x800005d4, 0);
        assertThat(hex(Arrays.copyOf(packet, length))).isEqualTo(RTCP);
    }

    /** RFC 7714 section 17.3: in clear, but authentic; changed, it is not. */
    @Test
    void controlInClearUnderGcmIsCheckedAllTheSame() {
        SessionCipher cipher = new GcmCipher(hex(KEY_128), hex(SALT));
        byte[] packet = hex(RTCP + "841dd9683dd78ec92ae58790125f62b3000005d4");
        assertThat(cipher.unprotectControl(packet.clone(), packet.length, RTCP_SSRC, 0x5d4, 0))
                .isEqualTo(RTCP.length() / 2);
        packet[20] ^= 1;
        assertThat(cipher.unprotectControl(packet, packet.length, RTCP_SSRC, 0x5d4, 0))
                .isEqualTo(SessionCipher.REFUSED);
    }
}
