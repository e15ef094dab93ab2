package org.camseal.streaming.server;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The states of a session (RFC 2326 appendix A.2): each holds what exists in it and nothing else, and says what may follow it. They are
 * asked, and left, under the session's lock.
 */
sealed interface SessionState {
    /** The senders that this state holds; those of a group are the group's. */
    default Map<Integer, TrackSender> senders() {
        return Map.of();
    }

    /** With one more track; null where the state does not allow it, or the track is set up already. */
    default @Nullable SessionState with(TrackSender sender) {
        return null;
    }

    /** Whether a replay may begin here, or go on. */
    default boolean mayReplay() {
        return false;
    }

    /** With nothing sent any more; null where no track is set up. */
    default @Nullable SessionState stopped() {
        return this;
    }

    /** Takes the reader off what is sent; returns how many units it was too slow for. */
    default long leave(Session session) {
        return 0;
    }

    /** Closes what is read for it. */
    default void release() {}

    /** No track is set up. */
    record Init() implements SessionState {
        @Override
        public SessionState with(TrackSender sender) {
            return new Ready(Map.of(sender.track().number(), sender));
        }

        @Override
        public @Nullable SessionState stopped() {
            return null;
        }
    }

    /** Tracks are set up, by number, and nothing is sent. */
    record Ready(Map<Integer, TrackSender> senders) implements SessionState {
        public Ready {
            senders = Map.copyOf(senders);
        }

        @Override
        public @Nullable SessionState with(TrackSender sender) {
            Map<Integer, TrackSender> more = new HashMap<>(senders);
            return more.putIfAbsent(sender.track().number(), sender) == null ? new Ready(more) : null;
        }

        @Override
        public boolean mayReplay() {
            return true;
        }
    }

    /** A pump sends what the feed holds. */
    record Playing(Map<Integer, TrackSender> senders, Feed feed) implements SessionState {
        public Playing {
            senders = Map.copyOf(senders);
        }

        @Override
        public SessionState stopped() {
            return feed instanceof ReplayFeed replay ? new Paused(senders, replay) : new Ready(senders);
        }

        @Override
        public long leave(Session session) {
            feed.cancel();
            if (session.stream() instanceof LiveStream live && feed instanceof Subscription subscription) {
                live.unsubscribe(subscription);
            }
            return feed.lostUnits();
        }

        @Override
        public void release() {
            if (feed instanceof ReplayFeed replay) {
                replay.cursor().close();
            }
        }
    }

    /** It will hear a group, these tracks of it. */
    record Enrolled(MulticastGroup group, Set<Integer> tracks) implements SessionState {
        public Enrolled {
            tracks = Set.copyOf(tracks);
        }

        /** In one more track; null where it is another group, or the track is there already. */
        @Nullable
        Enrolled with(MulticastGroup another, int track) {
            Set<Integer> more = new HashSet<>(tracks);
            return another == group && more.add(track) ? new Enrolled(group, more) : null;
        }

        @Override
        public long leave(Session session) {
            group.leave(session);
            return 0;
        }
    }

    /** It is one of those that a group is sent for; a pause changes nothing, because a group is not paused for one. */
    record Hearing(MulticastGroup group, Set<Integer> tracks) implements SessionState {
        public Hearing {
            tracks = Set.copyOf(tracks);
        }

        @Override
        public long leave(Session session) {
            group.leave(session);
            return 0;
        }
    }

    /** A replay stands where its feed does, and may go on there. */
    record Paused(Map<Integer, TrackSender> senders, ReplayFeed feed) implements SessionState {
        public Paused {
            senders = Map.copyOf(senders);
        }

        @Override
        public boolean mayReplay() {
            return true;
        }

        @Override
        public void release() {
            feed.cursor().close();
        }
    }

    /** The stream is over and its reader was told; it may still pause and say goodbye, as GStreamer does. */
    record Finished(Map<Integer, TrackSender> senders) implements SessionState {
        public Finished {
            senders = Map.copyOf(senders);
        }

        @Override
        public boolean mayReplay() {
            return true;
        }
    }

    /** Over: torn down, timed out, or its reader is gone. */
    record Ended() implements SessionState {
        @Override
        public @Nullable SessionState stopped() {
            return null;
        }
    }
}
