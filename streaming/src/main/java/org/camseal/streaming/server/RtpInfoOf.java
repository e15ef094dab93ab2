package org.camseal.streaming.server;

import java.util.Comparator;
import java.util.stream.Collectors;
import org.camseal.media.MediaTime;
import org.camseal.streaming.rtsp.ControlUri;
import org.camseal.streaming.rtsp.RtpInfo;
import org.camseal.streaming.rtsp.RtspMessage.Request;
import org.camseal.streaming.sdp.Description;

/** The RTP-Info header of a playback. */
final class RtpInfoOf {
    private RtpInfoOf() {}

    /**
     * Each track's URI and next sequence number, and, where the first unit waits already, the timestamp that all tracks give that
     * unit's time: the same instant for all.
     */
    static String session(Request request, String path, SessionState.Playing playing) {
        String uri = request.uri();
        int end = uri.indexOf(path, uri.indexOf("//") + 2);
        String base = end < 0 || path.equals("/") ? uri : uri.substring(0, end + path.length());
        MediaTime first = playing.feed().firstTime();
        return playing.senders().values().stream()
                .sorted(Comparator.comparingInt(sender -> sender.track().number()))
                .map(sender -> new RtpInfo(
                        ControlUri.resolve(base, Description.control(sender.track())),
                        sender.nextSequence(),
                        first == null ? null : sender.timestamp(first)))
                .map(RtpInfo::toString)
                .collect(Collectors.joining(","));
    }
}
