package org.camseal.signing.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.signing.wire.General;
import org.camseal.signing.wire.HashList;
import org.camseal.signing.wire.VendorInfo;
import org.jspecify.annotations.Nullable;

/** What one SEI says of one (partial) group, and whether anybody vouches for its saying so. */
final class Claim {
    /** Whether the SEI is the signer's. */
    enum Trust {
        /** Its signature verified, or that of an SEI which lists it. */
        VERIFIED,
        /** No signature of its own, and none over it yet. */
        PROVISIONAL,
        /** It is not the one that the signer listed. */
        REJECTED,
        /** The SEI that should list it is not there. */
        UNVOUCHED
    }

    final General general;
    final Optional<HashList> list;
    final Optional<VendorInfo> vendor;
    final NalPosition position;

    /** Only units with smaller sequence numbers can belong to it: an SEI comes behind what it covers. */
    final long before;

    /** The digests of the parameter sets that were in force when the SEI came. */
    final ParameterSetWatch.InForce parameterSets;

    Trust trust;

    /** Whose signature vouches for it; null as long as there is none. */
    @Nullable
    SignerTally signer;

    private final List<GroupDraft> drafts = new ArrayList<>(1);
    private final List<Claim> vouched = new ArrayList<>(0);

    Claim(
            General general,
            Optional<HashList> list,
            Optional<VendorInfo> vendor,
            NalPosition position,
            long before,
            ParameterSetWatch.InForce parameterSets,
            Trust trust) {
        this.general = general;
        this.list = list;
        this.vendor = vendor;
        this.position = position;
        this.before = before;
        this.parameterSets = parameterSets;
        this.trust = trust;
    }

    /** How many NAL units the group has, as the SEI says; an SEI with a list says it by the list. */
    int size() {
        return list.map(HashList::count).orElse(general.hashCount());
    }

    /** Keeps a draft until it is known whether the claim holds. */
    void keep(GroupDraft draft) {
        drafts.add(draft);
    }

    /** This claim vouches for another, whose SEI it lists. */
    void vouchFor(Claim other) {
        vouched.add(other);
    }

    /** The claim's fate is known: it, and all it vouches for, and their drafts in stream order. */
    List<GroupDraft> settle(Trust fate, @Nullable SignerTally voucher) {
        List<GroupDraft> settled = new ArrayList<>();
        // A list, not recursion: a long run of unsigned SEI must not be a deep stack.
        List<Claim> order = new ArrayList<>(List.of(this));
        for (int i = 0; i < order.size(); i++) {
            order.addAll(order.get(i).vouched);
            order.get(i).vouched.clear();
        }
        for (Claim one : order.reversed()) {
            one.trust = fate;
            one.signer = voucher;
            settled.addAll(one.drafts);
            one.drafts.clear();
        }
        return settled;
    }
}
