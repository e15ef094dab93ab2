package org.camseal.streaming.server;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camseal.media.Track;
import org.camseal.streaming.Transport;
import org.camseal.streaming.rtsp.PlayRange;
import org.camseal.streaming.rtsp.RtspMessage.Request;
import org.camseal.streaming.rtsp.RtspMessage.Response;
import org.camseal.streaming.rtsp.RtspStatus;
import org.camseal.streaming.sdp.Description;
import org.camseal.streaming.server.RecordedStream.Extent;
import org.camseal.streaming.server.ReplayOrder.RateControl;
import org.jspecify.annotations.Nullable;

/** A PLAY of a recording: starts it, goes on after a pause, or begins elsewhere. */
final class ReplayRequest {
    /** What the answer is. */
    sealed interface Answer {
        record Refused(Response response) implements Answer {}

        /** It plays already. */
        record GoesOn() implements Answer {}

        record Plays(SessionState.Playing playing, Response response) implements Answer {}
    }

    private final Request request;
    private final ReplayHeaders headers;
    private final Session session;
    private final ReplayStream stream;

    ReplayRequest(Request request, Session session, ReplayStream stream) {
        this.request = request;
        this.headers = new ReplayHeaders(request.headers());
        this.session = session;
        this.stream = stream;
    }

    /** The recorded time, for a description; a range ends behind its last unit. */
    static String extent(ReplayStream stream) {
        return stream.recording()
                .extent()
                .map(extent -> new PlayRange.Clock(extent.from(), extent.to().plusMillis(1)).toString())
                .orElse(Description.LIVE);
    }

    Answer answer() {
        try {
            return play();
        } catch (ReplayRefusal refusal) {
            return new Answer.Refused(refusal.response());
        } catch (IOException e) {
            return new Answer.Refused(Response.of(RtspStatus.SERVICE_UNAVAILABLE, "the recording cannot be read"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Refused(Response.of(RtspStatus.SERVICE_UNAVAILABLE));
        }
    }

    private Answer play() throws ReplayRefusal, IOException, InterruptedException {
        Optional<PlayRange> range = headers.range();
        ReplayOrder.Way way = headers.way();
        checkTransport(way);
        if (session.state() instanceof SessionState.Playing) {
            if (range.isEmpty()) {
                return new Answer.GoesOn();
            }
            if (!headers.isImmediate()) {
                throw new ReplayRefusal(
                        RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE, "it plays, pause it or ask for Immediate yes");
            }
        }
        if (range.isEmpty()
                && session.state() instanceof SessionState.Paused paused
                && paused.feed().cursor().order().way().equals(way)) {
            return started(paused.feed().resumed(cseq()), paused.feed().cursor().nextCapture());
        }
        return begun(way);
    }

    /** As fast as possible is for a way that can be held up. */
    private void checkTransport(ReplayOrder.Way way) throws ReplayRefusal {
        boolean udp = session.state().senders().values().stream()
                .anyMatch(sender -> sender.carrier().transport() == Transport.UDP);
        if (udp && way.rateControl() == RateControl.NO) {
            throw new ReplayRefusal(
                    RtspStatus.HEADER_FIELD_NOT_VALID,
                    "over UDP a reader cannot set the speed, use TCP or Rate-Control yes");
        }
    }

    private Answer begun(ReplayOrder.Way way) throws ReplayRefusal, IOException, InterruptedException {
        Extent extent = stream.recording()
                .extent()
                .orElseThrow(() -> new ReplayRefusal(RtspStatus.INVALID_RANGE, "nothing is recorded yet"));
        Instant standing = session.state() instanceof SessionState.Paused paused
                ? paused.feed().cursor().nextCapture()
                : null;
        ReplayOrder order =
                headers.order(way, extent, standing, stream.recording().isRecording(), cseq());
        session.pause();
        session.dropPaused();
        if (!stream.enter()) {
            throw new ReplayRefusal(RtspStatus.NOT_ENOUGH_BANDWIDTH, "as many read the recording as may");
        }
        ReplayCursor cursor = cursor(order);
        boolean begun = false;
        try {
            Instant first = cursor.begin();
            if (first == null) {
                throw ReplayHeaders.outside(extent);
            }
            Answer answer = started(new ReplayFeed(cursor, tracks(), cseq()), first);
            begun = answer instanceof Answer.Plays;
            return answer;
        } finally {
            if (!begun) {
                cursor.close();
            }
        }
    }

    private ReplayCursor cursor(ReplayOrder order) throws IOException {
        boolean opened = false;
        try {
            Set<Integer> tracks = session.state().senders().keySet();
            Duration since = Duration.ofNanos(session.ageNanos());
            RecordedGroups groups = order.way().isBackwards()
                    ? stream.recording().openBackwards(order.from())
                    : stream.recording().open(order.from());
            ReplayCursor cursor = new ReplayCursor(stream, groups, order, tracks, since);
            opened = true;
            return cursor;
        } finally {
            if (!opened) {
                stream.leave();
            }
        }
    }

    private List<Track> tracks() {
        return session.state().senders().values().stream()
                .map(TrackSender::track)
                .toList();
    }

    private Answer started(ReplayFeed feed, @Nullable Instant first) throws ReplayRefusal {
        SessionState.Playing playing = session.replay(feed);
        if (playing == null) {
            throw new ReplayRefusal(RtspStatus.METHOD_NOT_VALID_IN_THIS_STATE, "no track is set up, or it plays");
        }
        ReplayOrder order = feed.cursor().order();
        Instant from = first == null || order.way().isBackwards() ? order.from() : first;
        String rate = switch (order.way().rateControl()) {
            case YES -> "yes";
            case NO -> "no";
        };
        Response response =
                Response.of(RtspStatus.OK).with("Range", range(from, order)).with("Rate-Control", rate);
        return new Answer.Plays(playing, headers.withTempo(response, order.way().tempo()));
    }

    /** What is played, in the unit that was asked in. */
    private String range(Instant from, ReplayOrder order) throws ReplayRefusal {
        Optional<Extent> extent = stream.recording().extent();
        if (extent.isPresent() && headers.range().orElse(null) instanceof PlayRange.NormalPlayTime npt) {
            Duration start = Duration.between(extent.get().from(), from);
            return new PlayRange.NormalPlayTime(start.isNegative() ? Duration.ZERO : start, npt.to()).toString();
        }
        return new PlayRange.Clock(from, order.to()).toString();
    }

    private int cseq() {
        return request.cseq().orElse(0);
    }
}
