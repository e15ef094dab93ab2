package org.camseal.camera;

import java.util.List;
import java.util.Optional;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Another source whose pictures can be looked at in clear: those of its first video track. For the camera's own page, and only where its owner
 * set that.
 *
 * @param source that gives the units
 * @param live where they can be looked at
 */
public record WatchedSource(Source source, LivePicture live) implements Source {
    @Override
    public String describe() {
        return source.describe();
    }

    @Override
    public SourceSession open(LiveClock clock) throws SourceException, InterruptedException {
        return new Session(source.open(clock), live);
    }

    private record Session(SourceSession session, LivePicture live) implements SourceSession {
        @Override
        public List<Track> tracks() {
            return session.tracks();
        }

        @Override
        public @Nullable AccessUnit next() throws SourceException, InterruptedException {
            AccessUnit unit = session.next();
            if (unit instanceof VideoUnit picture) {
                video().filter(track -> track.number() == picture.track())
                        .ifPresent(track -> live.take((VideoFormat) track.format(), picture));
            }
            return unit;
        }

        private Optional<Track> video() {
            return tracks().stream()
                    .filter(track -> track.format() instanceof VideoFormat)
                    .findFirst();
        }

        @Override
        public void requestKey() {
            session.requestKey();
        }

        @Override
        public void close() {
            live.forget();
            session.close();
        }
    }
}
