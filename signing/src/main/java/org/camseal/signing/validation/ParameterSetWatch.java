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
    private static final int H264_SPS = 7;
    private static final int H265_SPS = 33;

    private final Set<Integer> allKinds;
    private final int sps;
    private final List<ParameterSetDigest> digests;
    private final Set<Integer> waitingKinds = new TreeSet<>();
    private final Set<Integer> kinds = new TreeSet<>();
    private InForce inForce = InForce.NONE;

    /**
     * What is in force.
     *
     * @param digests one for each algorithm, in hexadecimal digits; empty while no set is known
     * @param complete true if there is at least one set of each kind: without, some may have been lost
     */
    record InForce(Set<String> digests, boolean complete) {
        static final InForce NONE = new InForce(Set.of(), false);
    }

    /** @param besideTheStream sets that the container has outside of the stream */
    ParameterSetWatch(Codec codec, List<NalUnit> besideTheStream) {
        this.allKinds = codec == Codec.H265 ? H265_KINDS : H264_KINDS;
        this.sps = codec == Codec.H265 ? H265_SPS : H264_SPS;
        this.digests = Arrays.stream(HashAlgorithm.values())
                .map(algorithm -> new ParameterSetDigest(algorithm, List.of()))
                .toList();
        besideTheStream.stream().filter(NalUnit::isParameterSet).forEach(this::add);
        takeInForce();
    }

    void add(NalUnit set) {
        digests.forEach(digest -> digest.add(set));
        waitingKinds.add(set.type());
    }

    /** The first slice of a picture: the sets in front of it are in force, and with an SPS among them no others. */
    void takeInForce() {
        if (waitingKinds.isEmpty()) {
            return;
        }
        if (waitingKinds.contains(sps)) {
            kinds.clear();
        }
        kinds.addAll(waitingKinds);
        waitingKinds.clear();
        Set<String> now = new LinkedHashSet<>();
        for (ParameterSetDigest digest : digests) {
            digest.takeInForce();
            now.add(digest.hex());
        }
        inForce = new InForce(now, kinds.containsAll(allKinds));
    }

    InForce inForce() {
        return inForce;
    }
}
