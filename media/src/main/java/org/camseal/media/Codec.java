package org.camseal.media;

/** How the units of a track are coded. */
public enum Codec {
    /** ITU-T H.264, NAL units. */
    H264(true),
    /** ITU-T H.265, NAL units. */
    H265(true),
    /** MPEG-4 AAC, one raw_data_block per unit, without ADTS (ISO/IEC 14496-3). */
    AAC(false),
    /** G.711 A-law, one byte per sample. */
    PCMA(false),
    /** G.711 mu-law, one byte per sample. */
    PCMU(false),
    /** Opus, one packet per unit (RFC 6716). */
    OPUS(false);

    private final boolean video;

    Codec(boolean video) {
        this.video = video;
    }

    /** True where a unit is a list of NAL units. */
    public boolean isVideo() {
        return video;
    }
}
