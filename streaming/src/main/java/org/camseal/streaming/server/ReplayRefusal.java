package org.camseal.streaming.server;

import org.camseal.streaming.rtsp.RtspMessage.Response;
import org.camseal.streaming.rtsp.RtspStatus;

/** Why a PLAY of a recording is refused; its text stands in the answer's reason phrase. */
final class ReplayRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final RtspStatus status;

    ReplayRefusal(RtspStatus status, String because) {
        super(because);
        this.status = status;
    }

    Response response() {
        return Response.of(status, String.valueOf(getMessage()));
    }
}
