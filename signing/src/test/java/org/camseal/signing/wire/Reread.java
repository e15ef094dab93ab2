package org.camseal.signing.wire;

import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;

/** Takes any bytes as an SEI NAL unit of either codec; it returns quietly, or what was read contradicts itself. */
final class Reread {
    private static final int FIELD = 72;

    private Reread() {}

    /** Reads; what was read is written, and read again to the same. */
    static void read(byte[] input) {
        for (Codec codec : List.of(Codec.H264, Codec.H265)) {
            if (input.length < NalUnit.headerLength(codec)) {
                continue;
            }
            SeiReading reading = SigningSeiReader.read(NalUnit.of(codec, input));
            if (reading instanceof SeiReading.Sei(SigningSei sei)) {
                requireBounded(sei, input.length);
                requireSameAgain(codec, sei);
            }
        }
    }

    private static void requireBounded(SigningSei sei, int length) {
        if (sei.document().length > length || sei.hashedBytes().length > length) {
            throw new AssertionError("more is hashed than was read");
        }
        if (sei.signature().isPresent() == (sei.document().length == sei.hashedBytes().length)) {
            throw new AssertionError("the document ends elsewhere than in front of the signature");
        }
    }

    private static void requireSameAgain(Codec codec, SigningSei sei) {
        NalUnit again;
        try {
            again = sei.signature().isPresent()
                    ? SigningSeiWriter.draft(codec, sei.isCertificateSei(), sei.content(), FIELD)
                            .complete(new byte[] {1})
                    : SigningSeiWriter.unsigned(codec, sei.content());
        } catch (IllegalArgumentException e) {
            return; // a text that was no UTF-8 has grown
        }
        if (!Seis.read(again).content().equals(sei.content())) {
            throw new AssertionError("written and read again, the content is another");
        }
    }
}
