package org.camseal.manifest;

import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.TrackFormat;
import org.camseal.media.VideoUnit;

/**
 * An access unit that is sealed in form: every slice and every audio frame ends as a package does, every SEI is an own one, and nothing
 * is in it that sealed video does not have. The only thing a sealed stream's sender accepts, so that clear video cannot leave by mistake.
 *
 * <p>Form only: that the bytes are ciphertext is the word of whoever sealed; a gate without a key cannot know it.
 */
public final class SealedUnit {
    private final AccessUnit unit;
    private final UnitScan scan;

    private SealedUnit(AccessUnit unit, UnitScan scan) {
        this.unit = unit;
        this.scan = scan;
    }

    /**
     * Lets a unit through if it is sealed in form.
     *
     * @param format of the unit's track
     * @throws ManifestException.NotSealed if anything in it is clear that must not be, malformed or foreign
     */
    public static SealedUnit parse(AccessUnit unit, TrackFormat format) throws ManifestException.NotSealed {
        Codec codec = format.codec();
        if (unit instanceof AudioUnit == codec.isVideo()) {
            throw new IllegalArgumentException(unit + " is not of a track of " + codec);
        }
        UnitScan scan = UnitScan.of(unit, codec);
        if (!scan.oddities.isEmpty()) {
            throw new ManifestException.NotSealed(scan.oddities.getFirst().detail());
        }
        if (!scan.foreignSei.isEmpty()) {
            throw new ManifestException.NotSealed("a clear SEI: " + scan.foreignSei.getFirst());
        }
        if (unit instanceof VideoUnit video) {
            for (NalUnit nal : video.nalUnits()) {
                if (nal.type() == (codec == Codec.H265 ? 38 : 12)) {
                    throw new ManifestException.NotSealed("clear filler data");
                }
            }
        }
        return new SealedUnit(unit, scan);
    }

    /** The unit, as it goes into the stream. */
    public AccessUnit unit() {
        return unit;
    }

    /** Its packages, in stream order. */
    public List<SealedPackage> packages() {
        return List.copyOf(scan.packages);
    }

    /** Its own SEI of a kind (not PACKAGE), in stream order. */
    public List<SealedSei> ownSei(SealedSei.Kind kind) {
        return switch (kind) {
            case MANIFEST -> List.copyOf(scan.manifests);
            case GRANTS -> List.copyOf(scan.grants);
            case SESSION_CERTIFICATE -> List.copyOf(scan.certificates);
            case PACKAGE -> throw new IllegalArgumentException("packages() has them");
        };
    }
}
