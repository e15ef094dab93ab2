package org.camseal.camera;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/** Counts pictures and bytes of a stream by whole groups. {@link #measure} may be called from any thread, the rest by the one that sends. */
final class StreamMeter {
    private static final long WINDOW_TICKS = 10L * MediaTime.VIDEO_CLOCK_HZ;

    /** A camera whose every picture is a key picture has ten seconds' worth of them. */
    private static final int MOST_GROUPS = 1_200;

    /** Longer than any group: a source that was away. */
    private static final long AWAY_TICKS = 600L * MediaTime.VIDEO_CLOCK_HZ;

    private static final int BITS = 8;

    private final Deque<Group> groups = new ArrayDeque<>();
    private long groupTicks;
    private @Nullable MediaTime began;
    private int pictures;
    private long bytes;
    private Optional<NalUnit> sequence = Optional.empty();
    private volatile @Nullable StreamMeasure measure;

    private record Group(int pictures, long bytes, long ticks) {}

    /** @param sent bytes of payload that left for it */
    void sent(VideoUnit unit, int sent) {
        if (unit.isKey()) {
            unit.nalUnits().stream()
                    .filter(NalUnit::isSequenceParameterSet)
                    .findFirst()
                    .ifPresent(found -> sequence = Optional.of(found));
            if (began != null) {
                end(unit.decodeTime().ticks() - began.ticks());
            }
            began = unit.decodeTime();
            pictures = 0;
            bytes = 0;
        }
        pictures++;
        bytes += sent;
    }

    private void end(long ticks) {
        if (ticks <= 0 || ticks > AWAY_TICKS) {
            groups.clear();
            groupTicks = 0;
            return;
        }
        groups.add(new Group(pictures, bytes, ticks));
        groupTicks += ticks;
        while (groups.size() > MOST_GROUPS
                || (groups.size() > 1 && groupTicks - groups.getFirst().ticks() >= WINDOW_TICKS)) {
            groupTicks -= groups.removeFirst().ticks();
        }
        double seconds = (double) groupTicks / MediaTime.VIDEO_CLOCK_HZ;
        long sum = groups.stream().mapToLong(Group::bytes).sum();
        measure = new StreamMeasure(
                groups.stream().mapToInt(Group::pictures).sum() / seconds,
                (int) Math.min(Integer.MAX_VALUE, Math.round(sum * BITS / 1_000.0 / seconds)),
                groups.stream().mapToInt(Group::pictures).max().orElse(1),
                sequence);
    }

    /** Another stream begins: what was measured says nothing of it. */
    void restart() {
        groups.clear();
        groupTicks = 0;
        began = null;
        sequence = Optional.empty();
        measure = null;
    }

    /** Empty until a group is over. */
    Optional<StreamMeasure> measure() {
        return Optional.ofNullable(measure);
    }
}
