package org.camseal.seal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.camseal.manifest.EpochId;
import org.camseal.manifest.StreamId;
import org.camseal.manifest.Suite;

/** A, the associated data of the packages of one track in one epoch (sealed-video.md, associated data). Built in place. */
final class AssociatedData {
    private static final byte[] LABEL = "camseal 1 package".getBytes(StandardCharsets.US_ASCII);
    private static final int SUITE_OFFSET = LABEL.length;

    private final int kindOffset;
    private final int counterOffset;
    private final int clearOffset;
    private byte[] array;
    private int length;

    AssociatedData(StreamId stream, EpochId epoch, int track) {
        byte[] name = EpochKey.name(stream, epoch);
        kindOffset = SUITE_OFFSET + 1 + name.length + 1;
        counterOffset = kindOffset + 1;
        clearOffset = counterOffset + 4;
        array = new byte[clearOffset + 64];
        System.arraycopy(LABEL, 0, array, 0, LABEL.length);
        System.arraycopy(name, 0, array, SUITE_OFFSET + 1, name.length);
        array[kindOffset - 1] = (byte) track;
    }

    void set(Suite suite, Binding binding, int counter) {
        Span clear = binding.clear();
        length = clearOffset + clear.length();
        if (length > array.length) {
            array = Arrays.copyOf(array, length);
        }
        array[SUITE_OFFSET] = (byte) suite.code();
        array[kindOffset] = (byte) binding.kind().id();
        BigEndian.putInt(array, counterOffset, counter);
        System.arraycopy(clear.array(), clear.offset(), array, clearOffset, clear.length());
    }

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }
}
