package org.camseal.camera;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** A camera's events: the latest are kept, the state follows from them, and each is handed on. */
final class Journal implements Consumer<CameraEvent> {
    private final Consumer<CameraEvent> listener;
    private final Deque<CameraEvent> recent = new ArrayDeque<>();
    private CameraStatus.State state = CameraStatus.State.STARTING;

    Journal(Consumer<CameraEvent> listener) {
        this.listener = listener;
    }

    @Override
    public void accept(CameraEvent event) {
        synchronized (this) {
            if (recent.size() == CameraStatus.MAX_RECENT) {
                recent.remove();
            }
            recent.add(event);
            state = switch (event) {
                case CameraEvent.SourceStarted e -> CameraStatus.State.LIVE;
                case CameraEvent.SourceLost e -> CameraStatus.State.WAITING;
                case CameraEvent.SourceEnded e -> CameraStatus.State.ENDED;
                case CameraEvent.SourceUnusable e -> CameraStatus.State.FAILED;
                case CameraEvent.Stopped e -> CameraStatus.State.FAILED;
                case CameraEvent.SourceGap e -> state;
                case CameraEvent.UnitsDropped e -> state;
                case CameraEvent.NotSigned e -> state;
                case CameraEvent.SignerChanged e -> state;
                case CameraEvent.Reader e -> state;
            };
        }
        listener.accept(event);
    }

    synchronized void closed() {
        if (state != CameraStatus.State.ENDED && state != CameraStatus.State.FAILED) {
            state = CameraStatus.State.CLOSED;
        }
    }

    synchronized CameraStatus.State state() {
        return state;
    }

    synchronized List<CameraEvent> recent() {
        return List.copyOf(recent);
    }
}
