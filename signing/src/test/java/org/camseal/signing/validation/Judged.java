package org.camseal.signing.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.camseal.media.AccessUnit;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.signing.Letters;

/** A stream and what the validator said of it. */
record Judged(SigningReport report, List<SignedGroupReport> groups) {
    static Judged of(List<NalUnit> nalUnits) {
        return of(nalUnits, ValidatorSettings.DEFAULT);
    }

    static Judged of(List<NalUnit> nalUnits, ValidatorSettings settings) {
        VideoFormat format =
                (VideoFormat) Letters.track(Tampering.codec(nalUnits)).format();
        MediaValidator validator = new MediaValidator(format, settings);
        List<SignedGroupReport> groups = new ArrayList<>();
        for (AccessUnit unit : Letters.pictures(nalUnits)) {
            groups.addAll(validator.accept((VideoUnit) unit));
        }
        groups.addAll(validator.finish());
        return new Judged(validator.report(), groups);
    }

    /** The word and the reason of the worst, the tail's pictures behind it. */
    String worst() {
        String word = report.overall()
                .map(verdict -> word(verdict) + " " + verdict.reason())
                .orElse("nothing");
        return word + report.openTail().map(tail -> " tail " + tail.pictures()).orElse("");
    }

    static String word(SigningVerdict verdict) {
        return switch (verdict) {
            case SigningVerdict.Authentic a -> "authentic";
            case SigningVerdict.Incomplete i -> "incomplete";
            case SigningVerdict.Unsigned u -> "unsigned";
            case SigningVerdict.Forged f -> "forged";
        };
    }

    /** What became of each NAL unit, a space between groups. */
    String letters() {
        return groups.stream().map(SignedGroupReport::nalUnits).collect(Collectors.joining(" "));
    }
}
