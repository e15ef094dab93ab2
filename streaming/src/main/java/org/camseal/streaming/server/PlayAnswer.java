package org.camseal.streaming.server;

import java.io.IOException;
import org.camseal.streaming.rtsp.RtspMessage.Request;
import org.camseal.streaming.rtsp.RtspMessage.Response;
import org.camseal.streaming.rtsp.RtspStatus;
import org.camseal.streaming.server.RequestHandler.Reply;

/** The answer to PLAY, of what is live and of recordings. */
final class PlayAnswer {
    private final RtspServer server;
    private final ServerConnection connection;
    private final String sessionHeader;

    /** @param sessionHeader which every answer has */
    PlayAnswer(RtspServer server, ServerConnection connection, String sessionHeader) {
        this.server = server;
        this.connection = connection;
        this.sessionHeader = sessionHeader;
    }

    Reply to(Request request, Session session) {
        return switch (session.stream()) {
            case LiveStream live -> live(request, session, live);
            case ReplayStream replay -> replay(request, session, replay);
        };
    }

    private Reply of(RtspStatus status) {
        return Reply.of(Response.of(status).with("Session", sessionHeader));
    }

    private Reply started(Request request, Session session, SessionState.Playing playing, Response response) {
        return new Reply(
                response.with("Session", sessionHeader)
                        .with("RTP-Info", RtpInfoOf.session(request, session.path(), playing)),
                () -> server.startPump(session, playing, connection),
                false);
    }

    private Reply replay(Request request, Session session, ReplayStream stream) {
        return switch (new ReplayRequest(request, session, stream).answer()) {
            case ReplayRequest.Answer.Refused(Response response) -> Reply.of(response.with("Session", sessionHeader));
            case ReplayRequest.Answer.GoesOn() -> of(RtspStatus.OK);
            case ReplayRequest.Answer.Plays(SessionState.Playing playing, Response response) ->
                started(request, session, playing, response);
        };
    }

    private Reply live(Request request, Session session, LiveStream live) {
        try {
            if (session.hear()) {
                server.settings()
                        .events()
                        .accept(new RtspServerEvent.PlaybackStarted(connection.peer(), session.path(), "multicast"));
                return Reply.of(Response.of(RtspStatus.OK)
                        .with("Session", sessionHeader)
                        .with("Range", "npt=now-"));
            }
        } catch (IOException e) {
            return of(RtspStatus.SERVICE_UNAVAILABLE);
        }
        SessionState.Playing playing = session.play(live);
        if (playing == null) {
            boolean already = session.state() instanceof SessionState.Playing;
            return of(already ? RtspStatus.OK : RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE);
        }
        return started(request, session, playing, Response.of(RtspStatus.OK).with("Range", "npt=now-"));
    }
}
