package org.camseal.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.camseal.recorder.CameraStatus;
import org.camseal.recorder.Recorder;
import org.camseal.recorder.RecordingAlteration;
import org.camseal.viewer.DemoHooks;

/** What the demonstration's page shows of a recorder that runs in the same process, and the attacker's hand on its disk. */
final class LocalDemo implements DemoHooks {
    private final Recorder recorder;

    /** @param recorder started */
    LocalDemo(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public Alteration alter(String camera, Instant at) throws IOException {
        Path file = recorder.segmentFile(camera, at)
                .orElseThrow(() -> new IOException("nothing is recorded of camera " + camera + " at " + at));
        RecordingAlteration done = RecordingAlteration.flipOneBit(file, at);
        return new Alteration(
                done.at(),
                "bit " + done.bit() + " of byte " + done.offsetBytes() + " of " + file.getFileName() + " is flipped.");
    }

    @Override
    public RecorderView recorderView(String camera) {
        List<Fact> facts = recorder.status().cameras().stream()
                .filter(status -> status.name().equals(camera))
                .findFirst()
                .map(LocalDemo::facts)
                .orElse(List.of());
        return RecorderView.of(recorder.newestBytes(camera), facts, recorder.entryAddress());
    }

    private static List<Fact> facts(CameraStatus camera) {
        return List.of(
                new Fact("Received", String.format(Locale.ROOT, "%,d bytes", camera.bytesReceived())),
                new Fact("Bit rate", String.format(Locale.ROOT, "%,d kbit/s", camera.bitsPerSecond() / 1000)),
                new Fact("Pictures seen", "none"),
                new Fact("Keys held", "none"));
    }
}
