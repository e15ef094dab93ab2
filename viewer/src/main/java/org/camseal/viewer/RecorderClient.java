package org.camseal.viewer;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camseal.media.MediaException;
import org.camseal.media.unitstream.UnitStreamReader;
import org.camseal.recorder.CameraStatus;
import org.camseal.recorder.GroupVerdict;
import org.camseal.recorder.RecorderStatus;
import org.camseal.recorder.RecordingList;
import org.camseal.recorder.VerdictList;
import org.camseal.web.WebClient;
import org.camseal.web.WebException;
import org.jspecify.annotations.Nullable;

/** Asks a recorder (docs/spec/recorder-api.md). What it answers is material to check, never a fact. Safe for use by several threads. */
final class RecorderClient implements AutoCloseable {
    private final WebClient web;

    RecorderClient(ViewerSettings.RecorderAddress address) {
        this.web = new WebClient(address.uri(), address.tls(), address.token(), WebClient.Limits.USUAL);
    }

    /** The recorder's cameras, in its order. */
    List<CameraStatus> cameras() throws WebException, InterruptedException {
        return web.get("api/status", RecorderStatus.class).cameras();
    }

    RecordingList recording(String camera, Instant from, Instant to) throws WebException, InterruptedException {
        return web.get(path(camera) + "/segments?from=" + from + "&to=" + to, RecordingList.class);
    }

    /** What the recorder says it found when the segment arrived. */
    List<GroupVerdict> verdicts(String camera, String segment) throws WebException, InterruptedException {
        return web.get(path(camera) + "/segments/" + encode(segment) + "/groups", VerdictList.class)
                .groups();
    }

    /**
     * Units from a time on, up to and with the picture that closes the last group before the end.
     *
     * @param from null for what arrives now
     * @param to null to follow
     * @return empty where the recorder has nothing there
     */
    Optional<UnitStreamReader> units(String camera, @Nullable Instant from, @Nullable Instant to)
            throws WebException, MediaException, IOException, InterruptedException {
        StringBuilder path = new StringBuilder(path(camera)).append("/units?");
        if (from != null) {
            path.append("from=").append(from).append('&');
        }
        if (to != null) {
            path.append("to=").append(to);
        }
        InputStream stream;
        try {
            stream = web.stream(path.toString());
        } catch (WebException.Answered answered) {
            if (answered.status() == 404) {
                return Optional.empty();
            }
            throw answered;
        }
        try {
            return Optional.of(new UnitStreamReader(stream));
        } catch (MediaException | IOException broken) {
            stream.close();
            throw broken;
        }
    }

    private static String path(String camera) {
        return "api/cameras/" + encode(camera);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        web.close();
    }
}
