package org.camseal.identity.tpm2;

import java.io.ByteArrayOutputStream;

/** TPM structures as bytes: big-endian numbers, and TPM2B with a length of 16 bits in front (part 1, section 4). */
final class TpmWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TpmWriter u8(int value) {
        out.write(value);
        return this;
    }

    TpmWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    TpmWriter u32(int value) {
        return u16(value >>> 16).u16(value);
    }

    TpmWriter raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** TPM2B: its length, then its bytes. */
    TpmWriter sized(byte[] bytes) {
        if (bytes.length > 0xffff) {
            throw new IllegalArgumentException("a TPM2B has at most 65535 bytes, not " + bytes.length);
        }
        return u16(bytes.length).raw(bytes);
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
