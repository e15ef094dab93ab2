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
import org.camseal.streaming.rtsp.RtspNumbers;
import org.camseal.streaming.rtsp.RtspStatus;
import org.camseal.streaming.server.RecordedStream.Extent;
import org.camseal.streaming.server.ReplayOrder.AtTheEnd;
import org.camseal.streaming.server.ReplayOrder.RateControl;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a PLAY of a recording (ONVIF Streaming Specification, "Initiating playback"): Range, Rate-Control, Scale, Frames, Immediate.
 * What is not built is refused, naming it; nothing is guessed.
 */
final class ReplayHeaders {
    /** The feature tag by which a reader says that it knows how recordings are replayed. */
    static final String OPTION = "onvif-replay";

    private static final int MOST_INTRA_MILLIS = 86_400_000;
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

    /** True where the reader asks for a speed, and is to be told which it gets. */
    boolean asksForScale() {
        return headers.first("Scale").isPresent();
    }

    ReplayOrder.Way way() throws ReplayRefusal {
        RateControl rateControl = switch (header("Rate-Control")) {
            case "", "yes" -> RateControl.YES;
            case "no" -> RateControl.NO;
            default -> throw new ReplayRefusal(RtspStatus.BAD_REQUEST, "Rate-Control is neither yes nor no");
        };
        checkScale(rateControl);
        boolean knowsReplay = headers.all("Require").stream().anyMatch(value -> value.contains(OPTION));
        return new ReplayOrder.Way(rateControl, intraEvery(), knowsReplay ? AtTheEnd.GO_ON : AtTheEnd.STOP);
    }

    /** At another speed than its own a recording is played at its own, and the answer says so (RFC 2326 section 12.34). */
    private void checkScale(RateControl rateControl) throws ReplayRefusal {
        String text = header("Scale");
        if (text.isEmpty()) {
            return;
        }
        if (!DECIMAL.matcher(text).matches() || Double.parseDouble(text) == 0) {
            throw new ReplayRefusal(RtspStatus.BAD_REQUEST, "Scale is no decimal number other than 0");
        }
        double scale = Double.parseDouble(text);
        if (scale < 0) {
            throw new ReplayRefusal(RtspStatus.HEADER_FIELD_NOT_VALID, "no reverse replay here, Scale must be 1.0");
        }
        if (scale != 1 && rateControl == RateControl.NO) {
            throw new ReplayRefusal(
                    RtspStatus.HEADER_FIELD_NOT_VALID,
                    "with Rate-Control no the reader sets the speed, Scale must be 1.0");
        }
    }

    private @Nullable Duration intraEvery() throws ReplayRefusal {
        String frames = header("Frames");
        if (frames.isEmpty() || frames.equals("all")) {
            return null;
        }
        if (frames.equals("intra")) {
            return Duration.ZERO;
        }
        OptionalInt millis = frames.startsWith("intra/")
                ? RtspNumbers.parse(frames.substring(6), MOST_INTRA_MILLIS)
                : OptionalInt.empty();
        if (millis.isEmpty()) {
            throw new ReplayRefusal(
                    RtspStatus.HEADER_FIELD_NOT_VALID, "Frames is known as all, intra and intra/milliseconds");
        }
        return Duration.ofMillis(millis.getAsInt());
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
        Instant start = from == null ? extent.from() : from;
        if (to != null && !start.isBefore(to)) {
            throw new ReplayRefusal(RtspStatus.INVALID_RANGE, "it ends before it begins");
        }
        Duration behind = Duration.between(extent.to(), start);
        if (recording && behind.isPositive() && behind.compareTo(ON_ITS_WAY) <= 0) {
            start = extent.to();
        } else if (behind.isPositive()) {
            throw outside(extent);
        }
        if (to != null && !to.isAfter(extent.from())) {
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
