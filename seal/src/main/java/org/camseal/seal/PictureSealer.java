package org.camseal.seal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.camseal.manifest.MediaKey;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.SealedTrack;
import org.camseal.manifest.SignedManifest;
import org.camseal.manifest.Suite;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Sei;
import org.camseal.media.SliceHeaders;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.headers.SliceHeaderReaders;
import org.jspecify.annotations.Nullable;

/** Seals pictures, and decides at each what goes in front of it: parameter sets, certificate, manifest, grants. */
final class PictureSealer implements AutoCloseable {
    // Where every picture is a key picture, a manifest in front of each would cost more than the video.
    private static final Duration SHORTEST_GROUP = Duration.ofMillis(500);

    private final SealerSettings settings;
    private final MediaKey mediaKey;
    private final Entropy entropy;
    private final Codec codec;
    private final SliceHeaders headers;
    private final ParameterSetsInForce parameterSets;
    private final Repetition certificates;
    private final Repetition grants;
    private @Nullable SealingRun run;
    private @Nullable MediaTime lastPicture;
    private @Nullable MediaTime lastKeyPicture;
    private @Nullable MediaTime lastManifest;
    private boolean stopped = true;

    PictureSealer(Track track, SealerSettings settings, MediaKey mediaKey, Entropy entropy) {
        VideoFormat format = (VideoFormat) track.format();
        this.settings = settings;
        this.mediaKey = mediaKey;
        this.entropy = entropy;
        this.codec = format.codec();
        this.headers = SliceHeaderReaders.of(codec);
        this.parameterSets = new ParameterSetsInForce(format.parameterSets());
        this.certificates = new Repetition(settings.certificateInterval());
        this.grants = new Repetition(settings.grantInterval());
        for (NalUnit set : format.parameterSets()) {
            try {
                headers.accept(set);
            } catch (MediaException e) {
                // Nothing is sealed with it: a slice that needs it is refused by name.
            }
        }
    }

    /** Nothing more is sealed before the next key picture, which begins an epoch. */
    void stop() {
        stopped = true;
    }

    /** The run, for the units of other tracks. */
    SealingRun startedRun() throws SealException.NotStarted {
        if (run == null || stopped) {
            throw notStarted();
        }
        return run;
    }

    /** The epoch, for the units of other tracks. */
    SealingEpoch startedEpoch() throws SealException.NotStarted {
        SealingEpoch epoch = startedRun().epoch();
        if (epoch == null) {
            throw notStarted();
        }
        return epoch;
    }

    private static SealException.NotStarted notStarted() {
        return new SealException.NotStarted(
                "a sealed stream begins with a key picture; leave out the units in front of the next one");
    }

    /** @param recipients at least one */
    VideoUnit seal(VideoUnit unit, List<Recipient> recipients, Suite suite) throws SealException {
        PicturePlan plan = PicturePlan.of(unit, headers);
        boolean key = plan.isKey();
        if (stopped && !key) {
            throw notStarted();
        }
        MediaTime now = unit.decodeTime();
        SealingRun active = runFor(key, unit.capturedAt());
        SealingEpoch before = active.epoch();
        SealingEpoch epoch = before == null || (key && isEpochOver(before, recipients, now))
                ? active.beginEpoch(recipients, now)
                : before;
        stopped = false;
        List<NalUnit> out = new ArrayList<>(clearPart(plan, key, active));
        boolean manifestDue = active.recorder().beginPicture(unit.capturedAt()) || epoch != before;
        int temporalId = temporalId(plan);
        for (SealedSei sei : ownSei(active, epoch, new Moment(unit.capturedAt(), now, key, manifestDue))) {
            out.add(sei.toNalUnit(codec, Sei.Place.PREFIX, temporalId));
        }
        addSteps(plan, new NalUnitSealer(epoch.cipher(SealedTrack.VIDEO), suite), active, out);
        lastPicture = now;
        lastKeyPicture = key ? now : lastKeyPicture;
        return unit.withNalUnits(out);
    }

    /** What decides which own SEI stand in a picture. */
    private record Moment(Instant capturedAt, MediaTime decodeTime, boolean key, boolean manifestDue) {}

    /** The run going on, or a new one: at the start, and at the first key picture after the clock was set back. */
    private SealingRun runFor(boolean key, Instant capturedAt) throws SealException.KeyFailed {
        SealingRun active = run;
        if (active == null || (key && active.isClockSetBack(capturedAt))) {
            SealingRun next = new SealingRun(settings.stream(), entropy, mediaKey, capturedAt);
            parameterSets.known().forEach(next.recorder()::parameterSet);
            certificates.reset();
            if (active != null) {
                active.close();
            }
            run = next;
            active = next;
        }
        active.tick(capturedAt);
        return active;
    }

    private boolean isEpochOver(SealingEpoch epoch, List<Recipient> recipients, MediaTime now) {
        Duration length = between(epoch.start(), now);
        return stopped
                || length.isNegative()
                || length.compareTo(settings.epochLength()) >= 0
                || !epoch.recipients().equals(recipients);
    }

    /** Delimiter and parameter sets; a key picture gets those in force if it brings none. */
    private List<NalUnit> clearPart(PicturePlan plan, boolean key, SealingRun active) {
        List<NalUnit> out = new ArrayList<>();
        plan.clear().stream().filter(NalUnit::isDelimiter).forEach(out::add);
        List<NalUnit> sets = plan.parameterSets();
        List<NalUnit> missing = key ? parameterSets.missingFrom(sets) : List.of();
        out.addAll(missing);
        plan.clear().stream().filter(NalUnit::isParameterSet).forEach(out::add);
        parameterSets.accept(sets);
        sets.forEach(active.recorder()::parameterSet);
        return out;
    }

    private List<SealedSei> ownSei(SealingRun active, SealingEpoch epoch, Moment moment)
            throws SealException.KeyFailed {
        MediaTime now = moment.decodeTime();
        Duration picture = since(lastPicture, now);
        Duration groupOfPictures = since(lastKeyPicture, now);
        boolean epochBegins = epoch.start().equals(now);
        List<SealedSei> out = new ArrayList<>(3);
        boolean renewed = active.renew(moment.capturedAt());
        if (renewed || certificates.isDue(now, moment.key() ? groupOfPictures : picture)) {
            out.add(active.certificate());
            certificates.sent(now);
        }
        if (moment.manifestDue() || (moment.key() && since(lastManifest, now).compareTo(SHORTEST_GROUP) >= 0)) {
            SignedManifest manifest = active.recorder().close(moment.capturedAt(), epoch.committed());
            out.add(SealedSei.of(SealedSei.Kind.MANIFEST, manifest.encoded()));
            lastManifest = now;
        }
        if (epochBegins || (moment.key() && grants.isDue(now, groupOfPictures))) {
            out.add(epoch.grants());
            grants.sent(now);
        }
        return out;
    }

    private void addSteps(PicturePlan plan, NalUnitSealer sealer, SealingRun active, List<NalUnit> out)
            throws SealException.SelfTestFailed {
        for (PicturePlan.Step step : plan.steps()) {
            long counter = sealer.nextCounter();
            NalUnit sealed = switch (step.treatment()) {
                case CLEAR -> step.nal();
                case SLICE -> sealer.slice(step.nal(), step.clearLength());
                case WRAPPED, WRAPPED_IN_FRONT -> sealer.wrapped(step.nal());
            };
            out.add(sealed);
            if (step.treatment() != Treatment.CLEAR) {
                active.recorder().add(SealedTrack.VIDEO, counter, sealed.bytes());
            }
        }
    }

    /** That of the slices, so that the own SEI belong to their picture's layer (ITU-T H.265 section 7.4.2.2). */
    private static int temporalId(PicturePlan plan) {
        return plan.steps().stream()
                .map(PicturePlan.Step::nal)
                .filter(NalUnit::isSlice)
                .mapToInt(NalUnitSealer::temporalId)
                .findFirst()
                .orElse(0);
    }

    /** Never negative; zero where there is nothing before. */
    private static Duration since(@Nullable MediaTime earlier, MediaTime now) {
        Duration passed = earlier == null ? Duration.ZERO : between(earlier, now);
        return passed.isNegative() ? Duration.ZERO : passed;
    }

    private static Duration between(MediaTime earlier, MediaTime later) {
        return later.toDuration().minus(earlier.toDuration());
    }

    @Override
    public void close() {
        stopped = true;
        if (run != null) {
            run.close();
        }
    }
}
