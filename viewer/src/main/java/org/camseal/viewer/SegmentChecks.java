package org.camseal.viewer;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.camseal.recorder.GroupJudge;
import org.camseal.recorder.GroupVerdict;
import org.camseal.recorder.Segment;
import org.camseal.web.WebException;

/** Goes through stored segments in the background, the one asked for last first, one at a time. */
final class SegmentChecks implements AutoCloseable {
    /** What is newer than this has not surely been written yet. */
    private static final Duration NOT_WRITTEN_YET = Duration.ofMillis(2_500);

    /**
     * So much in front of a segment is looked at too: sound at its beginning may belong to up to three groups before (docs/spec/sealed-video.md, chapter 6), and
     * would lack its manifest.
     */
    private static final Duration RUN_UP = Duration.ofSeconds(8);

    private final String camera;
    private final RecorderClient recorder;
    private final GroupJudge judge;
    private final BiConsumer<String, SegmentFindings> found;
    private final LinkedHashMap<String, Segment> waiting = new LinkedHashMap<>();
    private final Thread worker;

    /** @param found told of each segment by its id */
    SegmentChecks(String camera, RecorderClient recorder, GroupJudge judge, BiConsumer<String, SegmentFindings> found) {
        this.camera = camera;
        this.recorder = recorder;
        this.judge = judge;
        this.found = found;
        this.worker = Thread.ofVirtual().name("check " + camera).start(this::work);
    }

    void wanted(Segment segment) {
        synchronized (waiting) {
            waiting.remove(segment.id());
            waiting.put(segment.id(), segment);
            waiting.notifyAll();
        }
    }

    private void work() {
        try {
            while (true) {
                Segment segment = next();
                try {
                    check(segment);
                } catch (WebException | IOException unreachable) {
                    Thread.sleep(
                            Duration.ofSeconds(1)); // the page asks again, and says that the recorder does not answer
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Segment next() throws InterruptedException {
        synchronized (waiting) {
            Map.Entry<String, Segment> last = waiting.pollLastEntry();
            while (last == null) {
                waiting.wait();
                last = waiting.pollLastEntry();
            }
            return last.getValue();
        }
    }

    private void check(Segment segment) throws WebException, IOException, InterruptedException {
        Instant until = segment.open() ? segment.end().minus(NOT_WRITTEN_YET) : segment.end();
        if (!until.isAfter(segment.start())) {
            return;
        }
        List<GroupVerdict> groups = new ArrayList<>();
        StreamCheck.follow(recorder, camera, judge, segment.start().minus(RUN_UP), until, verdict -> {
            if (!verdict.start().isBefore(segment.start()) && verdict.start().isBefore(until)) {
                groups.add(verdict);
            }
        });
        Instant last = groups.isEmpty() ? until : groups.getLast().end();
        found.accept(segment.id(), new SegmentFindings(segment.version(), last, groups));
    }

    @Override
    public void close() {
        worker.interrupt();
    }
}
