package org.camseal.cli.camera;

import java.util.Optional;
import org.camseal.camera.CameraEvent;
import org.camseal.camera.card.CardEvent;
import org.camseal.streaming.server.RtspServerEvent;

/** The names under which a camera's events stand in its log. */
final class LoggedEvents {
    private LoggedEvents() {}

    /** Empty for what goes on: of units that are not sent only the beginning is logged. */
    static Optional<String> kind(CameraEvent event) {
        return event instanceof CameraEvent.UnitsDropped dropped && dropped.count() > 1
                ? Optional.empty()
                : Optional.of(name(event));
    }

    static String kind(CardEvent event) {
        return switch (event) {
            case CardEvent.Writing e -> "card written";
            case CardEvent.NotWriting e -> "card not written";
        };
    }

    private static String name(CameraEvent event) {
        return switch (event) {
            case CameraEvent.SourceStarted e -> "source started";
            case CameraEvent.SourceLost e -> "source lost";
            case CameraEvent.SourceGap e -> "gap";
            case CameraEvent.SourceEnded e -> "source ended";
            case CameraEvent.SourceUnusable e -> "source unusable";
            case CameraEvent.UnitsDropped e -> "units not sent";
            case CameraEvent.NotSigned e -> "not signed";
            case CameraEvent.SignerChanged e -> "signer changed";
            case CameraEvent.Stopped e -> "stopped";
            case CameraEvent.Reader(var _, RtspServerEvent reader) -> reader(reader);
        };
    }

    private static String reader(RtspServerEvent event) {
        return switch (event) {
            case RtspServerEvent.ConnectionRefused e -> "stream connection refused";
            case RtspServerEvent.ConnectionFailed e -> "stream connection failed";
            case RtspServerEvent.LoginFailed e -> "stream login refused";
            case RtspServerEvent.PlaybackStarted e -> "stream reader began";
            case RtspServerEvent.SessionEnded e -> "stream reader ended";
        };
    }
}
