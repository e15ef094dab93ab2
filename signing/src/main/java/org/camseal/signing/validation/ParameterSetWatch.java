package org.camseal.signing.validation;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.signing.hashing.ParameterSetDigest;
import org.camseal.signing.wire.HashAlgorithm;

/** The digests of the parameter sets in force, by every hash algorithm: which one a signer uses is known only later. */
final class ParameterSetWatch {
    private static final Set<Integer> H264_KINDS = Set.of(7, 8);
    private static final Set<Integer> H265_KINDS = Set.of(32, 33, 34);

    private final Set<Integer> allKinds;
    private final List<ParameterSetDigest> digests;
    private final Set<Integer> waitingKinds = new TreeSet<>();
    private InForce inForce = InForce.NONE;
    private boolean beside;

    /**
     * What is in force.
     *
     * @param digests one for each algorithm, in hexadecimal digits; empty while no set is known
     * @param sets a digest of each single set
     * @param complete true if they came right in front of this picture, one of each kind at least: where not, newer ones may be lost
     */
    record InForce(Set<String> digests, Set<String> sets, boolean complete) {
        static final InForce NONE = new InForce(Set.of(), Set.of(), false);
    }

    /** @param besideTheStream sets that the container has outside of the stream */
    ParameterSetWatch(Codec codec, List<NalUnit> besideTheStream) {
        this.allKinds = codec == Codec.H265 ? H265_KINDS : H264_KINDS;
        this.digests = Arrays.stream(HashAlgorithm.values())
                .map(algorithm -> new ParameterSetDigest(algorithm, List.of()))
                .toList();
        besideTheStream.stream().filter(NalUnit::isParameterSet).forEach(this::add);
        takeInForce();
        beside = inForce.complete();
    }

    void add(NalUnit set) {
        digests.forEach(digest -> digest.add(set));
        waitingKinds.add(set.type());
    }

    /** The first slice of a picture: the sets in front of it are in force, and with an SPS among them no others. */
    void takeInForce() {
        if (waitingKinds.isEmpty()) {
            inForce = new InForce(inForce.digests(), inForce.sets(), beside);
            beside = false;
            return;
        }
        beside = false;
        boolean complete = waitingKinds.containsAll(allKinds);
        waitingKinds.clear();
        Set<String> now = new LinkedHashSet<>();
        for (ParameterSetDigest digest : digests) {
            digest.takeInForce();
            now.add(digest.hex());
        }
        inForce = new InForce(now, digests.getFirst().singles(), complete);
    }

    InForce inForce() {
        return inForce;
    }
}
