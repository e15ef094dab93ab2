package org.camseal.cli.camera;

import java.util.Optional;
import org.camseal.camera.StreamMeasure;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoFormat;
import org.camseal.onvif.VideoFacts;

/** What was measured of a stream, in the words of ONVIF, and as steady as settings are: a VMS takes each change for one of them. */
final class StreamRates {
    /** A rate this near to a whole number was set to it. */
    private static final double NEAR = 0.03;

    private StreamRates() {}

    static VideoFacts.Rates of(StreamMeasure measure) {
        double pictures = measure.picturesPerSecond();
        double whole = Math.rint(pictures);
        boolean near = whole > 0 && Math.abs(pictures - whole) <= NEAR * whole;
        return new VideoFacts.Rates(
                near ? whole : Math.max(0.1, Math.rint(pictures * 10) / 10),
                upwards(measure.kilobitsPerSecond()),
                measure.groupLength());
    }

    /** To two digits that count, the next above: as a limit would be set for it. */
    private static int upwards(int kilobits) {
        int step = 1;
        while (kilobits / step >= 100) {
            step *= 10;
        }
        return Math.max(1, Math.ceilDiv(kilobits, step) * step);
    }

    /**
     * What a sequence parameter set says.
     *
     * @param profile its name in tt:VideoEncodingProfiles; empty for one that has none
     */
    record Sequence(Optional<String> profile, VideoFacts.Size size) {}

    /** What the stream's sequence parameter set says, else the one that its source tells beside it; empty for one that cannot be read. */
    static Optional<Sequence> sequence(Optional<StreamMeasure> measure, Optional<VideoFormat> format) {
        return measure.flatMap(StreamMeasure::sequence)
                .or(() -> format.stream()
                        .flatMap(known -> known.parameterSets().stream())
                        .filter(NalUnit::isSequenceParameterSet)
                        .findFirst())
                .flatMap(StreamRates::read);
    }

    private static Optional<Sequence> read(NalUnit set) {
        try {
            if (set.codec() == Codec.H265) {
                var sps = org.camseal.media.h265.Sps.parse(set);
                return Optional.of(new Sequence(
                        h265Profile(sps.profile().profileIdc()), new VideoFacts.Size(sps.width(), sps.height())));
            }
            var sps = org.camseal.media.h264.Sps.parse(set);
            return Optional.of(
                    new Sequence(h264Profile(sps.profileIdc()), new VideoFacts.Size(sps.width(), sps.height())));
        } catch (MediaException e) {
            return Optional.empty();
        }
    }

    /** H.264 annex A. */
    private static Optional<String> h264Profile(int idc) {
        return switch (idc) {
            case 66 -> Optional.of("Baseline");
            case 77 -> Optional.of("Main");
            case 88 -> Optional.of("Extended");
            case 100 -> Optional.of("High");
            default -> Optional.empty();
        };
    }

    /** H.265 annex A. */
    private static Optional<String> h265Profile(int idc) {
        return switch (idc) {
            case 1 -> Optional.of("Main");
            case 2 -> Optional.of("Main10");
            default -> Optional.empty();
        };
    }
}
