package org.camseal.manifest;

import java.util.ArrayList;
import java.util.List;
import org.camseal.media.AccessUnit;
import org.camseal.media.AudioUnit;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;

/** What one access unit holds, told apart without judging: the checker judges it, and the sender's gate refuses on it. */
final class UnitScan {
    /** Something that sealed video does not have. */
    record Oddity(Reason reason, String detail) {}

    final List<SealedPackage> packages = new ArrayList<>();
    final List<NalUnit> parameterSets = new ArrayList<>();
    final List<SealedSei> certificates = new ArrayList<>();
    final List<SealedSei> manifests = new ArrayList<>();
    final List<SealedSei> grants = new ArrayList<>();
    final List<Oddity> oddities = new ArrayList<>();
    final List<NalUnit> foreignSei = new ArrayList<>();

    private UnitScan() {}

    /** @param codec of the unit's track */
    static UnitScan of(AccessUnit unit, Codec codec) {
        UnitScan scan = new UnitScan();
        switch (unit) {
            case VideoUnit video -> video.nalUnits().forEach(nal -> scan.nalUnit(nal, codec));
            case AudioUnit audio -> scan.frame(audio.frame(), codec);
        }
        return scan;
    }

    private void frame(byte[] frame, Codec codec) {
        try {
            int prefix = AudioPrefix.ofSealed(codec, frame).length;
            PackageTrailer trailer = PackageTrailer.atEndOf(frame);
            if (frame.length < prefix + PackageTrailer.LENGTH) {
                throw new ManifestException.Malformed("a frame of " + frame.length + " bytes; too short for a package");
            }
            packages.add(new SealedPackage(SealedPackage.Form.AUDIO, trailer, frame));
        } catch (ManifestException.Malformed e) {
            oddities.add(new Oddity(Reason.CLEAR_CONTENT, "audio frame: " + e.getMessage()));
        }
    }

    private void nalUnit(NalUnit nal, Codec codec) {
        if (nal.codec() != codec) {
            oddities.add(new Oddity(Reason.FOREIGN_NAL_UNIT, nal + " in a track of " + codec));
        } else if (nal.isSlice()) {
            try {
                packages.add(new SealedPackage(SealedPackage.Form.SLICE, PackageTrailer.ofSlice(nal), nal.bytes()));
            } catch (ManifestException.Malformed e) {
                oddities.add(new Oddity(Reason.CLEAR_CONTENT, "slice: " + e.getMessage()));
            }
        } else if (nal.isSei()) {
            sei(nal);
        } else if (nal.isParameterSet()) {
            parameterSets.add(nal);
        } else if (!isPassedOver(nal)) {
            oddities.add(new Oddity(Reason.FOREIGN_NAL_UNIT, nal + " never occurs in sealed video"));
        }
    }

    private void sei(NalUnit nal) {
        try {
            SealedSei.find(nal).ifPresentOrElse(sei -> own(nal, sei), () -> foreignSei.add(nal));
        } catch (ManifestException.Malformed e) {
            oddities.add(new Oddity(Reason.MALFORMED, e.getMessage()));
        }
    }

    private void own(NalUnit nal, SealedSei sei) {
        switch (sei.kind()) {
            case MANIFEST -> manifests.add(sei);
            case GRANTS -> grants.add(sei);
            case SESSION_CERTIFICATE -> certificates.add(sei);
            case PACKAGE -> {
                try {
                    PackageTrailer trailer = PackageTrailer.atEndOf(sei.body());
                    packages.add(new SealedPackage(SealedPackage.Form.SEI, trailer, nal.bytes()));
                } catch (ManifestException.Malformed e) {
                    oddities.add(new Oddity(Reason.MALFORMED, "own SEI: " + e.getMessage()));
                }
            }
        }
    }

    /**
     * Access unit delimiter, end of sequence, end of stream, filler data: muxers add and remove them, and they hold no picture.
     */
    private static boolean isPassedOver(NalUnit nal) {
        int type = nal.type();
        return nal.codec() == Codec.H265 ? type >= 35 && type <= 38 : type >= 9 && type <= 12;
    }
}
