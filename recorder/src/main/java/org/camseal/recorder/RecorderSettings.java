package org.camseal.recorder;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.camseal.identity.Revocations;
import org.camseal.web.WebSettings;

/**
 * All that a recorder is told.
 *
 * @param directory where recordings go; made if it is not there
 * @param web where it listens, and to whom: with TLS and client certificates, or on the loopback address with a token
 * @param cameras with different names
 * @param storage lengths and limits
 * @param revocations lists of the makers: a camera that is on one counts as a stranger, on the line and in its signatures
 */
public record RecorderSettings(
        Path directory, WebSettings web, List<CameraEntry> cameras, Storage storage, Revocations revocations) {
    /** Without any revocation list. */
    public RecorderSettings(Path directory, WebSettings web, List<CameraEntry> cameras, Storage storage) {
        this(directory, web, cameras, storage, Revocations.NONE);
    }

    public RecorderSettings {
        cameras = List.copyOf(cameras);
        Set<String> names = new HashSet<>();
        for (CameraEntry camera : cameras) {
            if (!names.add(camera.name())) {
                throw new IllegalArgumentException("two cameras are named " + camera.name());
            }
        }
    }

    /**
     * Lengths and limits of what is stored.
     *
     * @param segmentLength a new segment begins at the first key picture after this much video; 1 s to 1 h
     * @param minimumFreeBytes the recorder stops writing before less than this is free on the disk
     */
    public record Storage(Duration segmentLength, long minimumFreeBytes) {
        /** 60 s segments, 1 GiB kept free. */
        public static final Storage DEFAULT = new Storage(Duration.ofSeconds(60), 1L << 30);

        public Storage {
            if (segmentLength.compareTo(Duration.ofSeconds(1)) < 0
                    || segmentLength.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("segments of " + segmentLength + "; PT1S to PT1H expected");
            }
            if (minimumFreeBytes < 0) {
                throw new IllegalArgumentException("minimum free space of " + minimumFreeBytes + " bytes");
            }
        }
    }
}
