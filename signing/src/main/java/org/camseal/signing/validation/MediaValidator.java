package org.camseal.signing.validation;

import java.util.List;
import java.util.Optional;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.signing.hashing.NalClass;
import org.camseal.signing.wire.SeiReading;
import org.camseal.signing.wire.SigningSeiReader;
import org.jspecify.annotations.Nullable;

/**
 * Judges video that was signed the way ONVIF Media Signing says, as it passes by (docs/spec/media-signing.md, "Validation"). Give it every
 * access unit of one video track in the order in which the container stores them; it returns the reports that have become final, mostly
 * one per SEI. Any bytes lead to a verdict, none to an exception. Memory is bounded by {@link ValidatorSettings}; time is linear in the
 * bytes, each of which is hashed once. Confined to one thread.
 *
 * <p>It does not say whose signature it is: that is for whoever knows the roots, with the signers in {@link SigningReport}.
 */
public final class MediaValidator {
    private final ValidatorSettings settings;
    private final Waiting waiting;
    private final Ledger ledger = new Ledger();
    private final GroupJudge judge;
    private final SeiGate gate;
    private final ParameterSetWatch parameterSets;
    private Optional<UncoveredTail> tail = Optional.empty();
    private long nalUnits;
    private long accessUnits;
    private @Nullable NalPosition latest;

    /** A validator for one video track. */
    public MediaValidator(VideoFormat format) {
        this(format, ValidatorSettings.DEFAULT);
    }

    /** A validator for one video track, with other limits. */
    public MediaValidator(VideoFormat format, ValidatorSettings settings) {
        this.settings = settings;
        this.waiting = new Waiting(settings.waitingBytes(), new Hashing(settings.hashing(), settings.waitingBytes()));
        this.judge = new GroupJudge(waiting, ledger, settings.containerClock());
        this.gate = new SeiGate(waiting, ledger, judge);
        this.parameterSets = new ParameterSetWatch(format.codec(), format.parameterSets());
    }

    /** Judges the next unit; returns the reports that are final now. */
    public List<SignedGroupReport> accept(VideoUnit unit) {
        long accessUnit = accessUnits++;
        for (NalUnit nal : unit.nalUnits()) {
            NalPosition position = new NalPosition(nalUnits++, accessUnit, unit.decodeTime(), unit.capturedAt());
            latest = position;
            accept(nal, position);
        }
        return ledger.takeReports();
    }

    private void accept(NalUnit nal, NalPosition position) {
        NalClass nalClass = NalClass.of(nal);
        switch (nalClass) {
            case SEI -> sei(nal, position);
            case PARAMETER_SET -> parameterSets.add(nal);
            case DELIMITER, OTHER -> {}
            case GROUP_START, KEY_SLICE, PICTURE_START, SLICE, UNHASHED_SLICE -> slice(nal, nalClass, position);
        }
    }

    private void slice(NalUnit nal, NalClass nalClass, NalPosition position) {
        ParameterSetWatch.InForce before = parameterSets.inForce();
        Unit added = waiting.addSlice(nal, nalClass, position);
        if (nalClass.isPrimary()) {
            parameterSets.takeInForce();
            added.parameterSets = parameterSets.inForce();
            if (!before.digests().isEmpty() && !before.digests().equals(added.parameterSets.digests())) {
                ledger.remark(
                        SigningRemark.Kind.PARAMETER_SETS_CHANGE,
                        "the parameter sets change here; only a signer that states their digest vouches for them",
                        position);
            }
        }
        if (waiting.size() > settings.waitingUnits()) {
            judge.overflow(waiting.size() / 2, ledger.signingSei > 0, position);
        }
    }

    private void sei(NalUnit nal, NalPosition position) {
        switch (SigningSeiReader.read(nal)) {
            case SeiReading.NotOurs other -> {}
            case SeiReading.Axis axis -> ledger.axisSei++;
            case SeiReading.Malformed malformed -> gate.malformed(malformed, position);
            case SeiReading.Sei ours -> gate.accept(ours.sei(), nal, position, parameterSets.inForce());
        }
    }

    /** Ends the video: judges what was waiting. Nothing may be given to the validator afterwards. */
    public List<SignedGroupReport> finish() {
        NalPosition place = latest;
        if (place != null) {
            gate.finish(place);
            judge.finish(place);
            finishTail(place);
        }
        return ledger.takeReports();
    }

    private void finishTail(NalPosition place) {
        int count = waiting.size();
        NalPosition first = count == 0 ? place : waiting.get(0).position;
        if (ledger.signingSei == 0) {
            List<Unit> units = waiting.take(count);
            SigningVerdict verdict = ledger.axisSei > 0
                    ? new SigningVerdict.Incomplete(
                            SigningReason.AXIS_FORMAT,
                            "signed in Axis's own format, which this program cannot check",
                            first)
                    : new SigningVerdict.Unsigned(SigningReason.NOT_SIGNED, "no signature anywhere", first);
            new Stretch(units, List.of(), ledger, place).judgeAs(verdict);
            return;
        }
        if (judge.isTailTooLong()) {
            new Stretch(waiting.take(count), List.of(), ledger, place)
                    .judgeAs(new SigningVerdict.Unsigned(
                            SigningReason.SIGNATURES_STOP,
                            "signatures stop here: more video follows than ever waited for its signature before",
                            first));
            return;
        }
        if (!judge.hasFitted()) {
            ledger.addFinding(new SigningVerdict.Incomplete(
                    SigningReason.NOTHING_COVERED, "no signature in this file covers anything in it", first));
        }
        if (count > 0) {
            tail = Optional.of(new UncoveredTail(
                    waiting.hashed(0, count),
                    waiting.pictures(0, count),
                    provisional().orElse(first),
                    waiting.get(count - 1).position));
        }
    }

    /** Groups whose SEI has no signature of its own, and waits for the next one, are part of the tail. */
    private Optional<NalPosition> provisional() {
        for (int i = 0; i < waiting.size(); i++) {
            Claim claim = waiting.get(i).claim;
            if (claim != null) {
                List<GroupDraft> drafts = claim.settle(claim.trust, null);
                if (!drafts.isEmpty()) {
                    return Optional.of(drafts.getFirst().first(claim.position));
                }
            }
        }
        return Optional.empty();
    }

    /** The verdict so far; final after {@link #finish}, which also finds the open tail. */
    public SigningReport report() {
        return ledger.toReport(tail);
    }
}
