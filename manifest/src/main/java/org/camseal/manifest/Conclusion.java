package org.camseal.manifest;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** From what was found to findings, and from the findings to a report. */
final class Conclusion {
    private Conclusion() {}

    /** What the manifest's place in its run says. */
    static void findPlace(RunBook.Step step, GroupDraft group) {
        GroupDraft gap = group.gap();
        if (gap != null) {
            gap.standsFor(step);
        }
        step.finding().ifPresent(finding -> {
            if (step.kind() == RunBook.Kind.CONTRADICTS) {
                group.findings().forged(finding.reason(), finding.detail(), group.end());
            } else {
                group.findings().incomplete(finding.reason(), finding.detail(), group.end());
            }
        });
    }

    /** Whether the signer is known, and was certified when the manifest was signed, which is at its end. */
    static void findSigner(GroupDraft group) {
        Manifest manifest = group.manifest().orElseThrow();
        group.signer()
                .ifPresentOrElse(
                        signer -> {
                            Instant signedAt = manifest.end();
                            if (signedAt.isBefore(signer.notBefore())
                                    || !signedAt.isBefore(signer.notAfter().plusSeconds(1))) {
                                group.findings()
                                        .incomplete(
                                                Reason.SIGNER_OUT_OF_TIME,
                                                "signed at " + signedAt + " with a session key certified from "
                                                        + signer.notBefore() + " to " + signer.notAfter(),
                                                group.end());
                            }
                        },
                        () -> group.findings()
                                .incomplete(
                                        Reason.SIGNER_UNKNOWN,
                                        "manifest " + manifest.number()
                                                + ": its session certificate is not in the recording",
                                        group.end()));
    }

    /** Whether the parameter sets in force are those the manifest lists. */
    static void findParameterSets(GroupDraft group, Event.Manifested seen) {
        TreeSet<ShortDigest> others = new TreeSet<>(seen.parameterSets());
        seen.signed().manifest().parameterSets().forEach(others::remove);
        if (group.signer().isPresent() && !others.isEmpty()) {
            group.findings()
                    .forged(
                            Reason.PARAMETER_SETS_DIFFER,
                            others.size() + " parameter sets are not among those the manifest lists",
                            seen.unit());
        }
    }

    /** What was odd becomes what speaks against the group. */
    static void findOddities(GroupDraft draft, List<Event> events) {
        for (Event event : events) {
            switch (event) {
                case Event.Odd odd ->
                    draft.findings().forged(odd.oddity().reason(), odd.oddity().detail(), odd.unit());
                case Event.LateParameterSet late -> {
                    String detail = late.nal() + " is not among those the last manifest lists";
                    if (draft.manifest().isPresent()) {
                        draft.findings().forged(Reason.PARAMETER_SETS_DIFFER, detail, late.unit());
                    } else {
                        // The manifest that would list it may be the one that is missing.
                        draft.findings().incomplete(Reason.PARAMETER_SETS_DIFFER, detail, late.unit());
                    }
                }
                case Event.Sealed p -> throw new IllegalStateException("not an oddity");
                case Event.Manifested m -> throw new IllegalStateException("not an oddity");
            }
        }
    }

    /** Packages that are listed and not there. */
    static void findLost(GroupDraft group, Listing listing, Reason reason) {
        String track = listing.track() == SealedTrack.VIDEO ? "video" : "audio";
        group.findings()
                .incomplete(
                        reason,
                        reason == Reason.TRACK_LEFT_OUT
                                ? "the recording has no " + track
                                : listing.lost() + " of " + listing.count() + " " + track + " packages are missing",
                        listing.lossAt(group.end()));
    }

    /** How much longer the container says the group lasts than the manifest. */
    static Duration drift(Event.Manifested previous, Event.Manifested seen) {
        Manifest manifest = seen.signed().manifest();
        return seen.unit()
                .time()
                .toDuration()
                .minus(previous.unit().time().toDuration())
                .minus(Duration.between(manifest.start(), manifest.end()));
    }

    /** The report on what lies between two manifests that do not follow one another; empty if nothing is to be said. */
    static Optional<GroupReport> ofGap(GroupDraft gap) {
        RunBook.Step step = gap.step();
        long packages = gap.unvouched();
        Reason reason = switch (step.kind()) {
            case NEW_RUN -> Reason.RUN_ENDED_OPEN;
            case INSIDE_NEW_RUN -> Reason.RUN_WITHOUT_BEGINNING;
            case FIRST, AFTER_GAP, FOLLOWS, AGAIN, CONTRADICTS ->
                packages > 0 ? Reason.MANIFEST_LOST : Reason.GROUPS_LOST;
        };
        if (packages > 0 || step.missing() > 0 || step.kind() == RunBook.Kind.INSIDE_NEW_RUN) {
            gap.findings()
                    .incomplete(
                            reason,
                            (step.missing() > 0 ? step.missing() + " manifests are missing; " : "") + packages
                                    + " packages without a manifest",
                            gap.first());
        }
        return gap.findings().isEmpty() ? Optional.empty() : Optional.of(gap.toReport());
    }

    /** The report on a group; empty for one that lies wholly before the recording. */
    static Optional<GroupReport> ofGroup(GroupDraft group) {
        Manifest manifest = group.manifest().orElseThrow();
        long listed = group.listings().stream().mapToLong(Listing::count).sum();
        long cutAtStart =
                group.listings().stream().mapToLong(Listing::cutAtStart).sum();
        long cutAtEnd = group.listings().stream().mapToLong(Listing::cutAtEnd).sum();
        Findings findings = group.findings();
        boolean isForged = !findings.isEmpty() && findings.worst() instanceof Verdict.Forged;
        if (listed > 0 && cutAtStart == listed && !isForged) {
            return Optional.empty();
        }
        if (group.listings().stream().allMatch(Listing::isClean) && !rootFits(group, manifest)) {
            findings.forged(
                    Reason.ROOT_DIFFERS, "the packages' whole digests do not give the manifest's root", group.end());
        }
        if (findings.isEmpty()) {
            findings.add(authentic(group, manifest, cutAtStart, cutAtEnd));
        }
        return Optional.of(group.toReport());
    }

    private static Verdict authentic(GroupDraft group, Manifest manifest, long cutAtStart, long cutAtEnd) {
        if (cutAtStart > 0) {
            return new Verdict.Authentic(
                    Reason.CUT_AT_START,
                    "the recording begins inside this group, " + cutAtStart + " packages after its start",
                    group.first());
        }
        if (cutAtEnd > 0) {
            return new Verdict.Authentic(
                    Reason.CUT_AT_END,
                    "a track of the recording ends inside this group, " + cutAtEnd + " packages before its end",
                    group.first());
        }
        if (manifest.number() == 0) {
            return new Verdict.Authentic(Reason.RUN_BEGINS, "run " + manifest.run() + " begins", group.first());
        }
        return new Verdict.Authentic(Reason.COMPLETE, "complete and unchanged", group.first());
    }

    private static boolean rootFits(GroupDraft group, Manifest manifest) {
        MessageDigest root = Digest.newSha256();
        for (Coverage coverage : manifest.tracks()) {
            group.listing(coverage.track()).hashInto(root);
        }
        return Digest.of(root.digest()).equals(manifest.root());
    }
}
