package org.camseal.camera;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import org.camseal.ffmpeg.CaptureDevice;
import org.camseal.ffmpeg.FFmpegException;
import org.camseal.ffmpeg.VideoEncoderSettings;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.Track;

/**
 * A camera at this machine (Video4Linux2).
 *
 * @param device such as {@code /dev/video0}
 * @param settings size and rate, and how its pictures are encoded if it does not give H.264 itself
 */
public record V4l2Source(Path device, VideoEncoderSettings settings) implements Source {
    @Override
    public String describe() {
        return "device " + device;
    }

    @Override
    public SourceSession open(LiveClock clock) throws SourceException {
        try {
            return new Session(describe(), CaptureDevice.openV4l2(device, settings, clock));
        } catch (FFmpegException e) {
            // At the start most likely a wrong name; a device that worked before and is plugged in again is tried again
            // anyway.
            throw new SourceException.Unusable(String.valueOf(e.getMessage()), e);
        }
    }

    /** A device that is being read; package-private so that a virtual one can be read the same way. */
    record Session(String name, CaptureDevice input) implements SourceSession {
        @Override
        public List<Track> tracks() {
            return input.tracks();
        }

        @Override
        public AccessUnit next() throws SourceException, InterruptedException {
            try {
                return input.next();
            } catch (InterruptedIOException e) {
                InterruptedException interrupted = new InterruptedException(e.getMessage());
                interrupted.initCause(e);
                throw interrupted;
            } catch (MediaException | IOException e) {
                throw new SourceException.Lost(String.valueOf(e.getMessage()), e);
            }
        }

        @Override
        public void close() {
            input.close();
        }
    }
}
