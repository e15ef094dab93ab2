package org.camseal.streaming.srtp;

import org.camseal.streaming.rtp.BigEndian;
import org.camseal.streaming.srtp.KeyDerivation.Use;
import org.jspecify.annotations.Nullable;

/**
 * Protects what one source sends. Counts the rollovers of its sequence numbers, and never uses a packet index twice, across keys too.
 * Belongs to one thread at a time.
 */
public final class SrtpSender {
    private static final byte[] NO_MKI = new byte[0];
    private static final int UNKNOWN = -1;

    private final int ssrc;
    private SrtpProfile profile;
    private SessionCipher media;
    private SessionCipher control;
    private byte[] mki;
    private long index = UNKNOWN;
    private int controlIndex;

    /**
     * @param ssrc of all its packets
     * @param mki stands in every packet; null for none
     */
    public SrtpSender(SrtpKey key, @Nullable Mki mki, int ssrc) {
        this.ssrc = ssrc;
        this.profile = key.profile();
        this.media = SessionCipher.of(key, Use.MEDIA);
        this.control = SessionCipher.of(key, Use.CONTROL);
        this.mki = mki == null ? NO_MKI : mki.bytes();
    }

    /** Goes on under another key; rollover counter and index of control packets go on too (RFC 3711 section 3.2.1). */
    public void rekey(SrtpKey key, Mki newMki) {
        profile = key.profile();
        media = SessionCipher.of(key, Use.MEDIA);
        control = SessionCipher.of(key, Use.CONTROL);
        mki = newMki.bytes();
    }

    /** How often the sequence numbers have wrapped: what key management tells receivers. */
    public int rolloverCounter() {
        return index < 0 ? 0 : (int) (index >>> 16);
    }

    /** The most bytes that a protected media packet is longer than the clear one. */
    public int overhead() {
        return profile.tagLength() + mki.length;
    }

    /**
     * Protects one media packet.
     *
     * @param header an RTP header of this source, with contributing sources and extension if there are any; its sequence number is
     *     above all before it
     * @param payload what stands behind it; not changed
     * @param to takes the packet, from its start on; header, payload and {@link #overhead()} must fit
     * @return bytes of the packet
     */
    public int protect(byte[] header, byte[] payload, byte[] to) {
        if (BigEndian.i32(header, 8) != ssrc) {
            throw new IllegalArgumentException("a packet of another source");
        }
        long next = indexOf(BigEndian.u16(header, 2));
        System.arraycopy(header, 0, to, 0, header.length);
        int length = media.protectMedia(to, header.length, payload, ssrc, next, mki);
        index = next;
        return length;
    }

    private long indexOf(int sequence) {
        if (index == UNKNOWN) {
            return sequence;
        }
        int ahead = (short) (sequence - (int) index);
        if (ahead <= 0) {
            // The same key stream twice would show both payloads.
            throw new IllegalArgumentException("sequence number " + sequence + " is not above those before it");
        }
        long next = index + ahead;
        if (next >>> 48 != 0) {
            throw new IllegalStateException("2^48 packets under one master key (RFC 3711 section 9.2)");
        }
        return next;
    }

    /** Protects one compound RTCP packet of this source: at least 8 bytes. */
    public byte[] protectControl(byte[] compound) {
        if (BigEndian.i32(compound, 4) != ssrc) {
            throw new IllegalArgumentException("a report of another source");
        }
        if (controlIndex < 0) {
            throw new IllegalStateException("2^31 control packets under one master key (RFC 3711 section 9.2)");
        }
        return control.protectControl(compound, ssrc, controlIndex++, mki);
    }
}
