package org.camseal.streaming.server;

import java.util.Map;
import java.util.Set;

/** The states of a session (RFC 2326 appendix A.2); each holds what exists in it and nothing else. */
sealed interface SessionState {
    /** No track is set up. */
    record Init() implements SessionState {}

    /** Tracks are set up, by number, and nothing is sent. */
    record Ready(Map<Integer, TrackSender> senders) implements SessionState {
        public Ready {
            senders = Map.copyOf(senders);
        }
    }

    /** A pump sends what the feed holds. */
    record Playing(Map<Integer, TrackSender> senders, Feed feed) implements SessionState {
        public Playing {
            senders = Map.copyOf(senders);
        }
    }

    /** It will hear a group, these tracks of it. */
    record Enrolled(MulticastGroup group, Set<Integer> tracks) implements SessionState {
        public Enrolled {
            tracks = Set.copyOf(tracks);
        }
    }

    /** It is one of those that a group is sent for; a pause changes nothing, because a group is not paused for one. */
    record Hearing(MulticastGroup group, Set<Integer> tracks) implements SessionState {
        public Hearing {
            tracks = Set.copyOf(tracks);
        }
    }

    /** A replay stands where its feed does, and may go on there. */
    record Paused(Map<Integer, TrackSender> senders, ReplayFeed feed) implements SessionState {
        public Paused {
            senders = Map.copyOf(senders);
        }
    }

    /** The stream is over and its reader was told; it may still pause and say goodbye, as GStreamer does. */
    record Finished(Map<Integer, TrackSender> senders) implements SessionState {
        public Finished {
            senders = Map.copyOf(senders);
        }
    }

    /** Over: torn down, timed out, or its reader is gone. */
    record Ended() implements SessionState {}

    /** The senders that this state holds; those of a group are the group's. */
    default Map<Integer, TrackSender> sendersNow() {
        return switch (this) {
            case Init init -> Map.of();
            case Ready ready -> ready.senders();
            case Playing playing -> playing.senders();
            case Enrolled enrolled -> Map.of();
            case Hearing hearing -> Map.of();
            case Paused paused -> paused.senders();
            case Finished finished -> finished.senders();
            case Ended ended -> Map.of();
        };
    }
}
