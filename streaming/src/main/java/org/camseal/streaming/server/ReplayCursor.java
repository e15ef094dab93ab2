package org.camseal.streaming.server;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaTime;
import org.camseal.media.VideoUnit;
import org.camseal.streaming.rtp.ReplayExtension.Flag;
import org.camseal.streaming.server.RecordedGroups.Follows;
import org.camseal.streaming.server.RecordedGroups.Group;
import org.jspecify.annotations.Nullable;

/**
 * A place in a recording from which one order is carried out: which units are sent, and what each is in its recording. One group is held back
 * until it is known what follows it, so that the last unit of each track in front of a gap can say so.
 */
final class ReplayCursor implements Closeable {
    /** How long it is waited for more in one go: what a reader who pauses waits at most. */
    private static final Duration SLICE = Duration.ofMillis(200);

    /**
     * A unit that is to be sent.
     *
     * @param time of its packets, on the clock of its track
     */
    record Marked(AccessUnit unit, MediaTime time, Set<Flag> flags) {}

    private final ReplayStream stream;
    private final RecordedGroups groups;
    private final ReplayOrder order;
    private final Set<Integer> tracks;
    private final ReplayClock clock;
    private final ArrayDeque<Marked> ready = new ArrayDeque<>();
    private final Set<Integer> discontinued = new HashSet<>();
    private List<Marked> held = List.of();
    private @Nullable Instant lastIntra;
    private @Nullable MediaTime lastShown;

    /** Of the group that is being sent against time. */
    private @Nullable Instant groupStart;

    private @Nullable Follows groupFollows;
    private boolean started;
    private boolean over;
    private boolean closed;

    /** @param stream whose reader's place it takes over and gives back when it is closed */
    ReplayCursor(
            ReplayStream stream, RecordedGroups groups, ReplayOrder order, Set<Integer> tracks, Duration clockStart) {
        this.stream = stream;
        this.groups = groups;
        this.order = order;
        this.tracks = Set.copyOf(tracks);
        this.clock = new ReplayClock(order.way(), clockStart);
    }

    ReplayOrder order() {
        return order;
    }

    /**
     * Reads the first group.
     *
     * @return when its first unit was captured; null where nothing of the range is recorded
     */
    synchronized @Nullable Instant begin() throws IOException, InterruptedException {
        if (order.way().isBackwards()) {
            advanceBackwards();
            return held.isEmpty() ? null : held.getFirst().unit().capturedAt();
        }
        Group first = groups.next(Duration.ZERO);
        Group within = first == null ? null : before(order.to(), first);
        if (first == null || within == null) {
            return null;
        }
        hold(within);
        if (within.units().size() < first.units().size()) {
            end(EnumSet.of(Flag.TERMINAL));
        }
        return within.units().getFirst().capturedAt();
    }

    /** When the unit that is next was captured; null where it is not known yet. */
    synchronized @Nullable Instant nextCapture() {
        Marked next = next();
        return next == null ? null : next.unit().capturedAt();
    }

    private @Nullable Marked next() {
        return ready.isEmpty() && !held.isEmpty() ? held.getFirst() : ready.peek();
    }

    /** The time of the unit that is next; null where it is not known yet. */
    synchronized @Nullable MediaTime nextTime() {
        Marked next = next();
        return next == null ? null : next.time();
    }

    /**
     * The next unit, left where it is; null at the end of the order, and as soon as {@code cancelled}.
     *
     * @throws IOException where the recording cannot be read
     */
    synchronized @Nullable Marked peek(BooleanSupplier cancelled) throws IOException, InterruptedException {
        while (ready.isEmpty() && !over && !closed && !cancelled.getAsBoolean()) {
            if (order.way().isBackwards()) {
                advanceBackwards();
            } else {
                advance();
            }
        }
        return cancelled.getAsBoolean() ? null : ready.peek();
    }

    /** Goes past the unit that {@link #peek} gave. */
    synchronized void pass() {
        ready.poll();
    }

    private void advance() throws IOException, InterruptedException {
        boolean goesOn = order.way().atTheEnd() == ReplayOrder.AtTheEnd.GO_ON
                && stream.recording().isRecording();
        Group next = groups.next(goesOn ? SLICE : Duration.ZERO);
        if (next == null) {
            if (!goesOn) {
                end(EnumSet.of(Flag.END_OF_SECTION, Flag.TERMINAL));
            }
            return;
        }
        Group within = before(order.to(), next);
        if (within == null) {
            end(EnumSet.of(Flag.TERMINAL));
            return;
        }
        release(within.follows() == Follows.AFTER_GAP ? EnumSet.of(Flag.END_OF_SECTION) : EnumSet.noneOf(Flag.class));
        hold(within);
        if (within.units().size() < next.units().size()) {
            end(EnumSet.of(Flag.TERMINAL));
        }
    }

    /**
     * Groups come against time, what is in them with it; each begins with a discontinuity (ONVIF Streaming Specification, "Reverse
     * replay"). One that reaches over an end of the range is cut at the later end alone: what lies behind the earlier one needs what lies in
     * front of it.
     */
    private void advanceBackwards() throws IOException, InterruptedException {
        Group next = groups.next(Duration.ZERO);
        boolean begins = next == null || next.isStart();
        Instant to = order.to();
        boolean reached = to != null && groupStart != null && !groupStart.isAfter(to);
        if (next == null || (begins && reached)) {
            end(backwardsFlags(EnumSet.of(Flag.TERMINAL)));
            return;
        }
        release(begins ? backwardsFlags(EnumSet.noneOf(Flag.class)) : EnumSet.noneOf(Flag.class));
        if (begins) {
            groupStart = next.units().getFirst().capturedAt();
            groupFollows = next.follows();
        }
        List<AccessUnit> units = next.units().stream()
                .filter(unit -> !unit.capturedAt().isAfter(order.from()))
                .toList();
        if (!units.isEmpty()) {
            // Each begins anew for the clock too, so that times are those that they would be forwards.
            hold(new Group(units, begins ? Follows.AFTER_GAP : Follows.CLOSELY));
        }
    }

    private Set<Flag> backwardsFlags(Set<Flag> more) {
        if (groupFollows == Follows.AFTER_GAP) {
            more.add(Flag.END_OF_SECTION);
        }
        return more;
    }

    /** What of a group lies in front of a moment: the group itself where all of it does, null where nothing does. */
    private static @Nullable Group before(@Nullable Instant end, Group group) {
        if (end == null
                || group.units().stream().allMatch(unit -> unit.capturedAt().isBefore(end))) {
            return group;
        }
        List<AccessUnit> units = group.units().stream()
                .filter(unit -> unit.capturedAt().isBefore(end))
                .toList();
        return units.isEmpty() ? null : new Group(units, group.follows());
    }

    private void hold(Group group) {
        if (!started || group.follows() == Follows.AFTER_GAP) {
            started = true;
            discontinued.addAll(tracks);
            lastShown = null;
            clock.section(group.units().getFirst());
        }
        List<Marked> units = new ArrayList<>();
        for (AccessUnit unit : group.units()) {
            MediaTime time = clock.at(unit);
            if (tracks.contains(unit.track()) && isWanted(unit)) {
                Set<Flag> flags = EnumSet.noneOf(Flag.class);
                if (!(unit instanceof VideoUnit video) || video.isKey()) {
                    flags.add(Flag.CLEAN_POINT);
                }
                if (discontinued.remove(unit.track())) {
                    flags.add(Flag.DISCONTINUITY);
                }
                units.add(new Marked(unit, time, flags));
            }
        }
        held = units;
    }

    private boolean isWanted(AccessUnit unit) {
        return switch (order.way().frames()) {
            case ReplayOrder.Frames.All() -> true;
            case ReplayOrder.Frames.Predicted() -> !(unit instanceof VideoUnit video) || isShownLast(video);
            case ReplayOrder.Frames.Intra(Duration every) ->
                unit instanceof VideoUnit video && video.isKey() && isDue(video, every);
        };
    }

    /** Whether nothing that came before it in its section is shown behind it. */
    private boolean isShownLast(VideoUnit video) {
        MediaTime before = lastShown;
        boolean last = before == null || video.presentationTime().compareTo(before) > 0;
        lastShown = last ? video.presentationTime() : before;
        return last;
    }

    private boolean isDue(VideoUnit key, Duration every) {
        Instant before = lastIntra;
        Duration apart = before == null
                ? every
                : Duration.between(before, key.capturedAt())
                        .multipliedBy(order.way().isBackwards() ? -1 : 1);
        boolean due = apart.compareTo(every) >= 0 || apart.isNegative(); // a clock that was set back begins anew
        lastIntra = due ? key.capturedAt() : before;
        return due;
    }

    /** Lets out what is held; the last unit of each track gets the given flags. */
    private void release(Set<Flag> last) {
        Map<Integer, Marked> lastOf = new HashMap<>();
        held.forEach(marked -> lastOf.put(marked.unit().track(), marked));
        lastOf.values().forEach(marked -> marked.flags().addAll(last));
        ready.addAll(held);
        held = List.of();
    }

    private void end(Set<Flag> last) {
        release(last);
        over = true;
    }

    /** Frees the recording and the reader's place. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        ready.clear();
        held = List.of();
        stream.leave();
        try {
            groups.close();
        } catch (IOException e) {
            // Nothing is left to be freed.
        }
    }
}
