package org.camseal.manifest;

/**
 * One package where it stands in a unit. Immutable by agreement: its array is shared.
 */
public final class SealedPackage {
    /** Where a package stands. */
    public enum Form {
        /** A slice NAL unit: its header is clear, its data sealed. */
        SLICE,
        /** A whole NAL unit of the source (SEI or filler data) inside an own SEI of kind PACKAGE. */
        SEI,
        /** An audio frame. */
        AUDIO
    }

    private final Form form;
    private final PackageTrailer trailer;
    private final byte[] sealedBytes;

    SealedPackage(Form form, PackageTrailer trailer, byte[] sealedBytes) {
        this.form = form;
        this.trailer = trailer;
        this.sealedBytes = sealedBytes;
    }

    public Form form() {
        return form;
    }

    /** Counter and suite, and what the opener needs. */
    public PackageTrailer trailer() {
        return trailer;
    }

    /** The track it counts in. */
    public SealedTrack track() {
        return form == Form.AUDIO ? SealedTrack.AUDIO : SealedTrack.VIDEO;
    }

    /** What a manifest lists the digest of: the whole NAL unit, or the whole frame; shared, never to be written to. */
    public byte[] sealedBytes() {
        return sealedBytes;
    }

    @Override
    public String toString() {
        return form + " " + trailer + ", " + sealedBytes.length + " bytes";
    }
}
