package org.camseal.recorder;

/** What happens and a page wants to know at once; sent to it as a server-sent event of this name. */
sealed interface RecorderEvent {
    /** The event's name. */
    default String name() {
        return switch (this) {
            case Judged judged -> "group";
            case Turned turned -> "camera";
            case GapChanged changed -> "gap";
        };
    }

    /** A group of pictures was judged on arrival. */
    record Judged(String camera, GroupVerdict group) implements RecorderEvent {}

    /** A camera's state is another now. */
    record Turned(String camera, CameraStatus.State state, String detail) implements RecorderEvent {}

    /** A gap began or ended. */
    record GapChanged(String camera, Gap gap) implements RecorderEvent {}
}
