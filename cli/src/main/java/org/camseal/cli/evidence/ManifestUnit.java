package org.camseal.cli.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.ffmpeg.MediaFiles;
import org.camseal.manifest.Manifest;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.SignedManifest;
import org.camseal.media.AccessUnit;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.UnitReader;
import org.camseal.media.VideoUnit;

/**
 * Finds the manifest that covers the end of one file at the beginning of the next: a manifest stands behind what it covers, and
 * recorders cut their files in front of it.
 */
final class ManifestUnit {
    /** A recording's first manifest stands in its first picture; sound may come before. */
    private static final int UNITS_SEARCHED = 1000;

    private ManifestUnit() {}

    /** The manifest in a unit; empty where there is none that can be read. */
    static Optional<Manifest> manifestIn(AccessUnit unit) {
        if (unit instanceof VideoUnit video) {
            for (NalUnit nal : video.nalUnits()) {
                try {
                    Optional<SealedSei> own = nal.isSei() ? SealedSei.find(nal) : Optional.empty();
                    if (own.isPresent() && own.get().kind() == SealedSei.Kind.MANIFEST) {
                        return Optional.of(
                                SignedManifest.parse(own.get().body()).manifest());
                    }
                } catch (ManifestException.Malformed e) {
                    return Optional.empty(); // the checker reports it
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The beginning of a file up to its first manifest, whose own unit comes without its pictures; empty unless that manifest is the one
     * that follows.
     */
    static List<AccessUnit> following(Manifest last, Path nextFile) {
        List<AccessUnit> beginning = new ArrayList<>();
        try (UnitReader reader = MediaFiles.open(nextFile)) {
            AccessUnit unit = reader.next();
            for (int i = 0; i < UNITS_SEARCHED && unit != null; i++, unit = reader.next()) {
                Optional<Manifest> first = manifestIn(unit);
                if (first.isPresent() && unit instanceof VideoUnit video) {
                    boolean follows =
                            first.get().run().equals(last.run()) && first.get().number() == last.number() + 1;
                    beginning.add(withoutPictures(video));
                    return follows ? beginning : List.of();
                }
                beginning.add(unit);
            }
        } catch (IOException | MediaException unreadable) {
            return List.of(); // it is judged in its own turn
        }
        return List.of();
    }

    private static VideoUnit withoutPictures(VideoUnit unit) {
        return unit.withNalUnits(
                unit.nalUnits().stream().filter(nal -> !nal.isSlice()).toList());
    }
}
