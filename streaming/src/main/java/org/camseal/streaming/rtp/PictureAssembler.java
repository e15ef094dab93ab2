package org.camseal.streaming.rtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.camseal.media.Codec;
import org.camseal.media.NalUnit;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtp.Received.Wholeness;

/**
 * Collects the NAL units of one picture. A picture ends with the marker bit, or where the timestamp changes if that packet was lost.
 * Some cameras set the marker behind parameter sets too, so a marked picture without a slice waits for what follows.
 */
final class PictureAssembler {
    private static final int MAX_NAL_UNITS = 4096;

    private final Codec codec;
    private final List<NalUnit> nals = new ArrayList<>();
    private int timestamp;
    private boolean open;
    private Wholeness wholeness = Wholeness.WHOLE;
    private int collectedBytes;
    private byte[] fragment = new byte[0];
    private int fragmentLength;
    private boolean inFragment;

    PictureAssembler(Codec codec) {
        this.codec = codec;
    }

    /** Begins a packet: a picture of another timestamp is complete. */
    void begin(int packetTimestamp, Consumer<Received> sink) {
        if (open && packetTimestamp != timestamp) {
            flush(sink);
        }
        timestamp = packetTimestamp;
        open = true;
    }

    void lost() {
        wholeness = Wholeness.DAMAGED; // of the open picture; between pictures, of the next
        dropFragment();
    }

    void add(byte[] from, int offset, int length) throws ProtocolException {
        dropFragmentInFavourOfNext();
        add(Arrays.copyOfRange(from, offset, offset + length));
    }

    private void add(byte[] bytes) throws ProtocolException {
        collectedBytes += bytes.length;
        if (collectedBytes > Depacketizer.MAX_UNIT || nals.size() == MAX_NAL_UNITS) {
            throw tooLarge();
        }
        nals.add(NalUnit.of(codec, bytes));
    }

    /** Starts a fragmented NAL unit with its restored header. */
    void startFragment(byte[] header) {
        dropFragmentInFavourOfNext();
        if (fragment.length == 0) {
            fragment = new byte[16_384];
        }
        System.arraycopy(header, 0, fragment, 0, header.length);
        fragmentLength = header.length;
        inFragment = true;
    }

    /** Goes on with the fragmented NAL unit; without effect where its start was lost. */
    void addFragment(byte[] from, int offset, int length) throws ProtocolException {
        if (!inFragment) {
            wholeness = Wholeness.DAMAGED;
            return;
        }
        if (fragmentLength + length > Depacketizer.MAX_UNIT - collectedBytes) {
            throw tooLarge();
        }
        if (fragmentLength + length > fragment.length) {
            fragment = Arrays.copyOf(fragment, Math.max(2 * fragment.length, fragmentLength + length));
        }
        System.arraycopy(from, offset, fragment, fragmentLength, length);
        fragmentLength += length;
    }

    void endFragment() throws ProtocolException {
        if (inFragment) {
            inFragment = false;
            add(Arrays.copyOf(fragment, fragmentLength));
        }
    }

    private void dropFragmentInFavourOfNext() {
        if (inFragment) {
            wholeness = Wholeness.DAMAGED;
            dropFragment();
        }
    }

    private void dropFragment() {
        inFragment = false;
        fragmentLength = 0;
    }

    /** Ends a packet with the marker bit. */
    void marked(Consumer<Received> sink) {
        for (NalUnit nal : nals) {
            if (nal.isSlice()) {
                flush(sink);
                return;
            }
        }
    }

    void flush(Consumer<Received> sink) {
        dropFragmentInFavourOfNext();
        Received.Picture picture = nals.isEmpty() ? null : new Received.Picture(nals, timestamp, wholeness);
        clear();
        if (picture != null) {
            sink.accept(picture);
        }
    }

    private ProtocolException tooLarge() {
        clear();
        wholeness = Wholeness.DAMAGED;
        return new ProtocolException("an access unit of more than " + Depacketizer.MAX_UNIT + " bytes or "
                + MAX_NAL_UNITS + " NAL units; its marker bit is missing, or it is not a picture");
    }

    private void clear() {
        nals.clear();
        collectedBytes = 0;
        open = false;
        wholeness = Wholeness.WHOLE;
        dropFragment();
        if (fragment.length > 1 << 20) {
            fragment = new byte[0];
        }
    }
}
