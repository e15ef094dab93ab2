package org.camseal.media.h265;

/** The values of nal_unit_type that are told apart here (ITU-T H.265 table 7-1). */
final class NalTypes {
    static final int RADL_N = 6;
    static final int RASL_R = 9;
    static final int RSV_VCL_R15 = 15;
    static final int BLA_W_LP = 16;
    static final int IDR_W_RADL = 19;
    static final int IDR_N_LP = 20;
    static final int CRA = 21;
    static final int RSV_IRAP_VCL23 = 23;
    static final int SPS = 33;
    static final int PPS = 34;
    static final int END_OF_SEQUENCE = 36;
    static final int END_OF_BITSTREAM = 37;

    private NalTypes() {}

    static boolean isIdr(int type) {
        return type == IDR_W_RADL || type == IDR_N_LP;
    }

    static boolean isIrap(int type) {
        return type >= BLA_W_LP && type <= RSV_IRAP_VCL23;
    }

    /** True for the types whose syntax the standard fixes: TRAIL to RASL, BLA, IDR, CRA. */
    static boolean isKnownSlice(int type) {
        return type <= RASL_R || (type >= BLA_W_LP && type <= CRA);
    }
}
