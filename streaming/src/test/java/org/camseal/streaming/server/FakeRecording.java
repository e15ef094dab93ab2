package org.camseal.streaming.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.camseal.media.AccessUnit;
import org.camseal.media.Track;
import org.camseal.streaming.server.RecordedGroups.Group;
import org.jspecify.annotations.Nullable;

/** A recording in memory, to which groups can be added. */
final class FakeRecording implements RecordedStream {
    private final List<Track> tracks;
    private final List<Group> groups = new CopyOnWriteArrayList<>();
    final AtomicInteger open = new AtomicInteger();
    volatile boolean recording;

    FakeRecording(List<Track> tracks) {
        this.tracks = tracks;
    }

    void add(Group group) {
        groups.add(group);
    }

    List<AccessUnit> units() {
        return groups.stream().flatMap(group -> group.units().stream()).toList();
    }

    @Override
    public List<Track> tracks() {
        return groups.isEmpty() ? List.of() : tracks;
    }

    @Override
    public Optional<Extent> extent() {
        return groups.isEmpty()
                ? Optional.empty()
                : Optional.of(new Extent(
                        groups.getFirst().units().getFirst().capturedAt(),
                        groups.getLast().units().getLast().capturedAt()));
    }

    @Override
    public boolean isRecording() {
        return recording;
    }

    @Override
    public RecordedGroups openBackwards(Instant from) {
        int last = 0;
        while (last + 1 < groups.size()
                && !groups.get(last + 1).units().getFirst().capturedAt().isAfter(from)) {
            last++;
        }
        int start = last;
        open.incrementAndGet();
        return new RecordedGroups() {
            private int next = start;

            @Override
            public @Nullable Group next(Duration patience) {
                return next < 0 ? null : groups.get(next--);
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }

    @Override
    public RecordedGroups open(Instant from) {
        int first = 0;
        while (groups.get(first).units().getLast().capturedAt().isBefore(from)) {
            first++;
        }
        int start = first;
        open.incrementAndGet();
        return new RecordedGroups() {
            private int next = start;

            @Override
            public @Nullable Group next(Duration patience) throws InterruptedException {
                if (next == groups.size() && patience.isPositive()) {
                    Thread.sleep(5);
                }
                return next == groups.size() ? null : groups.get(next++);
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }
}
