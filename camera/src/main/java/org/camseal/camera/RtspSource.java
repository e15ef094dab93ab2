package org.camseal.camera;

import java.net.URI;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.streaming.RefusedException;
import org.camseal.streaming.StreamingException;
import org.camseal.streaming.UntrustedException;
import org.camseal.streaming.client.RtspClient;
import org.camseal.streaming.client.RtspPlayback;
import org.camseal.streaming.client.RtspRequest;
import org.jspecify.annotations.Nullable;

/**
 * A camera that speaks RTSP, as most do: the gateway's way in.
 *
 * @param request where, with which login, and over which transport
 */
public record RtspSource(RtspRequest request) implements Source {
    /** Over TCP, without login. */
    public static RtspSource of(URI uri) {
        return new RtspSource(RtspRequest.of(uri));
    }

    @Override
    public String describe() {
        return request.uri().toString();
    }

    @Override
    public SourceSession open(LiveClock clock) throws SourceException, InterruptedException {
        try {
            return new Session(RtspClient.open(request));
        } catch (StreamingException e) {
            throw failed(e);
        }
    }

    private SourceException failed(StreamingException e) {
        String message = describe() + ": " + e.getMessage();
        boolean lasting =
                e instanceof UntrustedException || (e instanceof RefusedException refused && isLasting(refused));
        return lasting ? new SourceException.Unusable(message, e) : new SourceException.Lost(message, e);
    }

    /** A login or a path that is wrong stays wrong; "not now" (453, 503) does not. */
    private static boolean isLasting(RefusedException refused) {
        return refused.isLogin() || refused.status() == 404 || refused.status() == 461;
    }

    private final class Session implements SourceSession {
        private final RtspPlayback playback;

        Session(RtspPlayback playback) {
            this.playback = playback;
        }

        @Override
        public List<Track> tracks() {
            return playback.tracks();
        }

        @Override
        public AccessUnit next() throws SourceException, InterruptedException {
            @Nullable AccessUnit unit;
            try {
                unit = playback.next();
            } catch (StreamingException e) {
                throw failed(e);
            }
            if (unit == null) {
                // A camera's own stream does not end; one that says so is restarting.
                throw new SourceException.Lost(describe() + ": the server ended the stream");
            }
            return unit;
        }

        @Override
        public void requestKey() {
            try {
                playback.requestKeyFrame();
            } catch (StreamingException e) {
                // The connection is broken: next() says so.
            }
        }

        @Override
        public void close() {
            playback.close();
        }
    }
}
