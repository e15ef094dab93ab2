package org.camseal.signing.hashing;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camseal.media.NalUnit;
import org.camseal.signing.wire.HashAlgorithm;
import org.camseal.signing.wire.VendorInfo;

/**
 * The parameter sets in force and their digest, which the firmware version carries as {@code <version>;ps=<hex>}
 * (docs/spec/media-signing.md, section 6): no hash of the format covers them. Confined to one thread.
 *
 * <p>Sets are known once they stand before a picture; an access unit with an SPS brings a whole new set, one without adds to those that are
 * there. Order, repetition and trailing zero bytes make no difference, so containers may move them.
 */
public final class ParameterSetDigest {
    /** More than any encoder sends between two pictures; beyond it the oldest are forgotten. */
    public static final int MAX_SETS = 64;

    private static final String MARK = ";ps=";

    private final HashAlgorithm algorithm;
    private final List<byte[]> inForce = new ArrayList<>();
    private final List<NalUnit> waiting = new ArrayList<>();
    private String hex = "";

    /**
     * @param besideTheStream sets known before its first NAL unit: from SDP or a container's sample entry
     */
    public ParameterSetDigest(HashAlgorithm algorithm, List<NalUnit> besideTheStream) {
        this.algorithm = algorithm;
        besideTheStream.forEach(this::add);
        takeInForce();
    }

    /** A parameter set stands in the stream; it is in force from the next {@link #takeInForce} on. */
    public void add(NalUnit set) {
        if (!set.isParameterSet()) {
            throw new IllegalArgumentException(set + " is not a parameter set");
        }
        waiting.add(set);
        if (waiting.size() > MAX_SETS) {
            waiting.removeFirst();
        }
    }

    /** The first slice of a picture stands in the stream: the sets before it are in force now. */
    public void takeInForce() {
        if (waiting.isEmpty()) {
            return;
        }
        if (waiting.stream().anyMatch(ParameterSetDigest::isSps)) {
            inForce.clear();
        }
        for (NalUnit set : waiting) {
            byte[] bytes = withoutTrailingZeros(set.bytes());
            if (inForce.stream().noneMatch(known -> Arrays.equals(known, bytes))) {
                inForce.add(bytes);
            }
        }
        while (inForce.size() > MAX_SETS) {
            inForce.removeFirst();
        }
        waiting.clear();
        hex = "";
    }

    /** True if no set is known: there is nothing to compare a digest with. */
    public boolean isEmpty() {
        return inForce.isEmpty();
    }

    /** The digest of the sets in force, hexadecimal digits in small letters. */
    public String hex() {
        if (hex.isEmpty()) {
            MessageDigest digest = algorithm.newDigest();
            inForce.stream().sorted(Arrays::compareUnsigned).forEach(set -> {
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(set.length).array());
                digest.update(set);
            });
            hex = java.util.HexFormat.of().formatHex(digest.digest());
        }
        return hex;
    }

    /** A digest of each set in force, hexadecimal digits: for comparing what is in force at two places. */
    public Set<String> singles() {
        MessageDigest digest = algorithm.newDigest();
        Set<String> singles = new HashSet<>();
        inForce.forEach(set -> singles.add(java.util.HexFormat.of().formatHex(digest.digest(set))));
        return Set.copyOf(singles);
    }

    /**
     * The firmware version with the digest behind it.
     *
     * @throws IllegalArgumentException if both together are longer than the field
     */
    public String bindTo(String firmwareVersion) {
        String bound = firmwareVersion + MARK + hex();
        if (bound.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > VendorInfo.MAX_BYTES) {
            throw new IllegalArgumentException("firmware version of " + firmwareVersion.length()
                    + " characters: no room for the digest of the parameter sets");
        }
        return bound;
    }

    /** The digest that a firmware version carries; empty if it carries none. */
    public static Optional<String> in(String firmwareVersion) {
        int at = firmwareVersion.lastIndexOf(MARK);
        if (at < 0) {
            return Optional.empty();
        }
        String digits = firmwareVersion.substring(at + MARK.length());
        boolean wellFormed = digits.length() % 2 == 0
                && HashAlgorithm.ofSize(digits.length() / 2).isPresent()
                && digits.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
        return wellFormed ? Optional.of(digits) : Optional.empty();
    }

    private static boolean isSps(NalUnit nal) {
        return nal.type() == (nal.codec() == org.camseal.media.Codec.H265 ? 33 : 7);
    }

    private static byte[] withoutTrailingZeros(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
