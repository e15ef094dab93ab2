package org.camseal.media.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.camseal.media.MalformedException;
import org.jspecify.annotations.Nullable;

/**
 * The payload of one box in memory, read from front to back. Every read is checked against the box's end, so that no count or size
 * written in a file can reach past it; box after box is a walk over its children (ISO/IEC 14496-12 section 4.2).
 */
final class BoxBytes {
    private final String path;
    private final ByteBuffer bytes;

    private BoxBytes(String path, ByteBuffer bytes) {
        this.path = path;
        this.bytes = bytes;
    }

    /** Shares the array; {@code path} names the box in messages, such as {@code moov}. */
    static BoxBytes of(String path, byte[] payload) {
        return new BoxBytes(path, ByteBuffer.wrap(payload));
    }

    /** The box's own type: the last step of its path. */
    String type() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    int remaining() {
        return bytes.remaining();
    }

    int u8() throws MalformedException {
        need(1);
        return bytes.get() & 0xff;
    }

    int u16() throws MalformedException {
        need(2);
        return bytes.getShort() & 0xffff;
    }

    int u24() throws MalformedException {
        return u8() << 16 | u16();
    }

    int i32() throws MalformedException {
        need(4);
        return bytes.getInt();
    }

    long u32() throws MalformedException {
        return i32() & 0xffff_ffffL;
    }

    /** A 64-bit number; one above the signed range is refused, as no file needs it. */
    long u64() throws MalformedException {
        need(8);
        long value = bytes.getLong();
        if (value < 0) {
            throw malformed("the number " + Long.toUnsignedString(value) + " is out of any range");
        }
        return value;
    }

    long i64() throws MalformedException {
        need(8);
        return bytes.getLong();
    }

    /** Four characters: a box type, a handler, a brand. */
    String fourCc() throws MalformedException {
        return new String(bytes(4), StandardCharsets.ISO_8859_1);
    }

    byte[] bytes(int count) throws MalformedException {
        need(count);
        byte[] copy = new byte[count];
        bytes.get(copy);
        return copy;
    }

    void skip(int count) throws MalformedException {
        need(count);
        bytes.position(bytes.position() + count);
    }

    /** The next {@code count} bytes as a view; nothing is copied. */
    ByteBuffer view(long count) throws MalformedException {
        need(count);
        ByteBuffer view = bytes.slice(bytes.position(), (int) count);
        bytes.position(bytes.position() + (int) count);
        return view;
    }

    /** The same bytes again, from where this one stands. */
    BoxBytes fork() {
        return new BoxBytes(path, bytes.slice());
    }

    /**
     * The next child box, or null at the end. Up to seven trailing bytes are no box (QuickTime ends some lists with four zero
     * bytes). Size 0 means to the end of the parent, size 1 that 64 bits follow.
     */
    @Nullable
    BoxBytes nextBox() throws MalformedException {
        if (bytes.remaining() < 8) {
            return null;
        }
        long size = u32();
        String type = fourCc();
        long header = 8;
        if (size == 1) {
            size = u64();
            header = 16;
        } else if (size == 0) {
            size = header + bytes.remaining();
        }
        long payload = size - header;
        if (payload < 0 || payload > bytes.remaining()) {
            throw malformed("the box " + printable(type) + " claims " + size + " bytes, " + (header + bytes.remaining())
                    + " are left of its parent");
        }
        return new BoxBytes(path + "/" + printable(type), view(payload));
    }

    /** The first child box of a type, from here on, or null. */
    @Nullable
    BoxBytes find(String wanted) throws MalformedException {
        BoxBytes here = fork();
        for (BoxBytes box = here.nextBox(); box != null; box = here.nextBox()) {
            if (box.type().equals(wanted)) {
                return box;
            }
        }
        return null;
    }

    /** As {@link #find}, where the format demands one. */
    BoxBytes demand(String wanted) throws MalformedException {
        BoxBytes found = find(wanted);
        if (found == null) {
            throw malformed("lacks the box " + wanted);
        }
        return found;
    }

    MalformedException malformed(String what) {
        return new MalformedException("MP4 box " + path + ": " + what);
    }

    String path() {
        return path;
    }

    /** A type that can be printed, and holds no path separator. */
    static String printable(String type) {
        StringBuilder text = new StringBuilder(type.length());
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            boolean shown = c >= ' ' && c < 0x7f && c != '/';
            text.append(shown ? c : '?');
        }
        return text.toString();
    }

    private void need(long count) throws MalformedException {
        if (count < 0 || count > bytes.remaining()) {
            throw malformed("ends inside a field: " + Long.toUnsignedString(count) + " bytes needed, "
                    + bytes.remaining() + " left");
        }
    }
}
