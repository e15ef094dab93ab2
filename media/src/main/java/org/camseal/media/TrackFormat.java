package org.camseal.media;

/** What a decoder must know before the first unit of a track. */
public sealed interface TrackFormat permits VideoFormat, AudioFormat {
    Codec codec();

    /** The clock of the track's times: 90 000 for video, the RTP clock (sampling rate; Opus 48 000) for audio. */
    int clockHz();
}
