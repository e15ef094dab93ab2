package org.camseal.seal;

import java.util.Arrays;
import java.util.Optional;
import org.camseal.manifest.SealedSei;
import org.camseal.media.EmulationPrevention;
import org.camseal.media.NalUnit;

/** Makes the clear NAL units again that a {@link NalUnitSealer} sealed. Its buffer grows to the largest unit. */
final class NalUnitOpener {
    private byte[] buffer = new byte[65_536];

    /** The slice with its data open; empty where it does not open. */
    Optional<NalUnit> slice(PackageCipher cipher, NalUnit slice, int clearLength) {
        byte[] raw = slice.bytes();
        reserve(raw.length - clearLength);
        int end = EmulationPrevention.unescape(raw, clearLength, raw.length, buffer, 0);
        int payloadLength = end - PackageCipher.TRAILER_BYTES;
        if (payloadLength < 0) {
            return Optional.empty();
        }
        byte[] clear = Arrays.copyOf(raw, clearLength + payloadLength);
        boolean opened = cipher.open(
                new Binding(PackageKind.SLICE, Span.of(raw, 0, clearLength)),
                Span.of(buffer, 0, end),
                Span.of(clear, clearLength, payloadLength));
        return opened ? Optional.of(NalUnit.of(slice.codec(), clear)) : Optional.empty();
    }

    /** The NAL unit that travelled whole inside an own SEI; empty where it does not open. */
    Optional<NalUnit> wrapped(PackageCipher cipher, NalUnit carrier, SealedSei sei) {
        byte[] sealed = sei.body().clone();
        int headerLength = NalUnit.headerLength(carrier.codec());
        int payloadLength = sealed.length - PackageCipher.TRAILER_BYTES;
        if (payloadLength < headerLength) {
            return Optional.empty();
        }
        byte[] clear = new byte[payloadLength];
        boolean opened = cipher.open(
                new Binding(PackageKind.OTHER_NAL_UNIT, Span.of(carrier.bytes(), 0, headerLength)),
                Span.of(sealed),
                Span.of(clear));
        return opened ? Optional.of(NalUnit.of(carrier.codec(), clear)) : Optional.empty();
    }

    private void reserve(int length) {
        if (buffer.length < length) {
            buffer = new byte[Math.max(length, 2 * buffer.length)];
        }
    }
}
