package org.camseal.media;

import java.io.ByteArrayOutputStream;

/** Writes syntax elements bit by bit, for hand-made NAL units. */
public final class Bits {
    private final StringBuilder bits = new StringBuilder();

    public Bits u(int count, long value) {
        for (int i = count - 1; i >= 0; i--) {
            bits.append(((value >>> i) & 1) == 0 ? '0' : '1');
        }
        return this;
    }

    /** Single bits, written as they stand: "1011". */
    public Bits flags(String zerosAndOnes) {
        bits.append(zerosAndOnes.replace(" ", ""));
        return this;
    }

    public Bits ue(long value) {
        int length = 64 - Long.numberOfLeadingZeros(value + 1);
        return u(length - 1, 0).u(length, value + 1);
    }

    public Bits se(long value) {
        return ue(value > 0 ? 2 * value - 1 : -2 * value);
    }

    public Bits add(Bits other) {
        bits.append(other.bits);
        return this;
    }

    /** rbsp_trailing_bits, and byte_alignment() of H.265. */
    public Bits stop() {
        bits.append('1');
        while (bits.length() % 8 != 0) {
            bits.append('0');
        }
        return this;
    }

    public int length() {
        return bits.length();
    }

    /** The NAL unit of this header and these bits; what is missing to a whole byte is ones. */
    public NalUnit nal(Codec codec, int... header) {
        ByteArrayOutputStream rbsp = new ByteArrayOutputStream();
        for (int b : header) {
            rbsp.write(b);
        }
        String filled = bits + "1".repeat((8 - bits.length() % 8) % 8);
        for (int i = 0; i < filled.length(); i += 8) {
            rbsp.write(Integer.parseInt(filled.substring(i, i + 8), 2));
        }
        return NalUnit.of(codec, EmulationPrevention.escape(rbsp.toByteArray()));
    }
}
