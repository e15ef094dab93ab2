package org.camseal.viewer;

/** What happens and the page wants to know at once; sent to it as a server-sent event of this name. */
sealed interface ViewerEvent {
    /** The event's name. */
    default String name() {
        return switch (this) {
            case Found found -> "group";
            case Changed changed -> "changed";
            case Reached reached -> "recorder";
        };
    }

    /** A group was judged as it arrived. */
    record Found(String camera, Group group) implements ViewerEvent {}

    /** The timeline of a camera has something new: ask for it again. */
    record Changed(String camera) implements ViewerEvent {}

    /** The recorder answers, or does not. */
    record Reached(boolean reachable, String text) implements ViewerEvent {}
}
