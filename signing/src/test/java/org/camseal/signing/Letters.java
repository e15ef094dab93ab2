package org.camseal.signing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.camseal.media.AccessUnit;
import org.camseal.media.Codec;
import org.camseal.media.MediaTime;
import org.camseal.media.NalUnit;
import org.camseal.media.Track;
import org.camseal.media.VideoFormat;
import org.camseal.media.VideoUnit;
import org.camseal.signing.hashing.NalClass;
import org.camseal.signing.wire.SeiReading;
import org.camseal.signing.wire.SigningSei;
import org.camseal.signing.wire.SigningSeiReader;

/**
 * Video in letters, a NAL unit each: V parameter set, I and i first and other slice of a key picture, P and p of any other, z foreign SEI; S, s
 * and C signed, unsigned and certificate SEI. A picture begins at every I or P, and takes what stands in front of it.
 */
public final class Letters {
    /** 25 pictures per second. */
    public static final int TICKS = 3600;

    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Letters() {}

    /** The track of all these. */
    public static Track track(Codec codec) {
        return new Track(1, new VideoFormat(codec, 64, 48, List.of()));
    }

    /** The NAL units of some letters, each unlike any other. */
    public static List<NalUnit> nalUnits(Codec codec, String letters) {
        Random random = new Random(letters.length());
        List<NalUnit> units = new ArrayList<>();
        for (int i = 0; i < letters.length(); i++) {
            units.add(nal(codec, letters.charAt(i), i, random));
        }
        return units;
    }

    private static NalUnit nal(Codec codec, char letter, int index, Random random) {
        boolean h265 = codec == Codec.H265;
        int type = switch (letter) {
            case 'V' -> h265 ? 33 : 7;
            case 'v' -> h265 ? 34 : 8;
            case 'I', 'i' -> h265 ? 19 : 5;
            case 'P', 'p' -> 1;
            case 'z' -> h265 ? 39 : 6;
            case 'T' -> 2; // a temporal sub-layer, a data partition
            default -> throw new IllegalArgumentException("letter " + letter);
        };
        byte[] bytes = new byte[40];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] |= 0x10; // no emulation prevention needed
        }
        int header = NalUnit.headerLength(codec);
        bytes[0] = (byte) (h265 ? type << 1 : 0x60 | type);
        bytes[1] = h265 ? 1 : bytes[1];
        boolean first = Character.isUpperCase(letter);
        bytes[header] = (byte) (first ? 0x80 | index : 0x40 | (index & 0x3f));
        return NalUnit.of(codec, bytes);
    }

    /** Access units of some letters. */
    public static List<AccessUnit> units(Codec codec, String letters) {
        return pictures(nalUnits(codec, letters));
    }

    /** Access units of NAL units that stand one behind the other. */
    public static List<AccessUnit> pictures(List<NalUnit> nalUnits) {
        List<AccessUnit> units = new ArrayList<>();
        List<NalUnit> next = new ArrayList<>();
        boolean sliceSeen = false;
        for (NalUnit nal : nalUnits) {
            NalClass nalClass = NalClass.of(nal);
            boolean slice = nal.isSlice();
            boolean suffix = nal.codec() == Codec.H265 && nal.type() == 40;
            if (sliceSeen && (nalClass.isPrimary() || (!slice && !suffix))) {
                units.add(unit(units.size(), next));
                next = new ArrayList<>();
                sliceSeen = false;
            }
            next.add(nal);
            sliceSeen |= slice;
        }
        units.add(unit(units.size(), next));
        return units;
    }

    private static VideoUnit unit(int index, List<NalUnit> nalUnits) {
        MediaTime time = MediaTime.video((long) TICKS * index);
        return new VideoUnit(1, nalUnits, time, time, START.plus(Duration.ofMillis(40L * index)));
    }

    /** The letters of NAL units. */
    public static String of(List<NalUnit> nalUnits) {
        StringBuilder letters = new StringBuilder();
        nalUnits.forEach(nal -> letters.append(letter(nal)));
        return letters.toString();
    }

    private static char letter(NalUnit nal) {
        return switch (NalClass.of(nal)) {
            case GROUP_START -> 'I';
            case KEY_SLICE -> 'i';
            case PICTURE_START -> 'P';
            case SLICE -> 'p';
            case UNHASHED_SLICE -> 'T';
            case PARAMETER_SET -> 'V';
            case SEI -> SigningSeiReader.read(nal) instanceof SeiReading.Sei(SigningSei sei) ? letter(sei) : 'z';
            case DELIMITER, OTHER -> '_';
        };
    }

    private static char letter(SigningSei sei) {
        if (sei.isCertificateSei()) {
            return 'C';
        }
        return sei.signature().isPresent() ? 'S' : 's';
    }

    /** All NAL units of units. */
    public static List<NalUnit> nalUnits(List<SignedUnit> units) {
        return units.stream()
                .flatMap(unit -> ((VideoUnit) unit.unit()).nalUnits().stream())
                .toList();
    }

    /** The signing SEI among NAL units. */
    public static List<SigningSei> seis(List<NalUnit> nalUnits) {
        List<SigningSei> seis = new ArrayList<>();
        for (NalUnit nal : nalUnits) {
            if (SigningSeiReader.read(nal) instanceof SeiReading.Sei(SigningSei sei)) {
                seis.add(sei);
            }
        }
        return seis;
    }

    /** Signs a whole stream, waiting for the key at each SEI. */
    public static List<NalUnit> sign(SignerSettings settings, SigningKey key, List<? extends AccessUnit> units)
            throws SigningException {
        VideoUnit first = (VideoUnit) units.getFirst();
        Codec codec = first.nalUnits().getFirst().codec();
        MediaSigner signer = new MediaSigner(track(codec), settings, key, Runnable::run, () -> 0);
        List<SignedUnit> signed = new ArrayList<>();
        for (AccessUnit unit : units) {
            signed.add(signer.sign(unit));
        }
        signer.end().ifPresent(signed::add);
        return nalUnits(signed);
    }
}
