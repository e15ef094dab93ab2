package org.camseal.seal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camseal.manifest.ManifestException;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.SealedTrack;
import org.camseal.media.Codec;
import org.camseal.media.MediaException;
import org.camseal.media.NalUnit;
import org.camseal.media.SliceHeaders;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.media.headers.SliceHeaderReaders;

/** Opens pictures: each slice and each wrapped NAL unit, or nothing of the picture. */
final class PictureOpener {
    private final SliceHeaders headers;
    private final NalUnitOpener nalUnits = new NalUnitOpener();
    private boolean decoding;

    PictureOpener(Track track) {
        VideoFormat format = (VideoFormat) track.format();
        headers = SliceHeaderReaders.of(format.codec());
        format.parameterSets().forEach(this::accept);
    }

    /** Opens a picture that is sealed in form, in the epoch in force. */
    Opening open(VideoUnit unit, Epochs epochs) {
        OpeningEpoch epoch = epochs.current();
        if (epoch == null) {
            passOver(unit);
            return Obstacles.withoutEpoch(epochs.withoutEpoch());
        }
        Optional<PackageCipher> cipher = epoch.cipher(SealedTrack.VIDEO);
        Opening.Obstacle obstacle = epoch.obstacle();
        if (cipher.isEmpty() || obstacle != null) {
            passOver(unit);
            return Obstacles.withoutKey(obstacle == null ? Opening.Obstacle.NO_GRANT_YET : obstacle, epoch.id());
        }
        if (!decoding && !unit.isKey()) {
            passOver(unit);
            return Obstacles.waiting();
        }
        Optional<List<NalUnit>> opened = nalUnits(unit, cipher.get());
        if (opened.isEmpty() || opened.get().isEmpty()) {
            return Obstacles.altered(unit);
        }
        decoding = true;
        return new Opening.Opened(unit.withNalUnits(opened.get()));
    }

    /** A decoder cannot go on behind it; its parameter sets count all the same. */
    private void passOver(VideoUnit unit) {
        unit.nalUnits().forEach(this::accept);
        decoding = false;
    }

    private void accept(NalUnit nal) {
        try {
            headers.accept(nal);
        } catch (MediaException e) {
            // An altered parameter set: slices that need it do not open, and the checker reports it.
        }
    }

    /** All NAL units of the source; empty if one does not open. */
    private Optional<List<NalUnit>> nalUnits(VideoUnit unit, PackageCipher cipher) {
        List<NalUnit> out = new ArrayList<>(unit.nalUnits().size());
        List<NalUnit> filler = new ArrayList<>();
        int behindSlices = -1;
        boolean whole = true;
        for (NalUnit nal : unit.nalUnits()) {
            accept(nal);
            Optional<SealedSei> sei = ownSei(nal);
            if (sei.isPresent() && sei.get().kind() != SealedSei.Kind.PACKAGE) {
                continue;
            }
            Optional<NalUnit> clear = sei.isPresent()
                    ? nalUnits.wrapped(cipher, nal, sei.get())
                    : nal.isSlice() ? slice(nal, cipher) : Optional.of(nal);
            if (clear.isEmpty()) {
                whole = false;
            } else if (nal.codec() == Codec.H264 && Treatment.isFiller(clear.get())) {
                filler.add(clear.get()); // sent in front of the slices, from behind them
            } else {
                out.add(clear.get());
            }
            behindSlices = nal.isSlice() ? out.size() : behindSlices;
        }
        out.addAll(behindSlices < 0 ? out.size() : behindSlices, filler);
        return whole ? Optional.of(out) : Optional.empty();
    }

    private Optional<NalUnit> slice(NalUnit slice, PackageCipher cipher) {
        try {
            return nalUnits.slice(cipher, slice, headers.clearLength(slice));
        } catch (MediaException e) {
            return Optional.empty(); // a header that cannot be read was not sealed by a sealer
        }
    }

    private static Optional<SealedSei> ownSei(NalUnit nal) {
        try {
            return SealedSei.find(nal);
        } catch (ManifestException.Malformed e) {
            throw new IllegalStateException("sealed in form, yet an own SEI is malformed", e);
        }
    }
}
