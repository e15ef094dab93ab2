package org.camseal.manifest;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.camseal.media.NalUnit;

/**
 * The last 53 bytes of a package: counter, short share, tag, suite. Readable by anyone; only the counter and the suite say anything
 * without a key.
 */
public final class PackageTrailer {
    /** Bytes of a trailer. */
    public static final int LENGTH = 53;

    private static final int SHARE_LENGTH = 32;
    private static final int TAG_LENGTH = 16;

    private final long n;
    private final byte[] share;
    private final byte[] tag;
    private final Suite suite;

    /**
     * Copies the arrays.
     *
     * @param n the package's number in its track and epoch, 0 to 2^32 - 1
     * @param share S, 32 bytes
     * @param tag T, 16 bytes
     */
    public PackageTrailer(long n, byte[] share, byte[] tag, Suite suite) {
        if (n < 0 || n > 0xffff_ffffL || share.length != SHARE_LENGTH || tag.length != TAG_LENGTH) {
            throw new IllegalArgumentException(
                    "trailer: n " + n + ", share of " + share.length + ", tag of " + tag.length + " bytes");
        }
        this.n = n;
        this.share = share.clone();
        this.tag = tag.clone();
        this.suite = suite;
    }

    /**
     * The trailer at the end of a package's bytes, emulation prevention removed.
     *
     * @throws ManifestException.Malformed if there are fewer than 53 bytes, or the suite is unknown
     */
    public static PackageTrailer atEndOf(byte[] packageBytes) throws ManifestException.Malformed {
        int offset = packageBytes.length - LENGTH;
        if (offset < 0) {
            throw new ManifestException.Malformed("a package of " + packageBytes.length + " bytes; at least " + LENGTH
                    + " expected (sealed video, package)");
        }
        int code = packageBytes[packageBytes.length - 1] & 0xff;
        Suite suite = Suite.ofCode(code)
                .orElseThrow(() -> new ManifestException.Malformed(
                        "suite " + code + " at the end of a package; 1 or 2 expected (sealed video, package)"));
        return new PackageTrailer(
                Integer.toUnsignedLong(ByteBuffer.wrap(packageBytes, offset, 4).getInt()),
                Arrays.copyOfRange(packageBytes, offset + 4, offset + 36),
                Arrays.copyOfRange(packageBytes, offset + 36, offset + 52),
                suite);
    }

    /**
     * The trailer of a sealed slice: its last 53 bytes without emulation prevention. A byte is an emulation prevention byte exactly if it
     * is 3 and the two before it are 0 (ITU-T H.264 section 7.3.1), so the end can be read without reading the whole unit.
     *
     * @throws ManifestException.Malformed if the unit is too short to be a package, or the suite is unknown
     */
    public static PackageTrailer ofSlice(NalUnit slice) throws ManifestException.Malformed {
        byte[] raw = slice.bytes();
        byte[] end = new byte[LENGTH];
        int missing = LENGTH;
        int first = NalUnit.headerLength(slice.codec());
        for (int i = raw.length - 1; i >= first && missing > 0; i--) {
            boolean prevention = raw[i] == 3 && i >= 2 && raw[i - 1] == 0 && raw[i - 2] == 0;
            if (!prevention) {
                missing--;
                end[missing] = raw[i];
            }
        }
        if (missing > 0) {
            throw new ManifestException.Malformed(
                    slice + " is too short for a package; a trailer has " + LENGTH + " bytes (sealed video, package)");
        }
        return atEndOf(end);
    }

    /** The package's number in its track and epoch. */
    public long n() {
        return n;
    }

    /** S, a copy. */
    public byte[] share() {
        return share.clone();
    }

    /** T, a copy. */
    public byte[] tag() {
        return tag.clone();
    }

    public Suite suite() {
        return suite;
    }

    /** The 53 bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .putInt((int) n)
                .put(share)
                .put(tag)
                .put((byte) suite.code())
                .array();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackageTrailer trailer && Arrays.equals(trailer.bytes(), bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    @Override
    public String toString() {
        return "package " + n + ", " + suite;
    }
}
