package org.camseal.signing.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.signing.wire.HashAlgorithm;
import org.junit.jupiter.api.Test;

class ParameterSetDigestTest {
    private static final NalUnit SPS = nal(0x67, 1);
    private static final NalUnit OTHER_SPS = nal(0x67, 2);
    private static final NalUnit PPS = nal(0x68, 1);
    private static final NalUnit OTHER_PPS = nal(0x68, 2);

    private static NalUnit nal(int header, int value) {
        return NalUnit.of(Codec.H264, new byte[] {(byte) header, (byte) value, (byte) 0x80});
    }

    private static String digest(NalUnit... sets) {
        return new ParameterSetDigest(HashAlgorithm.SHA_256, List.of(sets)).hex();
    }

    /** Each list stands in front of one picture. */
    private static String inStream(List<List<NalUnit>> pictures) {
        ParameterSetDigest digest = new ParameterSetDigest(HashAlgorithm.SHA_256, List.of());
        pictures.forEach(sets -> {
            sets.forEach(digest::add);
            digest.takeInForce();
        });
        return digest.hex();
    }

    @Test
    void orderRepetitionAndZerosAtTheEndMakeNoDifference() {
        NalUnit longer = NalUnit.of(Codec.H264, Arrays.copyOf(PPS.bytes(), 6));
        assertThat(digest(PPS, SPS)).isEqualTo(digest(SPS, PPS));
        assertThat(inStream(List.of(List.of(SPS, PPS, SPS, longer), List.of(), List.of(SPS, PPS))))
                .isEqualTo(digest(SPS, PPS));
    }

    @Test
    void everySetCounts() {
        assertThat(Stream.of(
                        digest(SPS, PPS),
                        digest(SPS),
                        digest(PPS),
                        digest(SPS, OTHER_PPS),
                        digest(OTHER_SPS, PPS),
                        digest(SPS, PPS, OTHER_PPS)))
                .doesNotHaveDuplicates();
    }

    @Test
    void anSpsBringsAWholeNewSetAndAllElseAdds() {
        assertThat(inStream(List.of(List.of(SPS, PPS), List.of(OTHER_SPS, OTHER_PPS))))
                .isEqualTo(digest(OTHER_SPS, OTHER_PPS));
        assertThat(inStream(List.of(List.of(SPS, PPS), List.of(OTHER_PPS)))).isEqualTo(digest(SPS, PPS, OTHER_PPS));
    }

    @Test
    void aSetCountsFromTheNextPictureOn() {
        ParameterSetDigest digest = new ParameterSetDigest(HashAlgorithm.SHA_256, List.of(SPS, PPS));
        digest.add(OTHER_SPS);
        assertThat(digest.hex()).isEqualTo(digest(SPS, PPS));
        digest.takeInForce();
        assertThat(digest.hex()).isEqualTo(digest(OTHER_SPS));
    }

    @Test
    void theFirmwareVersionCarriesIt() {
        ParameterSetDigest digest = new ParameterSetDigest(HashAlgorithm.SHA_512, List.of(SPS));
        String bound = digest.bindTo("1;ps=old");
        assertThat(ParameterSetDigest.in(bound)).contains(digest.hex());
        assertThat(ParameterSetDigest.in("1.4.2")).isEmpty();
        assertThat(ParameterSetDigest.in("1.4.2;ps=12")).isEmpty();
        assertThat(ParameterSetDigest.in("1.4.2;ps=" + "G".repeat(64))).isEmpty();
        assertThatThrownBy(() -> digest.bindTo("v".repeat(130))).isInstanceOf(IllegalArgumentException.class);
    }
}
