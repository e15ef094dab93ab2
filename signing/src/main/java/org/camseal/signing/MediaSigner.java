package org.camseal.signing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.signing.hashing.GroupHashes;
import org.camseal.signing.hashing.NalClass;
import org.camseal.signing.hashing.NalHasher;
import org.camseal.signing.hashing.ParameterSetDigest;
import org.camseal.signing.wire.Digest;
import org.camseal.signing.wire.General;
import org.camseal.signing.wire.OnvifTime;
import org.camseal.signing.wire.SeiContent;
import org.camseal.signing.wire.SeiReading;
import org.camseal.signing.wire.SigningSeiReader;
import org.camseal.signing.wire.SigningSeiWriter;
import org.jspecify.annotations.Nullable;

/**
 * Signs a stream in the format of ONVIF Media Signing (docs/spec/media-signing.md): one access unit in, one out, in the same order, never held
 * back. The SEI over a group stands in a later unit, as soon as the key has signed it.
 *
 * <p>One signer is for one run of one stream and one key; a new run begins a new one. Confined to one thread, but for
 * {@link #repeatCertificate}.
 */
public final class MediaSigner {
    private final Track track;
    private final SignerSettings settings;
    private final SeiContents contents;
    private final SeiQueue queue;
    private final NalHasher hasher;
    private final GroupHashes hashes;
    private final ParameterSetDigest sets;
    private final AtomicBoolean certificateWanted;
    private Digest linkedHash;
    private @Nullable GroupClock clock;
    private @Nullable VideoUnit last;
    private @Nullable OnvifTime lastSignature;
    private long counter = 1;
    private int groupsUnderNextSignature;
    private boolean ended;

    /**
     * @param track the video to be signed
     * @param executor runs the key; {@code Runnable::run} has the stream wait for each signature
     * @param nanoTime as {@link System#nanoTime}, to tell a key that does not answer
     * @throws IllegalArgumentException if the track is not video, the chain is empty or too long, or the firmware version leaves no room for a
     *     digest
     */
    public MediaSigner(Track track, SignerSettings settings, SigningKey key, Executor executor, LongSupplier nanoTime) {
        if (!(track.format() instanceof VideoFormat video)) {
            throw new IllegalArgumentException(track + " is not video");
        }
        this.track = track;
        this.settings = settings;
        this.contents = new SeiContents(settings, key);
        this.queue = new SeiQueue(key, settings.waiting(), executor, nanoTime);
        this.hasher = new NalHasher(key.algorithm().hash());
        this.hashes = new GroupHashes(hasher.algorithm());
        this.sets = new ParameterSetDigest(hasher.algorithm(), video.parameterSets());
        this.linkedHash = Digest.zero(hasher.algorithm());
        this.certificateWanted =
                new AtomicBoolean(settings.certificates() == SignerSettings.CertificatePlace.CERTIFICATE_SEI);
        sets.bindTo(settings.vendor().firmwareVersion());
    }

    /**
     * Takes a unit in and gives it back with the SEI that are ready, in front of its first slice. Sound passes as it is.
     *
     * <p>Waits for the key only where more SEI wait for it than set.
     *
     * @throws SigningException.NotStarted for pictures in front of the first key picture
     * @throws SigningException.Refused for a picture of which a part would stay unsigned; it left no trace
     * @throws SigningException.AlreadySigned if the source signs; it left no trace
     * @throws SigningException.KeyFailed if the key cannot sign; nothing can be signed any more
     * @throws SigningException.KeyTimedOut if the key does not answer; nothing can be signed any more
     * @throws IllegalArgumentException for a picture of another track
     * @throws IllegalStateException behind {@link #end}
     */
    public SignedUnit sign(AccessUnit unit) throws SigningException {
        if (ended) {
            throw new IllegalStateException("the stream has ended");
        }
        return switch (unit) {
            case AudioUnit audio -> new SignedUnit(audio);
            case VideoUnit video when video.track() == track.number() -> new SignedUnit(signPicture(video));
            case VideoUnit video -> throw new IllegalArgumentException("a picture of unknown track " + video.track());
        };
    }

    private VideoUnit signPicture(VideoUnit unit) throws SigningException {
        PictureScan scan = PictureScan.of(unit, settings.uncovered());
        queue.requireSound();
        if (scan.hashed() == 0) {
            addParameterSets(unit, scan);
            return unit;
        }
        if (clock == null && !scan.startsGroup()) {
            throw new SigningException.NotStarted();
        }
        List<NalUnit> ready = takeIn(queue.takeReady());
        if (clock == null) {
            clock = new GroupClock(unit);
        } else if (scan.startsGroup()) {
            closeGroup(false, clock.start(), clock.nextGroup(unit));
        } else if (hashes.count() + scan.hashed() > contents.maxHashes()
                || clock.isOver(unit, settings.groups().maxLength())) {
            closeGroup(true, clock.start(), clock.nextGroup(unit));
        }
        clock.picture(unit);
        last = unit;
        addParameterSets(unit, scan);
        sets.takeInForce();
        hashSlices(unit, scan);
        presentCertificate();
        return ready.isEmpty() ? unit : withSei(unit, scan.firstSlice(), ready);
    }

    /** Unsigned SEI are hashed at the place where they stand. */
    private List<NalUnit> takeIn(List<SeiQueue.Ready> ready) {
        if (ready.isEmpty()) {
            return List.of();
        }
        List<NalUnit> nalUnits = new ArrayList<>(ready.size());
        for (SeiQueue.Ready one : ready) {
            if (one.unsigned() && SigningSeiReader.read(one.nal()) instanceof SeiReading.Sei(var sei)) {
                hashes.addSei(hasher.hash(sei));
            }
            nalUnits.add(one.nal());
        }
        return nalUnits;
    }

    private void addParameterSets(VideoUnit unit, PictureScan scan) {
        for (int i = 0; i < scan.classes().size(); i++) {
            if (scan.classes().get(i) == NalClass.PARAMETER_SET) {
                sets.add(unit.nalUnits().get(i));
            }
        }
    }

    private void hashSlices(VideoUnit unit, PictureScan scan) {
        for (int i = 0; i < scan.classes().size(); i++) {
            NalClass nalClass = scan.classes().get(i);
            if (nalClass.isHashed()) {
                hashes.addSlice(hasher.hash(unit.nalUnits().get(i), nalClass));
            }
        }
    }

    private void closeGroup(boolean partial, OnvifTime start, OnvifTime end) throws SigningException {
        groupsUnderNextSignature++;
        boolean due = partial || groupsUnderNextSignature >= settings.groups().perSignature();
        boolean signed = due && isFarFromLastSignature(end);
        if (signed) {
            lastSignature = end;
        }
        queueSei(partial, start, end, signed);
    }

    /** A time that went back counts as far: better a signature too many. */
    private boolean isFarFromLastSignature(OnvifTime end) {
        OnvifTime before = lastSignature;
        if (before == null || end.compareTo(before) < 0) {
            return true;
        }
        return !end.toInstant().isBefore(before.toInstant().plus(settings.apart()));
    }

    private void queueSei(boolean partial, OnvifTime start, OnvifTime end, boolean signed) throws SigningException {
        General general = new General(
                General.VERSION_WITH_END,
                General.SpecificationVersion.WRITTEN,
                partial,
                start,
                Optional.of(end),
                counter,
                hashes.count(),
                hashes.groupHash(),
                linkedHash);
        SeiContent content = contents.ofGroup(general, hashes, sets, signed);
        linkedHash = hashes.firstSlice().orElse(linkedHash);
        hashes.clear();
        counter = (counter + 1) & 0xffff_ffffL;
        if (signed) {
            groupsUnderNextSignature = 0;
            queue.sign(SigningSeiWriter.draft(track.format().codec(), false, content, contents.fieldSize()));
        } else {
            queue.add(SigningSeiWriter.unsigned(track.format().codec(), content));
        }
    }

    private void presentCertificate() throws SigningException {
        if (certificateWanted.getAndSet(false)) {
            queue.sign(SigningSeiWriter.draft(
                    track.format().codec(), true, contents.ofCertificates(sets), contents.fieldSize()));
        }
    }

    private static VideoUnit withSei(VideoUnit unit, int firstSlice, List<NalUnit> ready) {
        List<NalUnit> nalUnits = new ArrayList<>(unit.nalUnits().size() + ready.size());
        nalUnits.addAll(unit.nalUnits());
        nalUnits.addAll(firstSlice, ready);
        return unit.withNalUnits(nalUnits);
    }

    /** Presents the certificate chain in an SEI of its own, soon: for a viewer who has just come. Any thread. */
    public void repeatCertificate() {
        certificateWanted.set(true);
    }

    /**
     * Ends the stream: a signed SEI over what is not covered yet, and all that still wait, in a last unit without a slice. Waits for the key.
     *
     * @return empty if nothing was signed
     * @throws SigningException if the key cannot sign or does not answer
     */
    public Optional<SignedUnit> end() throws SigningException {
        if (ended || clock == null || last == null) {
            ended = true;
            return Optional.empty();
        }
        ended = true;
        List<NalUnit> nalUnits = new ArrayList<>(takeIn(queue.takeAll()));
        queueSei(true, clock.start(), clock.endOfStream(), true);
        queue.takeAll().forEach(ready -> nalUnits.add(ready.nal()));
        VideoUnit unit = last;
        long ticks = clock.pictureTicks();
        return Optional.of(new SignedUnit(new VideoUnit(
                unit.track(),
                nalUnits,
                unit.decodeTime().plusTicks(ticks),
                unit.presentationTime().plusTicks(ticks),
                unit.capturedAt())));
    }
}
