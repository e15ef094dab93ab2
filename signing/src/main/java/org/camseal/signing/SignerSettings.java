package org.camseal.signing;

import java.time.Duration;
import org.camseal.signing.wire.VendorInfo;

/**
 * How a stream is signed.
 *
 * @param vendor what each SEI says of the device; the digest of the parameter sets is put behind the firmware version
 * @param detail whether lost pictures can be told from altered ones
 * @param groups how long groups are
 * @param certificates where the chain stands
 * @param uncovered what happens to pictures that no signature can cover
 * @param waiting how long the key may take
 * @param apart least time between the ends of two groups with a signature, 0 to 10 s: shorter groups share one, so that a source of key
 *     pictures alone does not wear the key's element out
 */
public record SignerSettings(
        VendorInfo vendor,
        Detail detail,
        Groups groups,
        CertificatePlace certificates,
        UncoveredPictures uncovered,
        Waiting waiting,
        Duration apart) {
    public SignerSettings {
        requireWithin("milliseconds between signatures", apart.toMillis(), 0, 10_000);
    }

    /** What an SEI says of its group's NAL units. */
    public enum Detail {
        /** The hash of each: those that arrive can be checked though others are lost. */
        HASH_LIST,
        /** One hash for all: a lost one leaves nothing to be said of the others. */
        LOW_BITRATE
    }

    /** Where the certificates and the hash algorithm stand. */
    public enum CertificatePlace {
        /** In each signed SEI: any piece of the stream can be checked by itself. */
        EACH_SIGNED_SEI,
        /** In an SEI of their own, at the start and on demand. */
        CERTIFICATE_SEI
    }

    /** Pictures of types that the format's deployed readers do not hash: H.265 temporal sub-layers and leading pictures, data partitions. */
    public enum UncoveredPictures {
        REFUSE,
        /** They are in the stream, and no signature covers them; a validator that looks says so. */
        PASS_UNSIGNED
    }

    /**
     * How long groups are. A group of pictures that is longer is signed in parts.
     *
     * @param maxNalUnits slices and unsigned SEI, 1 to 500; one picture of more is not divided. With SHA-384 and SHA-512 less, because
     *     deployed readers have room for 19200 bytes of hashes
     * @param maxLength 1 ms to 60 s
     * @param perSignature groups of pictures under one signature, 1 to 60; parts of a group are always signed
     * @param maxPayloadBytes an SEI whose payload would be longer goes without its hash list, 1024 to 65535
     */
    public record Groups(int maxNalUnits, Duration maxLength, int perSignature, int maxPayloadBytes) {
        public Groups {
            requireWithin("NAL units of a group", maxNalUnits, 1, 500);
            requireWithin("milliseconds of a group", maxLength.toMillis(), 1, 60_000);
            requireWithin("groups under one signature", perSignature, 1, 60);
            requireWithin("bytes of payload", maxPayloadBytes, 1024, 65_535);
        }
    }

    /**
     * How long the key may take. A stream does not wait for it before {@code maxPending} SEI do.
     *
     * @param maxPending SEI that wait for their signature before the stream waits too, 1 to 60
     * @param keyTimeout after which a key that does not answer has failed, 1 ms to 10 min
     */
    public record Waiting(int maxPending, Duration keyTimeout) {
        public Waiting {
            requireWithin("pending SEI", maxPending, 1, 60);
            requireWithin("milliseconds for the key", keyTimeout.toMillis(), 1, 600_000);
        }
    }

    /** Hash lists; groups of at most 500 NAL units and 2 s, each signed; the chain in each; a key that answers within 10 s. */
    public static SignerSettings of(VendorInfo vendor) {
        return new SignerSettings(
                vendor,
                Detail.HASH_LIST,
                new Groups(500, Duration.ofSeconds(2), 1, 32_768),
                CertificatePlace.EACH_SIGNED_SEI,
                UncoveredPictures.REFUSE,
                new Waiting(8, Duration.ofSeconds(10)),
                Duration.ZERO);
    }

    /** The same with another detail. */
    public SignerSettings with(Detail other) {
        return new SignerSettings(vendor, other, groups, certificates, uncovered, waiting, apart);
    }

    /** The same with other groups. */
    public SignerSettings with(Groups other) {
        return new SignerSettings(vendor, detail, other, certificates, uncovered, waiting, apart);
    }

    /** The same with the certificates elsewhere. */
    public SignerSettings with(CertificatePlace other) {
        return new SignerSettings(vendor, detail, groups, other, uncovered, waiting, apart);
    }

    /** The same with another treatment of what no signature can cover. */
    public SignerSettings with(UncoveredPictures other) {
        return new SignerSettings(vendor, detail, groups, certificates, other, waiting, apart);
    }

    /** The same with more or less patience. */
    public SignerSettings with(Waiting other) {
        return new SignerSettings(vendor, detail, groups, certificates, uncovered, other, apart);
    }

    /** The same with signatures at least so far apart. */
    public SignerSettings withSignaturesApart(Duration least) {
        return new SignerSettings(vendor, detail, groups, certificates, uncovered, waiting, least);
    }

    private static void requireWithin(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + ": " + value + "; " + least + " to " + most + " expected");
        }
    }
}
