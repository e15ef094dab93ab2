package org.camseal.streaming.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtp.ReplayExtension.Flag;
import org.junit.jupiter.api.Test;

class ReplayExtensionTest {
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.500Z");

    /** 12 bytes of header, the extension, one byte of payload. */
    private static byte[] packet(ReplayExtension extension) {
        byte[] bytes = new byte[RtpPacket.HEADER_LENGTH + ReplayExtension.LENGTH + 1];
        RtpPacket.writeHeader(bytes, 0, 96, RtpPacket.Mark.MARKED, 7, 8, 9);
        extension.write(bytes);
        bytes[bytes.length - 1] = 0x41;
        return bytes;
    }

    @Test
    void everyByteStandsWhereTheSpecificationSays() throws Exception {
        ReplayExtension extension =
                new ReplayExtension(NtpTime.of(AT), EnumSet.of(Flag.CLEAN_POINT, Flag.DISCONTINUITY), 0xfe);
        byte[] bytes = packet(extension);
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("90e0" + "0007" + "00000008" + "00000009" + "abac0003" + ntp(AT) + "a0fe0000" + "41");
        RtpPacket read = RtpPacket.parse(bytes);
        assertThat(ReplayExtension.of(read)).contains(extension);
        assertThat(read.payloadLength()).isEqualTo(1);
        assertThat(extension.time().toInstant()).isEqualTo(AT);
    }

    private static String ntp(Instant at) {
        return HexFormat.of().toHexDigits((int) (at.getEpochSecond() + 2_208_988_800L)) + "80000000";
    }

    @Test
    void eachFlagIsItsOwnBit() throws Exception {
        Map<Flag, Integer> bits = Map.of(
                Flag.CLEAN_POINT, 0x80, Flag.END_OF_SECTION, 0x40, Flag.DISCONTINUITY, 0x20, Flag.TERMINAL, 0x10);
        for (Flag flag : Flag.values()) {
            byte[] bytes = packet(new ReplayExtension(NtpTime.of(AT), Set.of(flag), 1));
            assertThat(bytes[24] & 0xff).isEqualTo(bits.get(flag));
            assertThat(ReplayExtension.of(RtpPacket.parse(bytes)).orElseThrow().flags())
                    .containsExactly(flag);
        }
    }

    @Test
    void otherExtensionsAndNoneAreNotOnes() throws Exception {
        byte[] bytes = packet(new ReplayExtension(NtpTime.of(AT), Set.of(), 0));
        byte[] other = bytes.clone();
        other[12] = 0x0b;
        assertThat(ReplayExtension.of(RtpPacket.parse(other))).isEmpty();
        byte[] none = bytes.clone();
        none[0] = (byte) 0x80;
        assertThat(ReplayExtension.of(RtpPacket.parse(none))).isEmpty();
        byte[] shorter = Arrays.copyOf(bytes, 12 + 4 + 8);
        shorter[15] = 2;
        assertThatThrownBy(() -> ReplayExtension.of(RtpPacket.parse(shorter)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("8 bytes; 12 expected");
    }
}
