package org.camseal.media.h265;

import java.util.Arrays;
import java.util.List;
import org.camseal.media.BitReader;
import org.camseal.media.MediaException;

/**
 * One short-term reference picture set: which pictures, by distance in picture order, may be referred to (ITU-T H.265 sections 7.3.7
 * and 7.4.8). Variables are named as there.
 */
final class ShortTermRefPicSet {
    /** A decoded picture buffer has no more (section A.4.2). */
    static final int MAX_PICTURES = 16;

    private final int[] deltaPocS0;
    private final int[] deltaPocS1;
    private final int usedByCurr;

    private ShortTermRefPicSet(int[] deltaPocS0, int[] deltaPocS1, int usedByCurr) {
        this.deltaPocS0 = deltaPocS0;
        this.deltaPocS1 = deltaPocS1;
        this.usedByCurr = usedByCurr;
    }

    /** NumDeltaPocs. */
    int size() {
        return deltaPocS0.length + deltaPocS1.length;
    }

    /** How many of them the current picture itself may refer to. */
    int usedByCurrentPicture() {
        return usedByCurr;
    }

    /**
     * Reads st_ref_pic_set(stRpsIdx).
     *
     * @param before the sets read before this one, at least stRpsIdx of them
     * @param inSliceHeader stRpsIdx is num_short_term_ref_pic_sets
     */
    static ShortTermRefPicSet read(BitReader bits, List<ShortTermRefPicSet> before, boolean inSliceHeader)
            throws MediaException {
        int stRpsIdx = before.size();
        if (stRpsIdx == 0 || !bits.flag()) {
            return explicit(bits);
        }
        int deltaIdx = inSliceHeader ? 1 + bits.ue("delta_idx_minus1", stRpsIdx - 1) : 1;
        return predicted(bits, before.get(stRpsIdx - deltaIdx));
    }

    private static ShortTermRefPicSet explicit(BitReader bits) throws MediaException {
        int negative = bits.ue("num_negative_pics", MAX_PICTURES);
        int positive = bits.ue("num_positive_pics", MAX_PICTURES - negative);
        Builder builder = new Builder();
        int poc = 0;
        for (int i = 0; i < negative; i++) {
            poc -= 1 + bits.ue("delta_poc_s0_minus1", 0x7fff);
            builder.add(poc, bits.flag());
        }
        poc = 0;
        for (int i = 0; i < positive; i++) {
            poc += 1 + bits.ue("delta_poc_s1_minus1", 0x7fff);
            builder.add(poc, bits.flag());
        }
        return builder.build();
    }

    /** inter_ref_pic_set_prediction: equations 7-59 to 7-62. */
    private static ShortTermRefPicSet predicted(BitReader bits, ShortTermRefPicSet ref) throws MediaException {
        boolean sign = bits.flag();
        int absDeltaRps = 1 + bits.ue("abs_delta_rps_minus1", 0x7fff);
        int deltaRps = sign ? -absDeltaRps : absDeltaRps;
        int count = ref.size() + 1;
        boolean[] used = new boolean[count];
        boolean[] useDelta = new boolean[count];
        for (int j = 0; j < count; j++) {
            used[j] = bits.flag();
            useDelta[j] = used[j] || bits.flag();
        }
        Builder builder = new Builder();
        int negatives = ref.deltaPocS0.length;
        int positives = ref.deltaPocS1.length;
        for (int j = positives - 1; j >= 0; j--) {
            builder.addIf(useDelta[negatives + j], ref.deltaPocS1[j] + deltaRps, -1, used[negatives + j]);
        }
        builder.addIf(useDelta[count - 1], deltaRps, -1, used[count - 1]);
        for (int j = 0; j < negatives; j++) {
            builder.addIf(useDelta[j], ref.deltaPocS0[j] + deltaRps, -1, used[j]);
        }
        for (int j = negatives - 1; j >= 0; j--) {
            builder.addIf(useDelta[j], ref.deltaPocS0[j] + deltaRps, 1, used[j]);
        }
        builder.addIf(useDelta[count - 1], deltaRps, 1, used[count - 1]);
        for (int j = 0; j < positives; j++) {
            builder.addIf(useDelta[negatives + j], ref.deltaPocS1[j] + deltaRps, 1, used[negatives + j]);
        }
        if (builder.size() > MAX_PICTURES) {
            throw bits.malformed("number of short-term reference pictures", builder.size(), 0, MAX_PICTURES);
        }
        return builder.build();
    }

    /** Collects a set in the order of its syntax: those before the current picture, nearest first, then those behind. */
    private static final class Builder {
        // A prediction can name each of 16 pictures and the reference itself.
        private final int[] s0 = new int[MAX_PICTURES + 1];
        private final int[] s1 = new int[MAX_PICTURES + 1];
        private int negatives;
        private int positives;
        private int used;

        void addIf(boolean named, int deltaPoc, int sign, boolean usedByCurr) {
            if (named && Integer.signum(deltaPoc) == sign) {
                add(deltaPoc, usedByCurr);
            }
        }

        void add(int deltaPoc, boolean usedByCurr) {
            if (deltaPoc < 0) {
                s0[negatives++] = deltaPoc;
            } else {
                s1[positives++] = deltaPoc;
            }
            used += usedByCurr ? 1 : 0;
        }

        int size() {
            return negatives + positives;
        }

        ShortTermRefPicSet build() {
            return new ShortTermRefPicSet(Arrays.copyOf(s0, negatives), Arrays.copyOf(s1, positives), used);
        }
    }
}
