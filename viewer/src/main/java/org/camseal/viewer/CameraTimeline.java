package org.camseal.viewer;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camseal.recorder.EventFan;
import org.camseal.recorder.Gap;
import org.camseal.recorder.GroupJudge;
import org.camseal.recorder.GroupVerdict;
import org.camseal.recorder.RecordingList;
import org.camseal.recorder.Segment;
import org.camseal.web.WebException;

/**
 * What is known of one camera's recording: this viewer's own findings, segment by segment, and beside them what the recorder says. Own
 * findings about a stored segment count as long as its file has not been written to since; then the segment is gone through again. Safe
 * for use by several threads.
 */
final class CameraTimeline implements AutoCloseable {
    private static final int SEGMENTS_KEPT = 4_000;
    private static final Duration ARRIVALS_KEPT = Duration.ofMinutes(15);

    private final String camera;
    private final RecorderClient recorder;
    private final EventFan<ViewerEvent> events;
    private final SegmentChecks checks;
    private final ArrivalWatch watch;
    private final Map<String, SegmentFindings> findings = new LinkedHashMap<>();
    private final Map<String, List<GroupVerdict>> recorderWords = new LinkedHashMap<>();
    private final ArrayDeque<GroupVerdict> arrivals = new ArrayDeque<>();

    /** A camera's groups and gaps of some time; what the page draws. */
    record View(List<Group> groups, List<Gap> gaps, Instant now) {}

    CameraTimeline(
            String camera,
            RecorderClient recorder,
            GroupJudge judge,
            EventFan<ViewerEvent> events,
            InstantSource clock) {
        this.camera = camera;
        this.recorder = recorder;
        this.events = events;
        this.checks = new SegmentChecks(camera, recorder, judge, this::found);
        this.watch = new ArrivalWatch(camera, recorder, judge, clock, new ArrivalWatch.Listener() {
            @Override
            public void arrived(GroupVerdict verdict) {
                CameraTimeline.this.arrived(verdict);
            }

            @Override
            public void reached(boolean reachable, String text) {
                events.tell(new ViewerEvent.Reached(reachable, text));
            }
        });
    }

    /** Everything between two times, in order; sets going what has not been looked at yet. */
    View between(Instant from, Instant to) throws WebException, InterruptedException {
        watch.wanted();
        RecordingList recording = recorder.recording(camera, from, to);
        Map<String, Group> groups = new LinkedHashMap<>();
        for (Segment segment : recording.segments()) {
            groups(segment).forEach(group -> groups.put(group.id(), group));
        }
        List<Group> shown = groups.values().stream()
                .filter(group -> group.end().isAfter(from) && group.start().isBefore(to))
                .sorted(Comparator.comparing(Group::start))
                .toList();
        return new View(shown, recording.gaps(), recording.now());
    }

    private List<Group> groups(Segment segment) throws WebException, InterruptedException {
        Map<String, GroupVerdict> words = recorderWords(segment).stream()
                .collect(Collectors.toMap(Group::id, Function.identity(), (one, again) -> again, LinkedHashMap::new));
        List<Group> groups = new ArrayList<>();
        SegmentFindings own;
        synchronized (findings) {
            own = findings.get(segment.id());
        }
        if (!segment.open() && (own == null || !own.version().equals(segment.version()))) {
            checks.wanted(segment);
        }
        // Older findings stand until there are new ones: what was seen to be forged is not shown as good meanwhile.
        Instant known = segment.start();
        if (own != null) {
            for (GroupVerdict verdict : own.groups()) {
                groups.add(Group.of(verdict, Group.Source.STORED, words.remove(Group.id(verdict))));
            }
            known = own.until();
        }
        for (GroupVerdict verdict : arrivals(known, segment.end())) {
            groups.add(Group.of(verdict, Group.Source.ARRIVING, words.remove(Group.id(verdict))));
        }
        words.values().forEach(word -> groups.add(Group.of(null, null, word)));
        return groups;
    }

    private List<GroupVerdict> recorderWords(Segment segment) throws WebException, InterruptedException {
        synchronized (recorderWords) {
            List<GroupVerdict> known = recorderWords.get(segment.id());
            if (known != null) {
                return known;
            }
        }
        List<GroupVerdict> words = recorder.verdicts(camera, segment.id());
        if (!segment.open()) {
            synchronized (recorderWords) {
                keep(recorderWords, segment.id(), words);
            }
        }
        return words;
    }

    private List<GroupVerdict> arrivals(Instant from, Instant to) {
        synchronized (arrivals) {
            return arrivals.stream()
                    .filter(verdict ->
                            !verdict.start().isBefore(from) && verdict.start().isBefore(to))
                    .toList();
        }
    }

    private void arrived(GroupVerdict verdict) {
        synchronized (arrivals) {
            arrivals.addLast(verdict);
            Instant old = verdict.start().minus(ARRIVALS_KEPT);
            while (arrivals.getFirst().start().isBefore(old)) {
                arrivals.removeFirst();
            }
        }
        events.tell(new ViewerEvent.Found(camera, Group.of(verdict, Group.Source.ARRIVING, null)));
    }

    private void found(String segment, SegmentFindings found) {
        synchronized (findings) {
            keep(findings, segment, found);
        }
        events.tell(new ViewerEvent.Changed(camera));
    }

    /**
     * Is told what a viewing of the recording found; where that is not what the timeline has, the segment is gone through again.
     */
    void seen(List<GroupVerdict> verdicts) throws WebException, InterruptedException {
        for (GroupVerdict verdict : verdicts) {
            boolean known;
            synchronized (findings) {
                known = findings.values().stream()
                        .anyMatch(segment -> segment.groups().contains(verdict));
            }
            if (!known && verdict.verdict() != GroupVerdict.Outcome.AUTHENTIC) {
                checkAgain(verdict.start());
            }
        }
    }

    /** Goes through the segment of that time again, also one that is still being written. */
    void checkAgain(Instant at) throws WebException, InterruptedException {
        for (Segment segment : recorder.recording(camera, at, at.plusMillis(1)).segments()) {
            checks.wanted(segment);
        }
    }

    private static <V> void keep(Map<String, V> map, String key, V value) {
        map.remove(key);
        map.put(key, value);
        if (map.size() > SEGMENTS_KEPT) {
            map.remove(map.keySet().iterator().next());
        }
    }

    @Override
    public void close() {
        watch.close();
        checks.close();
    }
}
