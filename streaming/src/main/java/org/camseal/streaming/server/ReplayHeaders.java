package org.camseal.streaming.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtsp.PlayRange;
import org.camseal.streaming.rtsp.RtspHeaders;
import org.camseal.streaming.rtsp.RtspMessage.Response;
import org.camseal.streaming.rtsp.RtspNumbers;
import org.camseal.streaming.rtsp.RtspStatus;
import org.camseal.streaming.server.RecordedStream.Extent;
import org.camseal.streaming.server.ReplayOrder.AtTheEnd;
import org.camseal.streaming.server.ReplayOrder.RateControl;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a PLAY of a recording (ONVIF Streaming Specification, "Initiating playback"): Range, Rate-Control, Scale, Speed, Frames,
 * Immediate.
 * What is not built is refused, naming it; nothing is guessed.
 */
final class ReplayHeaders {
    /** The feature tag by which a reader says that it knows how recordings are replayed. */
    static final String OPTION = "onvif-replay";

    private static final int MOST_INTRA_MILLIS = 86_400_000;
    private static final double FASTEST = 8;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,6}(\\.\\d{0,9})?");

    /** A range that begins so little behind what is recorded begins with the newest group: it may be on its way to the card. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(30);

    private final RtspHeaders headers;

    ReplayHeaders(RtspHeaders headers) {
        this.headers = headers;
    }

    /** The Range header, read; empty where there is none. */
    Optional<PlayRange> range() throws ReplayRefusal {
        Optional<String> range = headers.first("Range");
        if (range.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(PlayRange.parse(range.get()));
        } catch (ProtocolException e) {
            throw new ReplayRefusal(RtspStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    /** True where it is to begin at once, whatever plays. */
    boolean isImmediate() {
        return header("Immediate").equals("yes");
    }

    /** The answer with what the reader gets of the tempo that it asked for. */
    Response withTempo(Response answer, ReplayOrder.Tempo tempo) {
        Response scaled =
                headers.first("Scale").isPresent() ? answer.with("Scale", Double.toString(tempo.scale())) : answer;
        return headers.first("Speed").isPresent() ? scaled.with("Speed", Double.toString(tempo.speed())) : scaled;
    }

    ReplayOrder.Way way() throws ReplayRefusal {
        RateControl rateControl = switch (header("Rate-Control")) {
            case "", "yes" -> RateControl.YES;
            case "no" -> RateControl.NO;
            default -> throw new ReplayRefusal(RtspStatus.BAD_REQUEST, "Rate-Control is neither yes nor no");
        };
        boolean knowsReplay = headers.all("Require").stream().anyMatch(value -> value.contains(OPTION));
        return new ReplayOrder.Way(
                rateControl, frames(), knowsReplay ? AtTheEnd.GO_ON : AtTheEnd.STOP, tempo(rateControl));
    }

    /** What is nearest to what was asked for; the answer says what it is. Where the reader sets the speed, its own is all there is. */
    private ReplayOrder.Tempo tempo(RateControl rateControl) throws ReplayRefusal {
        double scale = decimal("Scale");
        double speed = decimal("Speed");
        if (speed < 0) {
            throw new ReplayRefusal(RtspStatus.BAD_REQUEST, "Speed is no decimal number above 0");
        }
        return switch (rateControl) {
            case YES -> {
                if (scale < 0) {
                    throw new ReplayRefusal(
                            RtspStatus.HEADER_FIELD_NOT_VALID,
                            "in reverse the reader sets the speed, use Rate-Control no with Scale -1.0");
                }
                yield new ReplayOrder.Tempo(within(scale), within(speed));
            }
            case NO -> scale < 0 ? ReplayOrder.Tempo.BACKWARDS : ReplayOrder.Tempo.ITS_OWN;
        };
    }

    private static double within(double tempo) {
        return Math.clamp(tempo, 1 / FASTEST, FASTEST);
    }

    /** A number other than 0; 1 where there is none. */
    private double decimal(String name) throws ReplayRefusal {
        String text = header(name);
        if (text.isEmpty()) {
            return 1;
        }
        double number = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : 0;
        if (number == 0) {
            throw new ReplayRefusal(RtspStatus.BAD_REQUEST, name + " is no decimal number other than 0");
        }
        return number;
    }

    private ReplayOrder.Frames frames() throws ReplayRefusal {
        String frames = header("Frames");
        if (frames.startsWith("intra/")) {
            OptionalInt millis = RtspNumbers.parse(frames.substring(6), MOST_INTRA_MILLIS);
            if (millis.isPresent()) {
                return new ReplayOrder.Frames.Intra(Duration.ofMillis(millis.getAsInt()));
            }
        }
        return switch (frames) {
            case "", "all" -> new ReplayOrder.Frames.All();
            case "predicted" -> new ReplayOrder.Frames.Predicted();
            case "intra" -> new ReplayOrder.Frames.Intra(Duration.ZERO);
            default ->
                throw new ReplayRefusal(
                        RtspStatus.HEADER_FIELD_NOT_VALID,
                        "Frames is known as all, predicted, intra and intra/milliseconds");
        };
    }

    /**
     * The order that a range gives.
     *
     * @param standing where the playback stands; null at first
     */
    ReplayOrder order(ReplayOrder.Way way, Extent extent, @Nullable Instant standing, boolean recording, int cseq)
            throws ReplayRefusal {
        Instant from = standing;
        Instant to = null;
        switch (range().orElse(null)) {
            case null -> {}
            case PlayRange.Clock clock -> {
                from = clock.from() == null ? standing : clock.from();
                to = clock.to();
            }
            case PlayRange.NormalPlayTime npt -> {
                from = npt.from() == null ? standing : extent.from().plus(npt.from());
                to = npt.to() == null ? null : extent.from().plus(npt.to());
            }
            case PlayRange.Now now ->
                throw new ReplayRefusal(RtspStatus.INVALID_RANGE, "a recording has no now, ask for a time");
            case PlayRange.OtherUnit other ->
                throw new ReplayRefusal(RtspStatus.NOT_IMPLEMENTED, "ranges are known in clock and npt");
        }
        boolean back = way.isBackwards();
        Instant beginning = back ? extent.to() : extent.from();
        Instant start = from == null ? beginning : from;
        if (to != null && !(back ? to.isBefore(start) : start.isBefore(to))) {
            throw new ReplayRefusal(
                    RtspStatus.INVALID_RANGE,
                    back ? "in reverse it ends behind its begin" : "it ends before it begins");
        }
        Duration behind = Duration.between(extent.to(), start);
        if (recording && behind.isPositive() && behind.compareTo(ON_ITS_WAY) <= 0) {
            start = extent.to();
        } else if (behind.isPositive()) {
            throw outside(extent);
        }
        Instant latest = back ? start : to;
        if (latest != null && (back ? latest.isBefore(extent.from()) : !latest.isAfter(extent.from()))) {
            throw outside(extent);
        }
        return new ReplayOrder(start, to, way, cseq);
    }

    /** Nothing of a range is recorded. */
    static ReplayRefusal outside(Extent extent) {
        return new ReplayRefusal(
                RtspStatus.INVALID_RANGE,
                "nothing is recorded then, the recording is " + new PlayRange.Clock(extent.from(), extent.to()));
    }

    private String header(String name) {
        return headers.first(name).orElse("").strip().toLowerCase(Locale.ROOT);
    }
}
