package org.camseal.manifest.cbor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes core deterministic CBOR: shortest heads, definite lengths, sorted keys. */
public final class CborEncoder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    private CborEncoder() {}

    /** The one encoding of a value. */
    public static byte[] encode(CborValue value) {
        CborEncoder encoder = new CborEncoder();
        encoder.write(value);
        return encoder.out.toByteArray();
    }

    private void write(CborValue value) {
        switch (value) {
            case CborValue.Int integer -> writeInt(integer.value());
            case CborValue.Bytes bytes -> {
                head(2, bytes.shared().length);
                out.writeBytes(bytes.shared());
            }
            case CborValue.Text text -> {
                byte[] utf8 = text.value().getBytes(StandardCharsets.UTF_8);
                head(3, utf8.length);
                out.writeBytes(utf8);
            }
            case CborValue.Array array -> {
                head(4, array.items().size());
                array.items().forEach(this::write);
            }
            case CborValue.Mapping mapping -> {
                head(5, mapping.entries().size());
                mapping.entries().forEach((key, item) -> {
                    writeInt(key);
                    write(item);
                });
            }
            case CborValue.Tagged tagged -> {
                head(6, tagged.tag());
                write(tagged.content());
            }
        }
    }

    private void writeInt(long value) {
        if (value >= 0) {
            head(0, value);
        } else {
            head(1, -1 - value);
        }
    }

    private void head(int majorType, long argument) {
        int high = majorType << 5;
        if (argument < 24) {
            out.write(high | (int) argument);
            return;
        }
        int sizeCode = argument < 0x100 ? 0 : argument < 0x1_0000 ? 1 : argument < 0x1_0000_0000L ? 2 : 3;
        out.write(high | (24 + sizeCode));
        for (int shift = (8 << sizeCode) - 8; shift >= 0; shift -= 8) {
            out.write((int) (argument >>> shift));
        }
    }
}
