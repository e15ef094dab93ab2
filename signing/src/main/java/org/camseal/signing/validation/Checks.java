package org.camseal.signing.validation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camseal.signing.hashing.ParameterSetDigest;
import org.camseal.signing.wire.Digest;
import org.camseal.signing.wire.OnvifTime;
import org.camseal.signing.wire.VendorInfo;
import org.jspecify.annotations.Nullable;

/** What is checked of a group beside its hashes: its link to the one before, its times, its parameter sets. */
final class Checks {
    /** A container's times may be as much longer or shorter than the signed ones: clocks drift, recorders round. */
    private static final Duration TOLERATED = Duration.ofMillis(500);

    private static final int TOLERATED_PERCENT = 10;

    /** Digests of parameter sets that are remembered as right. */
    private static final int MOST_PROVEN = 64;

    private Checks() {}

    /**
     * The group before, as far as it is known.
     *
     * @param firstSlices hashes, one of which is that of its first slice
     */
    record Before(Claim claim, List<Digest> firstSlices) {}

    /** The linked hash: the group follows the one before it. */
    static void link(GroupDraft draft, Claim claim, Before before) {
        boolean next = ((claim.general.counter() - before.claim().general.counter()) & 0xffff_ffffL) == 1;
        if (next && !before.firstSlices().isEmpty() && !before.firstSlices().contains(claim.general.linkedHash())) {
            draft.finding(new SigningVerdict.Forged(
                    SigningReason.LINK_BROKEN,
                    "its linked hash is not that of the group before it: put together from parts",
                    claim.position));
        }
    }

    /** Signed times run on from group to group. */
    static void times(GroupDraft draft, Claim claim, @Nullable Claim before) {
        Instant start = claim.general.start().toInstant();
        Optional<Instant> end = claim.general.end().map(OnvifTime::toInstant);
        if (before != null && sameTimes(claim, before)) {
            draft.remark(
                    SigningRemark.Kind.TIME_REPEATED,
                    "its signed times are those of the group before it; when it was recorded is not signed",
                    claim.position);
            return;
        }
        if (end.isPresent() && !end.get().isAfter(start)) {
            draft.remark(
                    SigningRemark.Kind.TIME_RUNS_BACKWARDS,
                    "it starts, by its signed times, at " + start + " and ends at " + end.get(),
                    claim.position);
        }
        Optional<Instant> endBefore =
                before == null ? Optional.empty() : before.general.end().map(OnvifTime::toInstant);
        if (before == null || endBefore.isEmpty()) {
            if (before != null && start.isBefore(before.general.start().toInstant())) {
                draft.remark(
                        SigningRemark.Kind.TIME_RUNS_BACKWARDS,
                        "it starts, by its signed times, at " + start + ", before the group that it follows",
                        claim.position);
            }
            return;
        }
        int order = start.compareTo(endBefore.get());
        if (order != 0) {
            draft.remark(
                    order < 0 ? SigningRemark.Kind.TIME_OVERLAPS : SigningRemark.Kind.TIME_GAP,
                    "it starts, by its signed times, at " + start + "; the group before it ended at " + endBefore.get(),
                    claim.position);
        }
    }

    private static boolean sameTimes(Claim claim, Claim before) {
        return claim.general.start().equals(before.general.start())
                && claim.general.end().equals(before.general.end());
    }

    /** The group's length by its signed times and by the container's. */
    static void drift(GroupDraft draft, Claim claim, @Nullable NalPosition next, NalPosition first) {
        Optional<Instant> end = claim.general.end().map(OnvifTime::toInstant);
        if (end.isEmpty() || next == null) {
            return;
        }
        Duration signed = Duration.between(claim.general.start().toInstant(), end.get());
        Duration shown = next.time().toDuration().minus(first.time().toDuration());
        Duration drift = shown.minus(signed);
        draft.drift = Optional.of(drift);
        if (drift.abs().compareTo(TOLERATED) > 0
                && drift.abs().multipliedBy(100).compareTo(signed.abs().multipliedBy(TOLERATED_PERCENT)) > 0) {
            draft.remark(
                    SigningRemark.Kind.TIME_CONTRADICTS_CONTAINER,
                    "it lasts " + seconds(signed) + " by its signed times, and " + seconds(shown) + " in this file",
                    first);
        }
    }

    /** A signer may state times that lie thousands of years apart, which is more than nanoseconds count. */
    private static String seconds(Duration duration) {
        return String.format(java.util.Locale.ROOT, "%.3f s", duration.toSeconds() + duration.toNanosPart() / 1e9);
    }

    /**
     * The digest of the parameter sets, where the signer states one: that of the sets in force at the group's last picture. At its other
     * pictures these or sets that were right before are in force. Sets that were right before, or that did not come as a whole, or that are
     * some of those stated, say that others were lost; else they were altered.
     *
     * @param atPictures what is in force at each picture of the group that is there, in order
     * @param proven digests that were right before; grows
     */
    static void parameterSets(
            GroupDraft draft, Claim claim, List<ParameterSetWatch.InForce> atPictures, Set<String> proven) {
        Optional<String> stated = claim.vendor.map(VendorInfo::firmwareVersion).flatMap(ParameterSetDigest::in);
        if (stated.isEmpty()) {
            return;
        }
        String digest = stated.get();
        ParameterSetWatch.InForce later = claim.parameterSets;
        List<ParameterSetWatch.InForce> known = atPictures.stream()
                .filter(inForce -> !inForce.digests().isEmpty())
                .toList();
        if (known.isEmpty() && later.digests().isEmpty()) {
            return;
        }
        // Where no set is known at any picture, those at the SEI must do: the first ones were lost.
        List<ParameterSetWatch.InForce> judged = known.isEmpty() ? List.of(later) : known;
        Optional<ParameterSetWatch.InForce> other = unlike(digest, judged, proven);
        if (other.isEmpty()) {
            if (proven.size() < MOST_PROVEN) {
                proven.add(digest);
            }
            return;
        }
        draft.finding(
                !known.isEmpty() && isAltered(other.get(), later, digest, proven)
                        ? new SigningVerdict.Forged(
                                SigningReason.PARAMETER_SETS_DIFFER,
                                "the parameter sets are not those whose digest the signer states",
                                claim.position)
                        : new SigningVerdict.Incomplete(
                                SigningReason.PARAMETER_SETS_LOST,
                                "parameter sets are missing of those whose digest the signer states",
                                claim.position));
    }

    /** The first sets that are neither those stated nor, in front of the last picture, such as were right before. */
    private static Optional<ParameterSetWatch.InForce> unlike(
            String digest, List<ParameterSetWatch.InForce> inOrder, Set<String> proven) {
        for (int i = 0; i < inOrder.size(); i++) {
            Set<String> digests = inOrder.get(i).digests();
            boolean before = i < inOrder.size() - 1 && digests.stream().anyMatch(proven::contains);
            if (!digests.contains(digest) && !before) {
                return Optional.of(inOrder.get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean isAltered(
            ParameterSetWatch.InForce seen, ParameterSetWatch.InForce later, String digest, Set<String> proven) {
        boolean someOfThoseStated =
                later.digests().contains(digest) && later.sets().containsAll(seen.sets());
        return seen.complete() && !someOfThoseStated && seen.digests().stream().noneMatch(proven::contains);
    }
}
