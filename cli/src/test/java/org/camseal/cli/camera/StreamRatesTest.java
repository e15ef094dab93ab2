package org.camseal.cli.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.camseal.camera.StreamMeasure;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoFormat;
import org.camseal.onvif.VideoFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamRatesTest {
    @ParameterizedTest
    @CsvSource({
        "24.98, 25, 4821, 4900",
        "25.4, 25, 99, 99",
        "12.3, 12, 100, 100",
        "0.5, 0.5, 0, 1",
        "6.5, 6.5, 12345, 13000",
        "0.01, 0.1, 101, 110",
    })
    void whatIsMeasuredIsToldAsItWouldBeSet(double pictures, double toldPictures, int kilobits, int toldKilobits) {
        VideoFacts.Rates rates = StreamRates.of(new StreamMeasure(pictures, kilobits, 50, Optional.empty()));
        assertThat(rates).isEqualTo(new VideoFacts.Rates(toldPictures, toldKilobits, 50));
    }

    /** Sequence parameter sets of a picture of 64x48, as x264 and x265 write them. */
    @ParameterizedTest
    @CsvSource({
        "H264, 674d400aeca23d80880000030008000003019078912cb0, Main",
        "H264, 6764000aacd9447b011000000300100000030320f1225960, High",
        "H265, 42010102200000030090000003000003001ea020831365959ae4caf0168080000003008000000c84, Main10",
    })
    void profileAndSizeComeFromTheStream(Codec codec, String set, String profile) {
        assertThat(sequence(NalUnit.of(codec, HexFormat.of().parseHex(set))))
                .contains(new StreamRates.Sequence(Optional.of(profile), new VideoFacts.Size(64, 48)));
    }

    @Test
    void whatCannotBeReadIsNotTold() {
        assertThat(sequence(NalUnit.of(Codec.H264, new byte[] {0x67}))).isEmpty();
        assertThat(StreamRates.sequence(Optional.empty(), Optional.empty())).isEmpty();
    }

    private static Optional<StreamRates.Sequence> sequence(NalUnit set) {
        return StreamRates.sequence(Optional.empty(), Optional.of(new VideoFormat(set.codec(), 0, 0, List.of(set))));
    }
}
