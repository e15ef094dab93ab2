package org.camseal.streaming.sdp;

import org.camseal.media.Track;
import org.camseal.streaming.rtp.AacLayout;

/**
 * A track as a description offers it.
 *
 * @param payloadType of its packets, 0 to 127
 * @param control of its requests, as {@link org.camseal.streaming.rtsp.ControlUri} resolves it; empty where the description says nothing
 * @param keying whether it is SRTP, and by which key
 * @param aacLayout of AAC's headers; of no meaning for other codecs
 */
public record OfferedTrack(Track track, int payloadType, String control, Keying keying, AacLayout aacLayout) {}
