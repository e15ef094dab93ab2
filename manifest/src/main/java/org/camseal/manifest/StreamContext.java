package org.camseal.manifest;

import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a stream said a while ago and whoever joins now must know: the session certificate and the grants in force. The camera repeats
 * them every few seconds only; {@link #complete} repeats them at a key picture, so that a segment or a stream that begins there can be
 * checked and opened from its first picture on. Manifests leave open how often these two are repeated (docs/spec/sealed-video.md), and
 * nothing else of the unit changes.
 */
public final class StreamContext {
    private @Nullable NalUnit certificate;
    private @Nullable NalUnit grants;

    /** Knows nothing yet. */
    public StreamContext() {}

    /** Learns from a unit that passes by. */
    public void note(AccessUnit unit) {
        if (unit instanceof VideoUnit video) {
            for (NalUnit nal : video.nalUnits()) {
                SealedSei.Kind kind = kind(nal);
                if (kind == SealedSei.Kind.SESSION_CERTIFICATE) {
                    certificate = nal;
                } else if (kind == SealedSei.Kind.GRANTS) {
                    grants = nal;
                }
            }
        }
    }

    /** The unit with the certificate and the grants in front, where it lacks them. */
    public VideoUnit complete(VideoUnit unit) {
        boolean hasCertificate = false;
        boolean hasGrants = false;
        int at = -1;
        for (int i = 0; i < unit.nalUnits().size(); i++) {
            NalUnit nal = unit.nalUnits().get(i);
            SealedSei.Kind kind = kind(nal);
            hasCertificate |= kind == SealedSei.Kind.SESSION_CERTIFICATE;
            hasGrants |= kind == SealedSei.Kind.GRANTS;
            if (at < 0 && (nal.isSei() || nal.isSlice())) {
                at = i;
            }
        }
        List<NalUnit> nalUnits = new ArrayList<>(unit.nalUnits());
        int place = Math.max(0, at);
        if (!hasGrants && grants != null) {
            nalUnits.add(place, grants);
        }
        if (!hasCertificate && certificate != null) {
            nalUnits.add(place, certificate);
        }
        return unit.withNalUnits(nalUnits);
    }

    /** True for a picture in front of which a manifest stands. */
    public static boolean hasManifest(VideoUnit unit) {
        for (NalUnit nal : unit.nalUnits()) {
            if (kind(nal) == SealedSei.Kind.MANIFEST) {
                return true;
            }
        }
        return false;
    }

    private static SealedSei.@Nullable Kind kind(NalUnit nal) {
        try {
            return SealedSei.find(nal).map(SealedSei::kind).orElse(null);
        } catch (ManifestException.Malformed broken) {
            return null; // the checker says what is wrong with it
        }
    }
}
