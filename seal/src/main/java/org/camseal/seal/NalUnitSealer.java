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
        int end = raw.length + PackageCipher.TRAILER_BYTES;
        byte[] sealed = new byte[end + expectedPrevention()];
        System.arraycopy(raw, 0, sealed, 0, clearLength);
        cipher.seal(
                suite,
                new Binding(PackageKind.SLICE, Span.of(raw, 0, clearLength)),
                Span.of(raw, clearLength, payloadLength),
                Span.of(sealed, clearLength, end - clearLength));
        return NalUnit.of(slice.codec(), escaped(sealed, clearLength, end));
    }

    /** The first 1 024 counters of an epoch have two zero bytes and one of 3 or less in front: so their trailer needs a byte more. */
    private int expectedPrevention() {
        return cipher.nextCounter() < 1_024 ? 1 : 0;
    }

    /**
     * The unit with emulation prevention bytes behind its clear part. In the same array, if there is room behind the end for as many bytes as
     * are needed; that is so but for once in some million bytes.
     */
    static byte[] escaped(byte[] sealed, int clearLength, int end) {
        int length = end + EmulationPrevention.countNeeded(sealed, clearLength, end);
        byte[] target = length == sealed.length ? sealed : Arrays.copyOf(sealed, length);
        EmulationPrevention.escapeInPlace(target, clearLength, end);
        return target;
    }

    /** An own SEI that holds the whole NAL unit as a package. */
    NalUnit wrapped(NalUnit nal) throws SealException.SelfTestFailed {
        Codec codec = nal.codec();
        int bodyLength = nal.length() + PackageCipher.TRAILER_BYTES;
        byte[] head = SealedSei.packageHead(codec, placeOf(nal), temporalId(nal), bodyLength);
        int headerLength = NalUnit.headerLength(codec);
        int end = head.length + bodyLength + 1;
        byte[] sealed = Arrays.copyOf(head, end + expectedPrevention());
        cipher.seal(
                suite,
                new Binding(PackageKind.OTHER_NAL_UNIT, Span.of(head, 0, headerLength)),
                Span.of(nal.bytes()),
                Span.of(sealed, head.length, bodyLength));
        sealed[end - 1] = (byte) Sei.STOP;
        return NalUnit.of(codec, escaped(sealed, headerLength, end));
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
}
