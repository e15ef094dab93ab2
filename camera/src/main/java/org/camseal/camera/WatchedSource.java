package org.camseal.camera;

import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Another source whose last key picture is kept in clear. For the camera's own page, and only where its owner set that.
 *
 * @param source that gives the units
 * @param last where the picture is left
 */
public record WatchedSource(Source source, LastPicture last) implements Source {
    @Override
    public String describe() {
        return source.describe();
    }

    @Override
    public SourceSession open(LiveClock clock) throws SourceException, InterruptedException {
        return new Session(source.open(clock), last);
    }

    private record Session(SourceSession session, LastPicture last) implements SourceSession {
        @Override
        public List<Track> tracks() {
            return session.tracks();
        }

        @Override
        public @Nullable AccessUnit next() throws SourceException, InterruptedException {
            AccessUnit unit = session.next();
            if (unit instanceof VideoUnit picture && picture.isKey()) {
                format(picture.track()).ifPresent(format -> last.take(format, picture));
            }
            return unit;
        }

        private java.util.Optional<VideoFormat> format(int number) {
            return tracks().stream()
                    .filter(track -> track.number() == number)
                    .map(Track::format)
                    .filter(VideoFormat.class::isInstance)
                    .map(VideoFormat.class::cast)
                    .findFirst();
        }

        @Override
        public void close() {
            last.forget();
            session.close();
        }
    }
}
