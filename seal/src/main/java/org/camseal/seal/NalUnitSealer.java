package org.camseal.seal;

import java.util.Arrays;
import org.camseal.manifest.SealedSei;
import org.camseal.manifest.Suite;
import org.camseal.media.Codec;
import org.camseal.media.EmulationPrevention;
import org.camseal.media.NalUnit;
import org.camseal.media.Sei;

/** Makes sealed NAL units of clear ones, with the cipher of one track and epoch (sealed-video.md, carriage). */
final class NalUnitSealer {
    private final PackageCipher cipher;
    private final Suite suite;

    NalUnitSealer(PackageCipher cipher, Suite suite) {
        this.cipher = cipher;
        this.suite = suite;
    }

    /** The counter of the next package. */
    long nextCounter() {
        return cipher.nextCounter();
    }

    /**
     * The slice with its data sealed. What is sealed is the data as it stands in the stream, its emulation prevention bytes included,
     * so that opening gives the same bits; the package then gets emulation prevention bytes of its own.
     */
    NalUnit slice(NalUnit slice, int clearLength) throws SealException.SelfTestFailed {
        byte[] raw = slice.bytes();
        int payloadLength = raw.length - clearLength;
        int packageLength = payloadLength + PackageCipher.TRAILER_BYTES;
        byte[] sealed = new byte[clearLength + packageLength];
        System.arraycopy(raw, 0, sealed, 0, clearLength);
        cipher.seal(
                suite,
                new Binding(PackageKind.SLICE, Span.of(raw, 0, clearLength)),
                Span.of(raw, clearLength, payloadLength),
                Span.of(sealed, clearLength, packageLength));
        return NalUnit.of(slice.codec(), escaped(sealed, clearLength));
    }

    /** The unit with emulation prevention bytes behind its clear part; the same array where none are needed, which is the rule. */
    static byte[] escaped(byte[] sealed, int clearLength) {
        if (!EmulationPrevention.isNeeded(sealed, clearLength, sealed.length)) {
            return sealed;
        }
        int packageLength = sealed.length - clearLength;
        byte[] target = Arrays.copyOf(sealed, clearLength + EmulationPrevention.maxEscapedLength(packageLength));
        int end = EmulationPrevention.escape(sealed, clearLength, sealed.length, target, 0, clearLength);
        return Arrays.copyOf(target, end);
    }

    /** An own SEI that holds the whole NAL unit as a package. */
    NalUnit wrapped(NalUnit nal) throws SealException.SelfTestFailed {
        Codec codec = nal.codec();
        Sei.Place place = placeOf(nal);
        int temporalId = temporalId(nal);
        byte[] header = carrierHeader(codec, place, temporalId);
        byte[] body = new byte[nal.length() + PackageCipher.TRAILER_BYTES];
        cipher.seal(
                suite, new Binding(PackageKind.OTHER_NAL_UNIT, Span.of(header)), Span.of(nal.bytes()), Span.of(body));
        return SealedSei.of(SealedSei.Kind.PACKAGE, body).toNalUnit(codec, place, temporalId);
    }

    /** Suffix SEI and filler data of H.265 stand behind slices, where only a suffix SEI may; all else stands in front. */
    private static Sei.Place placeOf(NalUnit nal) {
        boolean suffix = nal.codec() == Codec.H265 && (nal.type() == 40 || Treatment.isFiller(nal));
        return suffix ? Sei.Place.SUFFIX : Sei.Place.PREFIX;
    }

    /** nuh_temporal_id_plus1 less one; 0 in H.264, and for the value 0, which is forbidden. */
    static int temporalId(NalUnit nal) {
        return nal.codec() == Codec.H265 ? Math.max((nal.bytes()[1] & 7) - 1, 0) : 0;
    }

    private static byte[] carrierHeader(Codec codec, Sei.Place place, int temporalId) {
        byte[] sei = Sei.userDataUnregistered(codec, place, temporalId, SealedSei.SEI_UUID, new byte[0])
                .bytes();
        return Arrays.copyOf(sei, NalUnit.headerLength(codec));
    }
}
