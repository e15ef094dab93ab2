package org.camseal.signing;

import java.util.List;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.media.VideoUnit;
import org.camseal.signing.hashing.GroupHashes;
import org.camseal.signing.hashing.NalClass;
import org.camseal.signing.wire.SeiReading;
import org.camseal.signing.wire.SigningSeiReader;

/**
 * What a signer has to know of a picture before it changes anything.
 *
 * @param classes of its NAL units
 * @param firstSlice index of the NAL unit in front of which SEI are put; negative without a slice
 * @param hashed how many NAL units are hashed
 * @param startsGroup whether its first slice starts a group
 */
record PictureScan(List<NalClass> classes, int firstSlice, int hashed, boolean startsGroup) {
    // Its prefix belongs to the slice behind it and must stay there (H.264 section 7.4.1.2.3).
    private static final int H264_PREFIX = 14;

    PictureScan {
        classes = List.copyOf(classes);
    }

    static PictureScan of(VideoUnit unit, SignerSettings.UncoveredPictures uncovered) throws SigningException {
        List<NalUnit> nalUnits = unit.nalUnits();
        NalClass[] classes = new NalClass[nalUnits.size()];
        int firstSlice = -1;
        int hashed = 0;
        boolean startsGroup = false;
        for (int i = 0; i < classes.length; i++) {
            NalUnit nal = nalUnits.get(i);
            classes[i] = NalClass.of(nal);
            if (classes[i] == NalClass.SEI) {
                requireUnsigned(nal);
            }
            if (classes[i] == NalClass.UNHASHED_SLICE) {
                requirePassing(nal, uncovered);
                firstSlice = firstSlice < 0 ? i : firstSlice;
            }
            if (classes[i].isHashed()) {
                firstSlice = firstSlice < 0 ? i : firstSlice;
                if (classes[i] == NalClass.GROUP_START && hashed > 0) {
                    throw new SigningException.Refused(nal + " starts a group inside of a picture");
                }
                startsGroup |= classes[i] == NalClass.GROUP_START;
                hashed++;
            }
        }
        if (hashed > GroupHashes.MAX_COUNT / 2) {
            throw new SigningException.Refused("a picture of " + hashed + " slices; at most 32767 expected");
        }
        return new PictureScan(List.of(classes), firstSlice, hashed, startsGroup);
    }

    private static void requireUnsigned(NalUnit nal) throws SigningException.AlreadySigned {
        switch (SigningSeiReader.read(nal)) {
            case SeiReading.NotOurs none -> {}
            case SeiReading.Axis other -> {}
            case SeiReading.Sei signed -> throw new SigningException.AlreadySigned();
            case SeiReading.Malformed signed -> throw new SigningException.AlreadySigned();
        }
    }

    private static void requirePassing(NalUnit nal, SignerSettings.UncoveredPictures uncovered)
            throws SigningException.Refused {
        boolean prefix = nal.codec() == Codec.H264 && nal.type() == H264_PREFIX;
        switch (uncovered) {
            case PASS_UNSIGNED -> {}
            case REFUSE -> {
                if (!prefix) {
                    throw new SigningException.Refused(nal + " is of a type that media signing does not cover;"
                            + " switch temporal layers and leading pictures off at the source");
                }
            }
        }
    }
}
