package org.camseal.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;

/** What holds for every slice header: where it ends, and that nothing behind its end matters. */
public final class HeaderEnd {
    private HeaderEnd() {}

    /**
     * Asserts that the header made of these bits ends right behind them, whatever follows, and that without its last byte it is
     * truncated.
     *
     * @param header the slice header, from behind the NAL header
     */
    public static void check(SliceHeaders headers, Bits header, Codec codec, int... nalHeader) throws MediaException {
        int rbspLength = nalHeader.length + (header.length() + 7) / 8;
        for (String tail : new String[] {"0", "1", "01", "001100000000"}) {
            Bits whole = new Bits()
                    .add(header)
                    .flags(tail.repeat(80 / tail.length()))
                    .u(8, 0x80);
            NalUnit nal = whole.nal(codec, nalHeader);
            int clear = headers.clearLength(nal);
            assertThat(clear).isEqualTo(EmulationPrevention.rawPosition(nal.bytes(), rbspLength - 1) + 1);
            assertThat(headers.clearLength(cut(nal, clear))).isEqualTo(clear);
            for (int length = nalHeader.length; length < clear; length++) {
                NalUnit shorter = cut(nal, length);
                assertThatThrownBy(() -> headers.clearLength(shorter))
                        .as("the first " + length + " bytes of " + clear)
                        .isInstanceOf(TruncatedException.class);
            }
        }
    }

    private static NalUnit cut(NalUnit nal, int length) {
        return NalUnit.of(nal.codec(), Arrays.copyOf(nal.bytes(), length));
    }
}
