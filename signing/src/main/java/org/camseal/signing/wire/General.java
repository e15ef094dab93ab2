package org.camseal.signing.wire;

import java.util.Optional;

/**
 * What a signing SEI says of its (partial) group (docs/spec/media-signing.md, tag 1).
 *
 * @param tagVersion 1, without an end time, or 2
 * @param specification the version of the ONVIF specification that the signer followed
 * @param partial true where the group was cut before its end
 * @param start when the picture that leads the group was captured
 * @param end when the picture that leads the next one was; empty in tag version 1
 * @param counter of signing SEI, signed or not; unsigned 32 bits, wraps
 * @param hashCount digests that the group hash was made of, 0 to 65535
 * @param groupHash over all digests of the group
 * @param linkedHash digest of the first slice of the (partial) group before; zero at the start of a stream
 */
public record General(
        int tagVersion,
        SpecificationVersion specification,
        boolean partial,
        OnvifTime start,
        Optional<OnvifTime> end,
        long counter,
        int hashCount,
        Digest groupHash,
        Digest linkedHash) {
    /** The version whose tag 1 has an end time. */
    public static final int VERSION_WITH_END = 2;

    /** Major and minor are year and month of the release; patch is a library's own. */
    public record SpecificationVersion(int major, int minor, int patch) {
        /** What this code writes: the latest that deployed readers know. */
        public static final SpecificationVersion WRITTEN = new SpecificationVersion(25, 12, 0);

        @Override
        public String toString() {
            return major + "." + minor + "." + patch;
        }
    }

    public General {
        if (tagVersion != (end.isPresent() ? VERSION_WITH_END : 1)) {
            throw new IllegalArgumentException("tag 1 of version " + tagVersion + ", end " + end);
        }
        if (counter >>> Integer.SIZE != 0 || hashCount >>> Short.SIZE != 0 || groupHash.size() != linkedHash.size()) {
            throw new IllegalArgumentException("counter " + counter + ", " + hashCount + " digests, hashes of "
                    + groupHash.size() + " and " + linkedHash.size() + " bytes");
        }
    }
}
