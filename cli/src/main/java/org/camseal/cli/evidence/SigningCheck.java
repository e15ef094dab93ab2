package org.camseal.cli.evidence;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import org.camseal.cli.command.ExitCode;
import org.camseal.identity.MediaSignerTrust;
import org.camseal.identity.TrustEvaluator;
import org.camseal.media.AccessUnit;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.signing.validation.MediaValidator;
import org.camseal.signing.validation.SignedGroupReport;
import org.camseal.signing.validation.SigningReason;
import org.camseal.signing.validation.SigningReport;
import org.camseal.signing.validation.SigningVerdict;
import org.camseal.signing.validation.StreamSigner;
import org.camseal.signing.validation.ValidatorSettings;
import org.camseal.signing.wire.SeiReading;
import org.camseal.signing.wire.SigningSei;
import org.camseal.signing.wire.SigningSeiReader;

/** Checks the signatures of ONVIF Media Signing in one video track, and whose they are. */
final class SigningCheck {
    /** How far into the next file the SEI is looked for that covers the end of this one. */
    private static final int UNITS_SEARCHED = 1000;

    /**
     * What was found.
     *
     * @param remarkable groups that are not plainly authentic, in order, at most {@link FileCheck#MOST_REMARKABLE}
     * @param trust per signer; empty where no root was named
     */
    record Report(
            SigningReport signing, List<SignedGroupReport> remarkable, Map<StreamSigner, MediaSignerTrust> trust) {
        /** True if there is anything that says it is a signature. */
        boolean isPresent() {
            return signing.signingSei() > 0 || signing.axisSei() > 0;
        }

        boolean hasStranger() {
            return trust.values().stream().anyMatch(answer -> answer instanceof MediaSignerTrust.Untrusted);
        }

        /** @param expectSigned false if video without any signature is no alarm */
        ExitCode exitCode(boolean strict, boolean expectSigned) {
            Optional<SigningVerdict> overall = signing.overall();
            boolean neverSigned = overall.isPresent() && overall.get().reason() == SigningReason.NOT_SIGNED;
            if (overall.isPresent() && overall.get().severity() >= 2 && (expectSigned || !neverSigned)) {
                return ExitCode.NOT_AUTHENTIC;
            }
            if (hasStranger()) {
                return ExitCode.KEY;
            }
            boolean open = strict && signing.openTail().isPresent();
            return overall.isEmpty() || overall.get().severity() > 0 || open ? ExitCode.INCOMPLETE : ExitCode.DONE;
        }
    }

    private final int track;
    private final MediaValidator validator;
    private final Consumer<SignedGroupReport> eachGroup;
    private final List<SignedGroupReport> remarkable = new ArrayList<>();
    private long lastCounter = -1;

    /**
     * @param containerClock true if the units' times are the recorder's own
     */
    SigningCheck(Track video, boolean containerClock, Consumer<SignedGroupReport> eachGroup) {
        ValidatorSettings settings = ValidatorSettings.DEFAULT.withHashing(ForkJoinPool.commonPool());
        this.track = video.number();
        this.validator = new MediaValidator(
                (VideoFormat) video.format(), containerClock ? settings : settings.withoutContainerClock());
        this.eachGroup = eachGroup;
    }

    void accept(AccessUnit unit) {
        if (unit instanceof VideoUnit video && video.track() == track) {
            keep(validator.accept(video));
            for (SigningSei sei : signingSei(video)) {
                lastCounter = counter(sei).orElse(lastCounter);
            }
        }
    }

    /**
     * Takes in the beginning of the file that was recorded next: if its first SEI is the one that follows, it covers the end of this one.
     *
     * @return false as soon as it has been found, or another one
     */
    boolean acceptNext(AccessUnit unit, int index) {
        if (!(unit instanceof VideoUnit video)) {
            return index < UNITS_SEARCHED;
        }
        for (SigningSei sei : signingSei(video)) {
            Optional<Long> counter = counter(sei);
            if (counter.isPresent()) {
                boolean follows = counter.get() == ((lastCounter + 1) & 0xffff_ffffL);
                if (lastCounter >= 0 && follows && sei.signature().isPresent()) {
                    keep(validator.accept(video.withNalUnits(video.nalUnits().stream()
                            .filter(nal -> isSigningSei(nal))
                            .limit(1)
                            .toList())));
                }
                return false;
            }
        }
        return index < UNITS_SEARCHED;
    }

    private static List<SigningSei> signingSei(VideoUnit unit) {
        List<SigningSei> found = new ArrayList<>(0);
        for (NalUnit nal : unit.nalUnits()) {
            if (nal.isSei() && SigningSeiReader.read(nal) instanceof SeiReading.Sei(SigningSei sei)) {
                found.add(sei);
            }
        }
        return found;
    }

    private static boolean isSigningSei(NalUnit nal) {
        return SigningSeiReader.read(nal) instanceof SeiReading.Sei(SigningSei sei) && !sei.isCertificateSei();
    }

    private static Optional<Long> counter(SigningSei sei) {
        return sei.content().general().map(general -> general.counter());
    }

    private void keep(List<SignedGroupReport> reports) {
        for (SignedGroupReport report : reports) {
            eachGroup.accept(report);
            boolean plain = report.verdict() instanceof SigningVerdict.Authentic;
            if (!plain && remarkable.size() < FileCheck.MOST_REMARKABLE) {
                remarkable.add(report);
            }
        }
    }

    Report finish(Optional<TrustEvaluator> roots, InstantSource clock) {
        keep(validator.finish());
        SigningReport report = validator.report();
        Map<StreamSigner, MediaSignerTrust> trust = new LinkedHashMap<>();
        if (roots.isPresent()) {
            for (StreamSigner signer : report.signers()) {
                Instant made = signer.leaf().getNotBefore().toInstant();
                Instant from = signer.firstSigned().orElse(made);
                Instant to = signer.lastSigned().orElse(from);
                trust.put(signer, roots.get().evaluateMediaSigner(signer.chain(), from, to, clock.instant()));
            }
        }
        return new Report(report, List.copyOf(remarkable), trust);
    }
}
