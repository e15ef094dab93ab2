package org.camseal.streaming.srtp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camseal.streaming.ProtocolException;
import org.camseal.streaming.rtp.BigEndian;
import org.camseal.streaming.rtp.RtpPacket;
import org.camseal.streaming.srtp.KeyDerivation.Use;
import org.camseal.streaming.srtp.Unprotected.Clear;
import org.camseal.streaming.srtp.Unprotected.Reason;
import org.camseal.streaming.srtp.Unprotected.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Checks and opens what a sender protects, of all its sources. Nothing of a packet counts before its tag is right. May be called from any
 * thread.
 */
public final class SrtpReceiver {
    private static final int MOST_SOURCES = 16;
    private static final int MOST_KEYS = 4;
    private static final int SMALLEST_CONTROL = SessionCipher.CONTROL_HEADER + SessionCipher.CONTROL_WORD;
    private static final long INDEX_MASK = (1L << 48) - 1;

    /** What is derived from one master key. */
    private static final class Keys {
        private final byte[] mki;
        private final SessionCipher media;
        private final SessionCipher control;

        Keys(SrtpKey key, byte[] mki) {
            this.mki = mki;
            this.media = SessionCipher.of(key, Use.MEDIA);
            this.control = SessionCipher.of(key, Use.CONTROL);
        }
    }

    private final SrtpProfile profile;
    private final int mkiLength;
    private final List<Keys> keys = new ArrayList<>();
    private final Map<Integer, Integer> rollovers = new HashMap<>();
    private final Map<Integer, ReplayWindow> media = new HashMap<>();
    private final Map<Integer, ReplayWindow> control = new HashMap<>();

    /** @param mki that packets under this key carry; null where they carry none */
    public SrtpReceiver(SrtpKey key, @Nullable Mki mki) {
        this.profile = key.profile();
        this.mkiLength = mki == null ? 0 : mki.length();
        keys.add(new Keys(key, mki == null ? new byte[0] : mki.bytes()));
    }

    /**
     * Takes packets under another key too, from now on; of more than four the oldest is forgotten.
     *
     * @throws IllegalArgumentException where profile or length of the MKI are not those of the first key, or packets carry no MKI, so that
     *     keys could not be told apart
     */
    public synchronized void accept(SrtpKey key, Mki mki) {
        if (key.profile() != profile || mki.length() != mkiLength) {
            throw new IllegalArgumentException("a key of another profile, or an MKI of another length");
        }
        keys.removeIf(known -> Arrays.equals(known.mki, mki.bytes()));
        keys.add(new Keys(key, mki.bytes()));
        if (keys.size() > MOST_KEYS) {
            keys.removeFirst();
        }
    }

    /** What key management says of a source's rollovers before its first packet; 0 where it says nothing. */
    public synchronized void rolloverCounter(int ssrc, int counter) {
        if (rollovers.size() < MOST_SOURCES) {
            rollovers.put(ssrc, counter);
        }
    }

    /** How often a source's sequence numbers have wrapped, as far as is known. */
    public synchronized int rolloverCounter(int ssrc) {
        ReplayWindow window = media.get(ssrc);
        Integer said = rollovers.get(ssrc);
        return window != null ? (int) (window.newest() >>> 16) : said == null ? 0 : said;
    }

    /** Checks and opens a media packet in the same array, from its start on. */
    public synchronized Unprotected media(byte[] packet, int length) {
        int header;
        try {
            header = RtpPacket.headerLength(packet, 0, length);
        } catch (ProtocolException e) {
            return new Refused(Reason.MALFORMED);
        }
        if (length < header + profile.tagLength() + mkiLength) {
            return new Refused(Reason.MALFORMED);
        }
        boolean aead = profile.isAead();
        Keys used = keys(packet, length - mkiLength - (aead ? 0 : profile.tagLength()));
        if (used == null) {
            return new Refused(Reason.UNKNOWN_KEY);
        }
        int ssrc = BigEndian.i32(packet, 8);
        ReplayWindow known = media.get(ssrc);
        ReplayWindow window = known == null ? new ReplayWindow() : known;
        long index = index(ssrc, window.newest(), BigEndian.u16(packet, 2));
        if (!window.isNew(index)) {
            return new Refused(Reason.REPLAYED);
        }
        int clear = used.media.unprotectMedia(packet, header, length, ssrc, index, mkiLength);
        return remember(media, ssrc, window, index, clear);
    }

    /** The index nearest to the newest one (RFC 3711 appendix A). */
    private long index(int ssrc, long newest, int sequence) {
        if (newest < 0) {
            Integer counter = rollovers.get(ssrc);
            return (counter == null ? 0 : Integer.toUnsignedLong(counter)) << 16 | sequence;
        }
        return (newest + (short) (sequence - (int) newest)) & INDEX_MASK;
    }

    /** Only here, behind the check of the tag, is anything kept of a packet. */
    private static Unprotected remember(
            Map<Integer, ReplayWindow> windows, int ssrc, ReplayWindow window, long index, int clear) {
        if (clear == SessionCipher.REFUSED) {
            return new Refused(Reason.NOT_AUTHENTIC);
        }
        if (!windows.containsKey(ssrc) && windows.size() >= MOST_SOURCES) {
            return new Refused(Reason.TOO_MANY_SOURCES);
        }
        windows.putIfAbsent(ssrc, window);
        window.add(index);
        return new Clear(clear);
    }

    private @Nullable Keys keys(byte[] packet, int mkiAt) {
        for (Keys candidate : keys) {
            if (Arrays.equals(packet, mkiAt, mkiAt + mkiLength, candidate.mki, 0, mkiLength)) {
                return candidate;
            }
        }
        return null;
    }

    /** Checks and opens a compound RTCP packet in the same array, from its start on. */
    public synchronized Unprotected control(byte[] packet, int length) {
        int tag = profile.controlTagLength();
        if (length < SMALLEST_CONTROL + tag + mkiLength || length > packet.length || (packet[0] & 0xc0) != 0x80) {
            return new Refused(Reason.MALFORMED);
        }
        boolean aead = profile.isAead();
        int mkiAt = length - mkiLength - (aead ? 0 : tag);
        Keys used = keys(packet, mkiAt);
        if (used == null) {
            return new Refused(Reason.UNKNOWN_KEY);
        }
        int word = BigEndian.i32(packet, mkiAt - SessionCipher.CONTROL_WORD);
        int ssrc = BigEndian.i32(packet, 4);
        long index = word & ~SessionCipher.ENCRYPTED;
        ReplayWindow known = control.get(ssrc);
        ReplayWindow window = known == null ? new ReplayWindow() : known;
        if (!window.isNew(index)) {
            return new Refused(Reason.REPLAYED);
        }
        int clear = used.control.unprotectControl(packet, length, ssrc, word, mkiLength);
        Unprotected answer = remember(control, ssrc, window, index, clear);
        boolean encrypted = (word & SessionCipher.ENCRYPTED) != 0;
        return encrypted || answer instanceof Refused ? answer : new Refused(Reason.NOT_ENCRYPTED);
    }
}
