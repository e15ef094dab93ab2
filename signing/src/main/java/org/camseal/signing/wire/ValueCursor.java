package org.camseal.signing.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the fields of one tag's value, never behind its end. */
final class ValueCursor {
    private final Tag tag;
    private final byte[] bytes;
    private final int end;
    private int at;

    ValueCursor(Tag tag, byte[] bytes, int from, int end) {
        this.tag = tag;
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int left() {
        return end - at;
    }

    int position() {
        return at;
    }

    private int take(int count) throws Flawed {
        if (count > left()) {
            throw new Flawed(
                    SeiFlaw.TAG_LENGTH,
                    "tag " + tag.code() + ": a field of " + count + " bytes, " + left() + " are left");
        }
        at += count;
        return at - count;
    }

    int u8() throws Flawed {
        return bytes[take(1)] & 0xff;
    }

    int u16() throws Flawed {
        return (u8() << 8) | u8();
    }

    long u32() throws Flawed {
        return ((long) u16() << 16) | u16();
    }

    long u64() throws Flawed {
        return (u32() << 32) | u32();
    }

    byte[] bytes(int count) throws Flawed {
        int from = take(count);
        return Arrays.copyOfRange(bytes, from, from + count);
    }

    byte[] rest() throws Flawed {
        return bytes(left());
    }

    Digest digest(int size) throws Flawed {
        return Digest.of(bytes(size));
    }

    /** A byte of length and so many bytes of UTF-8; what is no UTF-8 is replaced. */
    String text() throws Flawed {
        return new String(bytes(u8()), StandardCharsets.UTF_8);
    }

    void requireVersion(int version, int most) throws Flawed {
        if (version < 1 || version > most) {
            throw new Flawed(SeiFlaw.TAG_VERSION, "tag " + tag.code() + ": version " + version + "; at most " + most);
        }
    }

    void requireEnd() throws Flawed {
        if (left() != 0) {
            throw new Flawed(SeiFlaw.TAG_LENGTH, "tag " + tag.code() + ": " + left() + " bytes behind its fields");
        }
    }
}
