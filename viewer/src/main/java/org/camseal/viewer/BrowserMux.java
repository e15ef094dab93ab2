package org.camseal.viewer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.media.mp4.MseMux;

/** Puts opened units on the page's time line and into its stream: fragments of as many pictures as it is given between two flushes. One thread. */
final class BrowserMux implements MseMux.Sink {
    private final MediaLine line;
    private final PlayStream out;
    private final MseMux mux;

    BrowserMux(List<Track> tracks, MediaLine line, PlayStream out) {
        this.line = line;
        this.out = out;
        this.mux = new MseMux(tracks, this);
    }

    /** Takes an opened unit; sound in front of the first picture, and sound that no browser plays, is left out. */
    void add(AccessUnit unit) throws MediaException, IOException {
        if (!mux.takes(unit.track())) {
            return;
        }
        if (unit instanceof VideoUnit video) {
            Optional<MediaLine.Skip> skip = line.picture(video);
            if (skip.isPresent()) {
                flush();
                out.send(new PlayStream.Message.Gap(
                        line.shownAt(video), skip.get().from(), skip.get().to()));
            }
        }
        Optional<AccessUnit> placed = line.place(unit);
        if (placed.isPresent()) {
            mux.add(placed.get());
        }
    }

    /** Pictures waiting for the next flush. */
    int pictures() {
        return mux.pictures();
    }

    /** Hands on what is waiting as one fragment. */
    void flush() throws MediaException, IOException {
        mux.flush();
        out.flush();
    }

    @Override
    public void begin(String mimeType, byte[] initSegment) throws IOException {
        out.send(new PlayStream.Message.Format(mimeType));
        out.initSegment(initSegment);
    }

    @Override
    public void fragment(List<AccessUnit> units, byte[] mp4) throws IOException {
        for (AccessUnit unit : units) {
            if (unit instanceof VideoUnit first) {
                double shown = (double) first.presentationTime().ticks()
                        / first.presentationTime().clockHz();
                out.send(new PlayStream.Message.Mark(shown, line.end(), first.capturedAt()));
                break;
            }
        }
        out.fragment(mp4);
    }
}
