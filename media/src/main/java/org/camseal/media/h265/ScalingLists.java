package org.camseal.media.h265;

import org.camseal.media.BitReader;
import org.camseal.media.MediaException;

/** scaling_list_data() (ITU-T H.265 section 7.3.4): read over, because other elements come behind it. */
final class ScalingLists {
    private ScalingLists() {}

    static void skip(BitReader bits) throws MediaException {
        for (int sizeId = 0; sizeId < 4; sizeId++) {
            int step = sizeId == 3 ? 3 : 1;
            for (int matrixId = 0; matrixId < 6; matrixId += step) {
                if (bits.flag()) {
                    coefficients(bits, sizeId);
                } else {
                    bits.ue("scaling_list_pred_matrix_id_delta", matrixId / step);
                }
            }
        }
    }

    private static void coefficients(BitReader bits, int sizeId) throws MediaException {
        if (sizeId > 1) {
            bits.se("scaling_list_dc_coef_minus8", -7, 247);
        }
        int count = Math.min(64, 1 << (4 + 2 * sizeId));
        for (int i = 0; i < count; i++) {
            bits.se("scaling_list_delta_coef", -128, 127);
        }
    }
}
