package org.camseal.streaming.peer;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoUnit;
import org.camseal.peers.PeerProcess;
import org.camseal.streaming.server.LiveStream;

/** A clip's pictures, published to a program of others that joins in the middle of the first group of pictures. */
final class Showing {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int BEFORE = 10;

    private final Clip clip;
    private final LiveStream stream;

    /** The stream has its first pictures; whoever plays it from now on gets them all. */
    Showing(Clip clip) throws Exception {
        this.clip = clip;
        List<Track> video = List.of(clip.tracks().getFirst());
        this.stream = new LiveStream(video);
        for (AccessUnit unit : pictures().subList(0, BEFORE)) {
            stream.publish(unit);
        }
    }

    LiveStream stream() {
        return stream;
    }

    private List<AccessUnit> pictures() {
        return clip.units().stream().filter(VideoUnit.class::isInstance).toList();
    }

    /** Runs a program until the stream has ended and it too; returns its exit code. What it told is in the file {@code told}. */
    int to(Path directory, ProcessBuilder program) throws Exception {
        try (PeerProcess peer = PeerProcess.start(directory, program.redirectInput(new File("/dev/null")))) {
            while (stream.readers() == 0 && peer.isAlive()) {
                Thread.sleep(20);
            }
            List<AccessUnit> pictures = pictures();
            for (AccessUnit unit : pictures.subList(BEFORE, pictures.size())) {
                stream.publish(unit);
                Thread.sleep(20);
            }
            stream.close();
            int exitCode = peer.endsSomehow(PATIENCE);
            Files.writeString(directory.resolve("told"), peer.output());
            return exitCode;
        }
    }
}
