package org.camseal.media;

/**
 * Reads the RBSP bits of a NAL unit in order, straight from the raw unit: emulation prevention bytes are passed over on the way. Looks
 * at no byte before one of its bits is asked for.
 *
 * <p>Syntax element names in messages are those of ITU-T H.264 and H.265; positions are RBSP bits, bit 0 being the first of the NAL
 * header.
 */
public final class BitReader {
    private final byte[] nal;
    private final String where;
    private int next;
    private int zeros;
    private int current;
    private int left;
    private int loaded;

    /**
     * Begins behind the NAL header.
     *
     * @param where names the structure in messages: "H.264 slice header"
     */
    public BitReader(NalUnit unit, String where) {
        this.nal = unit.bytes();
        this.where = where;
        int header = NalUnit.headerLength(unit.codec());
        for (int i = 0; i < header; i++) {
            zeros = nal[i] == 0 ? zeros + 1 : 0;
        }
        this.next = header;
        this.loaded = header;
    }

    /** RBSP bits read so far, those of the NAL header included. */
    public long position() {
        return loaded * 8L - left;
    }

    /** Raw bytes up to and including the one that holds the last bit read. */
    public int rawPosition() {
        return next;
    }

    /** The next bit, true for 1. */
    public boolean flag() throws MediaException {
        if (left == 0) {
            load();
        }
        left--;
        return ((current >>> left) & 1) != 0;
    }

    /** The next 0 to 31 bits as a number: u(n). */
    public int u(int bits) throws MediaException {
        if (bits < 0 || bits > 31) {
            throw new IllegalArgumentException(bits + " bits; 0 to 31 expected");
        }
        return (int) bits(bits);
    }

    /** The next 32 bits as a number: u(32). */
    public long u32() throws MediaException {
        return bits(32);
    }

    private long bits(int count) throws MediaException {
        long value = 0;
        int wanted = count;
        while (wanted > 0) {
            if (left == 0) {
                load();
            }
            int taken = Math.min(wanted, left);
            left -= taken;
            value = (value << taken) | ((current >>> left) & ((1 << taken) - 1));
            wanted -= taken;
        }
        return value;
    }

    /** Reads over this many bits. */
    public void skip(int bits) throws MediaException {
        for (int wanted = bits; wanted > 0; wanted -= 31) {
            u(Math.min(wanted, 31));
        }
    }

    /**
     * An unsigned Exp-Golomb number: ue(v) (H.264 section 9.1, H.265 section 9.2).
     *
     * @param name the syntax element, for the message
     * @param max greatest value allowed
     * @throws MalformedException where it is greater
     */
    public int ue(String name, int max) throws MediaException {
        long value = codeNumber(name);
        if (value > max) {
            throw malformed(name, value, 0, max);
        }
        return (int) value;
    }

    /** An unsigned Exp-Golomb number of any size, 0 to 2^32 - 2. */
    public long ueLong(String name) throws MediaException {
        return codeNumber(name);
    }

    /**
     * A signed Exp-Golomb number: se(v).
     *
     * @throws MalformedException where it lies outside of min to max
     */
    public int se(String name, int min, int max) throws MediaException {
        long code = codeNumber(name);
        long value = (code & 1) == 0 ? -(code >>> 1) : (code + 1) >>> 1;
        if (value < min || value > max) {
            throw malformed(name, value, min, max);
        }
        return (int) value;
    }

    private long codeNumber(String name) throws MediaException {
        int leadingZeros = 0;
        while (!flag()) {
            if (++leadingZeros > 31) {
                throw new MalformedException(
                        where + ", bit " + position() + ": " + name + " begins with more than 31 zero bits");
            }
        }
        return (1L << leadingZeros) - 1 + bits(leadingZeros);
    }

    /** An error at this place. */
    public MalformedException malformed(String name, long seen, long min, long max) {
        return new MalformedException(where + ", before bit " + position() + ": " + name + " is " + seen + "; " + min
                + " to " + max + " expected");
    }

    /** Refuses what is at this place. */
    public UnsupportedException unsupported(String what) {
        return new UnsupportedException(where + ", before bit " + position() + ": " + what);
    }

    private void load() throws MediaException {
        int b = byteAt(next);
        if (zeros >= 2) {
            if (b == 3) {
                next++;
                zeros = 0;
                b = byteAt(next);
            } else if (b < 3) {
                throw new MalformedException(where + ", byte " + next + ": 00 00 0" + b
                        + " inside of a NAL unit; an emulation prevention byte (03) expected");
            }
        }
        next++;
        loaded++;
        zeros = b == 0 ? zeros + 1 : 0;
        current = b;
        left = 8;
    }

    private int byteAt(int index) throws TruncatedException {
        if (index >= nal.length) {
            throw new TruncatedException(where + ": goes on behind the NAL unit's end at " + nal.length + " bytes");
        }
        return nal[index] & 0xff;
    }
}
