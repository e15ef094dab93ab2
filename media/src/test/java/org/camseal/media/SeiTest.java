package org.camseal.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeiTest {
    private static final UUID ID = UUID.fromString("00000102-0300-4000-8000-0000000000ff");

    @Test
    void aUserDataUnitByteForByte() {
        NalUnit nal = Sei.userDataUnregistered(Codec.H264, ID, new byte[] {0, 0, 0});
        assertThat(HexFormat.ofDelimiter(" ").formatHex(nal.bytes()))
                .isEqualTo("06 05 13 00 00 03 01 02 03 00 40 00 80 00 00 03 00 00 03 00 00 ff 00 00 03 00 80");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 238, 239, 240, 494, 495, 70_000})
    void sizesAroundTheFfBytesComeBack(int size) throws Exception {
        byte[] data = new byte[size];
        new Random(size).nextBytes(data);
        Arrays.fill(data, 0, size / 2, (byte) 0);
        for (NalUnit nal : List.of(
                Sei.userDataUnregistered(Codec.H264, ID, data),
                Sei.userDataUnregistered(Codec.H265, ID, data),
                Sei.userDataUnregistered(Codec.H265, Sei.Place.SUFFIX, 2, ID, data))) {
            assertThat(nal.isSei()).isTrue();
            assertThat(EmulationPrevention.escape(EmulationPrevention.unescape(nal.bytes())))
                    .isEqualTo(nal.bytes());
            List<Sei> messages = Sei.parse(nal);
            assertThat(messages).hasSize(1);
            assertThat(messages.getFirst().isUserData(ID)).isTrue();
            assertThat(messages.getFirst().isUserData(new UUID(1, 2))).isFalse();
            assertThat(messages.getFirst().userData()).isEqualTo(data);
        }
    }

    @Test
    void severalMessagesAndLongTypes() throws Exception {
        NalUnit nal = h264("06 ff 05 02 aa bb 01 00 80");
        List<Sei> messages = Sei.parse(nal);
        assertThat(messages).extracting(Sei::payloadType).containsExactly(260, 1);
        assertThat(messages.getFirst().payload()).containsExactly(0xaa, 0xbb);
        assertThat(messages.getLast().payload()).isEmpty();
        assertThatThrownBy(() -> messages.getLast().userData()).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "06",
                "06 80",
                "06 05 80",
                "06 05 03 aa bb 80",
                "06 05 01 aa",
                "06 ff ff 80",
                "06 05 ff 80",
                "06 00 00"
            })
    void brokenUnitsAreRefused(String hex) {
        assertThatThrownBy(() -> Sei.parse(h264(hex))).isInstanceOf(MediaException.class);
    }

    @Test
    void trailingZerosAreNoPartOfTheUnit() throws Exception {
        assertThat(Sei.parse(h264("06 01 01 aa 80 00 00"))).hasSize(1);
    }

    @Test
    void h264KnowsNoSuffix() {
        assertThatThrownBy(() -> Sei.userDataUnregistered(Codec.H264, Sei.Place.SUFFIX, 0, ID, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static NalUnit h264(String hex) {
        return NalUnit.of(Codec.H264, HexFormat.ofDelimiter(" ").parseHex(hex));
    }
}
