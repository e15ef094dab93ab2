package org.camseal.streaming.rtp;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.camseal.streaming.ProtocolException;

/**
 * The RTP header extension of replayed recordings (ONVIF Streaming Specification, "RTP header extension" of replay): when an access unit
 * was captured, and how it follows what was sent before. It stands in the first packet of each access unit.
 *
 * <p>On the wire 16 bytes behind the RTP header: 0xABAC, the length 3 in words, 64 bits of NTP time, one byte of flags (C, E, D, T from the
 * highest bit, then four zero bits), one byte of CSeq, two zero bytes.
 *
 * @param time UTC time of capture
 * @param flags those that are set
 * @param cseq the lower 8 bits of the CSeq of the PLAY that this belongs to, 0 to 255
 */
public record ReplayExtension(NtpTime time, Set<Flag> flags, int cseq) {
    /** "Defined by profile" of the extension's header (RFC 3550 section 5.3.1). */
    public static final int PROFILE = 0xabac;

    /** Bytes in a packet, with the extension's own header. */
    public static final int LENGTH = 16;

    private static final int WORDS = 3;
    private static final int EXTENSION_BIT = 0x10; // X, RFC 3550 section 5.1

    /** What an access unit is in its recording. */
    public enum Flag {
        /** C: decoding can start here. */
        CLEAN_POINT(0x80),
        /** E: the last of its track before a gap, or of all that is recorded. */
        END_OF_SECTION(0x40),
        /** D: it does not follow what was sent before: the first behind a PLAY, or behind a gap. */
        DISCONTINUITY(0x20),
        /** T: the last of its track in this playback. */
        TERMINAL(0x10);

        private final int bit;

        Flag(int bit) {
            this.bit = bit;
        }
    }

    public ReplayExtension {
        flags = Set.copyOf(flags);
        if (cseq < 0 || cseq > 255) {
            throw new IllegalArgumentException("CSeq byte " + cseq + "; 0 to 255 expected");
        }
    }

    /**
     * Puts this behind an RTP header of 12 bytes at the start of an array, and says so in that header.
     *
     * @param packet at least {@link RtpPacket#HEADER_LENGTH} + {@link #LENGTH} bytes
     */
    public void write(byte[] packet) {
        int at = RtpPacket.HEADER_LENGTH;
        packet[0] |= EXTENSION_BIT;
        BigEndian.putU16(packet, at, PROFILE);
        BigEndian.putU16(packet, at + 2, WORDS);
        BigEndian.putU32(packet, at + 4, (int) (time.bits() >>> 32));
        BigEndian.putU32(packet, at + 8, (int) time.bits());
        int bits = 0;
        for (Flag flag : flags) {
            bits |= flag.bit;
        }
        packet[at + 12] = (byte) bits;
        packet[at + 13] = (byte) cseq;
        BigEndian.putU16(packet, at + 14, 0);
    }

    /**
     * The extension of a packet; empty where it has none, or another one.
     *
     * @throws ProtocolException where it is too short; a longer one is another device's addition and is passed over
     */
    public static Optional<ReplayExtension> of(RtpPacket packet) throws ProtocolException {
        if (packet.extensionProfile() != PROFILE) {
            return Optional.empty();
        }
        if (packet.extensionLength() < 4 * WORDS) {
            throw new ProtocolException("replay extension of " + packet.extensionLength()
                    + " bytes; 12 expected (ONVIF Streaming Specification, replay)");
        }
        byte[] bytes = packet.bytes();
        int at = packet.extensionOffset();
        NtpTime time = new NtpTime(BigEndian.u32(bytes, at) << 32 | BigEndian.u32(bytes, at + 4));
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        for (Flag flag : Flag.values()) {
            if ((bytes[at + 8] & flag.bit) != 0) {
                flags.add(flag);
            }
        }
        return Optional.of(new ReplayExtension(time, flags, bytes[at + 9] & 0xff));
    }
}
