package org.camseal.media;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * One message of a supplemental enhancement information NAL unit (ITU-T H.264 section 7.3.2.3, H.265 section 7.3.2.4).
 *
 * <p>Immutable by agreement, as {@link NalUnit} is: the payload's array is shared and never written to.
 */
public final class Sei {
    /** payloadType of user_data_unregistered: a UUID of 16 bytes, then free bytes (H.264 D.1.7, H.265 D.2.7). */
    public static final int USER_DATA_UNREGISTERED = 5;

    /** The byte behind the last message: the stop bit and seven zero bits. */
    public static final int STOP = 0x80;

    private static final int UUID_LENGTH = 16;

    /** Before or behind the slices it belongs to; H.264 knows only the first. */
    public enum Place {
        PREFIX,
        SUFFIX
    }

    private final int payloadType;
    private final byte[] payload;

    private Sei(int payloadType, byte[] payload) {
        this.payloadType = payloadType;
        this.payload = payload;
    }

    public int payloadType() {
        return payloadType;
    }

    /** The payload without emulation prevention bytes; shared, never to be written to. */
    public byte[] payload() {
        return payload;
    }

    /** True for user_data_unregistered of this UUID. */
    public boolean isUserData(UUID uuid) {
        return payloadType == USER_DATA_UNREGISTERED
                && payload.length >= UUID_LENGTH
                && bigEndian(payload, 0) == uuid.getMostSignificantBits()
                && bigEndian(payload, 8) == uuid.getLeastSignificantBits();
    }

    /**
     * The free bytes behind the UUID, a new array.
     *
     * @throws IllegalStateException where it is not user data
     */
    public byte[] userData() {
        if (payloadType != USER_DATA_UNREGISTERED || payload.length < UUID_LENGTH) {
            throw new IllegalStateException("SEI payload type " + payloadType + " is not user data");
        }
        return Arrays.copyOfRange(payload, UUID_LENGTH, payload.length);
    }

    /**
     * The messages of a NAL unit, in order, at least one.
     *
     * @param nal {@link NalUnit#isSei}
     * @throws MediaException where a message goes on behind the unit's end, or the unit holds none, or lacks its stop bit
     */
    public static List<Sei> parse(NalUnit nal) throws MediaException {
        if (!nal.isSei()) {
            throw new IllegalArgumentException(nal + " is not SEI");
        }
        byte[] rbsp = EmulationPrevention.unescape(nal.bytes());
        int end = stopByte(rbsp, nal);
        List<Sei> messages = new ArrayList<>(1);
        int at = NalUnit.headerLength(nal.codec());
        while (at < end) {
            long type = 0;
            while (at < end && (rbsp[at] & 0xff) == 0xff) {
                type += 0xff;
                at++;
            }
            type += byteAt(rbsp, at++, end, nal);
            long size = 0;
            while (at < end && (rbsp[at] & 0xff) == 0xff) {
                size += 0xff;
                at++;
            }
            size += byteAt(rbsp, at++, end, nal);
            if (size > end - at) {
                throw new TruncatedException(nal + ": SEI message of type " + type + " says " + size + " bytes, "
                        + (end - at) + " are left");
            }
            messages.add(new Sei((int) type, Arrays.copyOfRange(rbsp, at, at + (int) size)));
            at += (int) size;
        }
        if (messages.isEmpty()) {
            throw new MalformedException(nal + ": no SEI message in it; at least one expected");
        }
        return List.copyOf(messages);
    }

    /** A NAL unit of one message: user_data_unregistered, in front of the slices, of the lowest temporal layer. */
    public static NalUnit userDataUnregistered(Codec codec, UUID uuid, byte[] data) {
        return userDataUnregistered(codec, Place.PREFIX, 0, uuid, data);
    }

    /**
     * A NAL unit of one message: user_data_unregistered.
     *
     * @param place PREFIX for H.264
     * @param temporalId 0 to 6, at least that of the access unit's slices (H.265 section 7.4.2.2); 0 for H.264
     * @param data the free bytes behind the UUID
     */
    public static NalUnit userDataUnregistered(Codec codec, Place place, int temporalId, UUID uuid, byte[] data) {
        byte[] head = userDataHead(codec, place, temporalId, uuid, data.length);
        byte[] rbsp = Arrays.copyOf(head, head.length + data.length + 1);
        System.arraycopy(data, 0, rbsp, head.length, data.length);
        rbsp[rbsp.length - 1] = (byte) STOP;
        int prevention = EmulationPrevention.countNeeded(rbsp, 0, rbsp.length);
        return NalUnit.of(codec, prevention == 0 ? rbsp : EmulationPrevention.escape(rbsp));
    }

    /**
     * What stands in front of the free bytes of {@link #userDataUnregistered}, emulation prevention not yet applied: NAL header, payload type
     * and size, UUID. The free bytes and the stop byte {@link #STOP} follow.
     *
     * @param dataLength how many free bytes
     */
    public static byte[] userDataHead(Codec codec, Place place, int temporalId, UUID uuid, int dataLength) {
        byte[] header = header(codec, place, temporalId);
        int size = Math.addExact(UUID_LENGTH, dataLength);
        byte[] head = new byte[header.length + 1 + size / 0xff + 1 + UUID_LENGTH];
        System.arraycopy(header, 0, head, 0, header.length);
        int at = header.length;
        head[at++] = USER_DATA_UNREGISTERED;
        Arrays.fill(head, at, at + size / 0xff, (byte) 0xff);
        at += size / 0xff;
        head[at++] = (byte) (size % 0xff);
        putBigEndian(head, at, uuid.getMostSignificantBits());
        putBigEndian(head, at + 8, uuid.getLeastSignificantBits());
        return head;
    }

    private static byte[] header(Codec codec, Place place, int temporalId) {
        if (temporalId < 0 || temporalId > 6) {
            throw new IllegalArgumentException("temporal id " + temporalId + "; 0 to 6 expected");
        }
        if (codec == Codec.H265) {
            int type = place == Place.PREFIX ? 39 : 40;
            return new byte[] {(byte) (type << 1), (byte) (temporalId + 1)};
        }
        if (codec != Codec.H264 || place != Place.PREFIX || temporalId != 0) {
            throw new IllegalArgumentException("no SEI of " + codec + ", " + place + ", temporal id " + temporalId);
        }
        return new byte[] {6};
    }

    /** Index of the byte that holds the stop bit: the last one that is not zero. */
    private static int stopByte(byte[] rbsp, NalUnit nal) throws MalformedException {
        int last = rbsp.length - 1;
        while (last > 0 && rbsp[last] == 0) {
            last--;
        }
        if ((rbsp[last] & 0xff) != STOP || last < NalUnit.headerLength(nal.codec())) {
            throw new MalformedException(nal + ": does not end in the stop bit (byte 80)");
        }
        return last;
    }

    private static int byteAt(byte[] rbsp, int at, int end, NalUnit nal) throws TruncatedException {
        if (at >= end) {
            throw new TruncatedException(nal + ": ends inside of the head of an SEI message");
        }
        return rbsp[at] & 0xff;
    }

    private static long bigEndian(byte[] bytes, int at) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (bytes[at + i] & 0xff);
        }
        return value;
    }

    private static void putBigEndian(byte[] bytes, int at, long value) {
        for (int i = 0; i < 8; i++) {
            bytes[at + i] = (byte) (value >>> (56 - 8 * i));
        }
    }

    @Override
    public String toString() {
        return "SEI message of type " + payloadType + ", " + payload.length + " bytes";
    }
}
