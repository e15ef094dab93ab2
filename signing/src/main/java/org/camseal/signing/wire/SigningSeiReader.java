package org.camseal.signing.wire;

import java.util.Arrays;
import java.util.UUID;
import org.camseal.media.Codec;
import org.camseal.media.EmulationPrevention;
import org.camseal.media.NalUnit;
import org.camseal.media.Sei;

/**
 * Reads signing SEI (docs/spec/media-signing.md, sections 2 to 4). Time and memory are linear in the NAL unit's length, which is at most
 * {@link #MAX_NAL_BYTES}; every length is checked against the bytes that are there before anything is made of it.
 */
public final class SigningSeiReader {
    /** Longer ones are malformed: all seven tags at their longest have less. */
    public static final int MAX_NAL_BYTES = 1 << 20;

    /** uuid_iso_iec_11578 of Axis's Signed Video. */
    public static final UUID AXIS_UUID = UUID.fromString("5369676e-6564-2056-6964-656f2e2e2e30");

    private static final int UUID_BYTES = 16;
    private static final int STOP = 0x80;
    private static final int H265_SUFFIX_SEI = 40;

    private SigningSeiReader() {}

    /** What a NAL unit is; any bytes are answered, nothing is thrown. */
    public static SeiReading read(NalUnit nal) {
        if (!nal.isSei()) {
            return SeiReading.NotOurs.INSTANCE;
        }
        byte[] raw = nal.bytes();
        int length = raw.length;
        while (length > 0 && raw[length - 1] == 0) {
            length--; // trailing zero bytes belong to the byte stream, not to the NAL unit
        }
        int at = NalUnit.headerLength(nal.codec());
        if (at >= length || raw[at] != Sei.USER_DATA_UNREGISTERED) {
            return SeiReading.NotOurs.INSTANCE;
        }
        at++;
        long size = 0;
        while (at < length && (raw[at] & 0xff) == 0xff) {
            size += 0xff;
            at++;
        }
        // One byte of size and a UUID follow. Neither type, size nor UUID can hold emulation prevention bytes.
        if (length - at < 1 + UUID_BYTES) {
            return SeiReading.NotOurs.INSTANCE;
        }
        size += raw[at++] & 0xff;
        if (hasUuid(raw, at, AXIS_UUID)) {
            return SeiReading.Axis.INSTANCE;
        }
        if (!hasUuid(raw, at, SigningSei.SEI_UUID)) {
            return SeiReading.NotOurs.INSTANCE;
        }
        try {
            return new SeiReading.Sei(readOurs(nal, length, at, size));
        } catch (Flawed e) {
            return e.answer();
        }
    }

    private static boolean hasUuid(byte[] raw, int at, UUID uuid) {
        for (int i = 0; i < UUID_BYTES; i++) {
            long half = i < 8 ? uuid.getMostSignificantBits() : uuid.getLeastSignificantBits();
            if (raw[at + i] != (byte) (half >>> (56 - 8 * (i & 7)))) {
                return false;
            }
        }
        return true;
    }

    private static SigningSei readOurs(NalUnit nal, int length, int payloadAt, long payloadSize) throws Flawed {
        if (length > MAX_NAL_BYTES) {
            throw new Flawed(SeiFlaw.TOO_LARGE, length + " bytes; at most " + MAX_NAL_BYTES + " expected");
        }
        if (nal.codec() == Codec.H265 && nal.type() == H265_SUFFIX_SEI) {
            throw new Flawed(SeiFlaw.SUFFIX_CARRIER, "in a suffix SEI; a prefix SEI expected");
        }
        if (payloadSize < UUID_BYTES + 1) {
            throw new Flawed(SeiFlaw.TOO_SHORT, "a payload of " + payloadSize + " bytes; at least 17 expected");
        }
        byte[] raw = nal.bytes().length == length ? nal.bytes() : Arrays.copyOf(nal.bytes(), length);
        byte[] rbsp = rbsp(raw, payloadAt, payloadSize);
        int flagsAt = payloadAt + UUID_BYTES;
        int flags = rbsp[flagsAt] & 0xff;
        if ((flags & SigningSei.EXTENSION_FLAG) != 0) {
            throw new Flawed(SeiFlaw.RESERVED_BIT, "reserved byte " + flags + "; bit 0 clear expected");
        }
        TagsReader tags = new TagsReader(rbsp);
        tags.read(flagsAt + 1, payloadAt + (int) payloadSize);
        SeiContent content = tags.content((flags & SigningSei.CERTIFICATE_FLAG) != 0);
        boolean escaped = (flags & SigningSei.ESCAPED_FLAG) != 0;
        byte[] hashed = escaped ? raw : rbsp;
        int documentLength = hashed.length;
        if (tags.signatureAt() >= 0) {
            // An emulation prevention byte in front of the signature's tag is not part of the document.
            documentLength = hashed == rbsp
                    ? tags.signatureAt()
                    : EmulationPrevention.rawPosition(raw, tags.signatureAt() - 1) + 1;
        }
        return new SigningSei(nal.codec(), flags, content, tags.signature(), hashed, documentLength);
    }

    /**
     * The unit without emulation prevention. Whether it has any is told by its length alone: some signers write none into MP4, though the
     * bytes call for them.
     *
     * @return the same array if there are none
     */
    private static byte[] rbsp(byte[] raw, int payloadAt, long payloadSize) throws Flawed {
        int stop = (raw[raw.length - 1] & 0xff) == STOP ? 1 : 0;
        long prevention = raw.length - stop - payloadAt - payloadSize;
        if (prevention < 0) {
            throw new Flawed(
                    SeiFlaw.SIZE_BEYOND_UNIT,
                    "payloadSize " + payloadSize + ", " + (raw.length - stop - payloadAt) + " bytes are left");
        }
        if (prevention == 0) {
            return raw;
        }
        byte[] rbsp = EmulationPrevention.unescape(raw);
        long behind = rbsp.length - stop - payloadAt - payloadSize;
        if (behind < 0) {
            throw new Flawed(
                    SeiFlaw.SIZE_BEYOND_UNIT,
                    "payloadSize " + payloadSize + ", " + (rbsp.length - stop - payloadAt) + " bytes are left");
        }
        if (behind > 0) {
            throw new Flawed(SeiFlaw.SEVERAL_MESSAGES, behind + " bytes behind the message; none expected");
        }
        return rbsp;
    }
}
