package org.camseal.streaming.server;

import java.util.Arrays;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtp.Rtcp;
import org.camseal.streaming.rtp.RtcpCodec;
import org.camseal.streaming.srtp.SrtpReceiver;
import org.camseal.streaming.srtp.Unprotected;
import org.jspecify.annotations.Nullable;

/**
 * Whose reports come from an address, or in a channel.
 *
 * @param reports opens them; null where they come in clear
 */
record Reporter(Session session, @Nullable SrtpReceiver reports) {
    /** Takes a compound packet, from the start of an array that is written to; what is none, or not authentic, counts as nothing. */
    void heard(byte[] packet, int packetLength) {
        int length = reports == null ? packetLength : clearLength(reports, packet, packetLength);
        try {
            for (Rtcp rtcp : RtcpCodec.parse(Arrays.copyOf(packet, length))) {
                session.touch();
                switch (rtcp) {
                    case Rtcp.PictureLoss loss -> session.keyRequested(loss.of());
                    case Rtcp.FullIntraRequest request ->
                        request.entries().forEach(entry -> session.keyRequested(entry.of()));
                    case Rtcp.SenderReport report -> {}
                    case Rtcp.ReceiverReport report -> {}
                    case Rtcp.SourceName name -> {}
                    case Rtcp.Bye bye -> {} // who leaves tears down
                }
            }
        } catch (ProtocolException e) {
            // Whoever sends it, it is no report; there is nobody to tell.
        }
    }

    /** 0 where it is not authentic. */
    private static int clearLength(SrtpReceiver reports, byte[] packet, int length) {
        return switch (reports.control(packet, length)) {
            case Unprotected.Clear clear -> clear.length();
            case Unprotected.Refused refused -> 0;
        };
    }
}
