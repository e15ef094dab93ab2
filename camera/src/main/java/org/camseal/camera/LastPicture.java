package org.camseal.camera;

import java.util.Optional;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/** The last key picture of a source, in clear, in memory alone; the one before it is forgotten. Safe for use by several threads. */
public final class LastPicture {
    private volatile @Nullable Shown shown;

    /** A key picture and what decodes it. */
    public record Shown(VideoFormat format, VideoUnit unit) {}

    void take(VideoFormat format, VideoUnit unit) {
        shown = new Shown(format, unit);
    }

    void forget() {
        shown = null;
    }

    /** The picture; empty while the source gives none. */
    public Optional<Shown> shown() {
        return Optional.ofNullable(shown);
    }
}
