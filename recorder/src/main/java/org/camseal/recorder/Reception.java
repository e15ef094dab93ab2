package org.camseal.recorder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camseal.manifest.GroupReport;
import org.camseal.manifest.ManifestChecker;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.SealedUnit;
import org.camseal.manifest.StreamContext;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaTime;
import org.camseal.media.Track;
import org.camseal.media.TrackFormat;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a camera, from its first unit to its last. Nothing gets past the gate that is not sealed in form, and nothing is
 * kept before a first group has proven that it comes from the expected camera; until then units wait here, in bounded memory.
 */
final class Reception {
    /** A camera repeats its session certificate every ten seconds; whoever has not proven itself by then is no camera of ours. */
    static final Duration PROOF_WITHIN = Duration.ofSeconds(25);

    private static final long MAX_WAITING_BYTES = 64L << 20;
    private static final long MAX_RECENT_BYTES = 96L << 20;

    /** Where admitted units and all verdicts go. */
    interface Sink {
        /** A key unit already carries certificate and grants. */
        void unit(AccessUnit unit, long number);

        void verdict(GroupVerdict verdict, long firstUnit);
    }

    private final Map<Integer, TrackFormat> formats;
    private final ManifestChecker checker;
    private final GroupJudge judge;
    private final Sink sink;
    private final RecentUnits recent;
    private final StreamContext context = new StreamContext();
    private final List<RecentUnits.Numbered> waiting = new ArrayList<>();
    private final List<LateVerdict> waitingVerdicts = new ArrayList<>();
    private long waitingBytes;
    private long numbers;
    private boolean admitted;
    private @Nullable MediaTime firstTime;

    private record LateVerdict(GroupVerdict verdict, long firstUnit) {}

    /** @throws StrangerException where there is no video among the tracks */
    Reception(List<Track> tracks, GroupJudge judge, Sink sink) throws StrangerException {
        if (tracks.stream().noneMatch(track -> track.format().codec().isVideo())) {
            throw new StrangerException("it offers no video; sealed video is expected");
        }
        this.formats = tracks.stream().collect(Collectors.toMap(Track::number, Track::format));
        this.checker = new ManifestChecker(tracks);
        this.judge = judge;
        this.sink = sink;
        this.recent = new RecentUnits(tracks, MAX_RECENT_BYTES);
    }

    /** For live viewers; empty until the camera is admitted. */
    RecentUnits recent() {
        return recent;
    }

    boolean admitted() {
        return admitted;
    }

    /**
     * Takes the next unit.
     *
     * @throws StrangerException where it is clear, or the signature is somebody else's: the connection must end
     */
    void accept(AccessUnit unit) throws StrangerException {
        gate(unit);
        long number = numbers++;
        context.note(unit);
        AccessUnit kept = unit instanceof VideoUnit video && video.isKey() ? context.complete(video) : unit;
        // The checker sees what came, not what was completed, so that its word is about the camera's own bytes.
        for (GroupReport report : checker.accept(unit)) {
            judge(report);
        }
        if (admitted) {
            pass(kept, number);
        } else {
            hold(kept, number);
        }
    }

    /** Ends the connection: judges what was waiting for its manifest. */
    void finish() {
        for (GroupReport report : checker.finish()) {
            if (admitted && GroupJudge.hasPackages(report)) {
                sink.verdict(judge.judge(report), report.first().accessUnit());
            }
        }
        recent.end();
    }

    private void gate(AccessUnit unit) throws StrangerException {
        TrackFormat format = formats.get(unit.track());
        if (format == null) {
            throw new StrangerException("a unit of track " + unit.track() + ", which it did not announce");
        }
        try {
            SealedUnit.parse(unit, format);
        } catch (ManifestException.NotSealed clear) {
            throw new StrangerException(
                    "it sends what is not sealed, which is not stored: " + clear.getMessage(), clear);
        }
    }

    private void judge(GroupReport report) throws StrangerException {
        GroupVerdict judged = judge.judge(report);
        if (judged.signer() == GroupVerdict.SignedBy.UNTRUSTED) {
            throw new StrangerException(judged.detail());
        }
        boolean told = GroupJudge.hasPackages(report);
        long firstUnit = report.first().accessUnit();
        if (admitted) {
            if (told) {
                sink.verdict(judged, firstUnit);
            }
            return;
        }
        if (told) {
            waitingVerdicts.add(new LateVerdict(judged, firstUnit));
        }
        if (judged.signer() == GroupVerdict.SignedBy.TRUSTED) {
            admit();
        }
    }

    private void admit() {
        admitted = true;
        waiting.forEach(held -> pass(held.unit(), held.number()));
        waitingVerdicts.forEach(late -> sink.verdict(late.verdict(), late.firstUnit()));
        waiting.clear();
        waitingVerdicts.clear();
    }

    private void pass(AccessUnit unit, long number) {
        sink.unit(unit, number);
        recent.add(unit);
    }

    private void hold(AccessUnit unit, long number) throws StrangerException {
        waiting.add(new RecentUnits.Numbered(number, unit));
        waitingBytes += unit.sizeBytes();
        if (firstTime == null) {
            firstTime = unit.decodeTime();
        }
        Duration held = unit.decodeTime().toDuration().minus(firstTime.toDuration());
        if (held.compareTo(PROOF_WITHIN) > 0 || waitingBytes > MAX_WAITING_BYTES) {
            throw new StrangerException("within " + held.toSeconds()
                    + " seconds nothing proved that this is the expected camera: no signed manifest of it came");
        }
    }
}
