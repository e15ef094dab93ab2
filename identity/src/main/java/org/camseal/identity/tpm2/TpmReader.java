package org.camseal.identity.tpm2;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.camseal.identity.ElementFault;
import org.camseal.identity.IdentityException;

/** Reads TPM structures; what passes the end is an error that says where. Allocates at most what is there. */
final class TpmReader {
    private final ByteBuffer in;
    private final String what;

    /**
     * @param what for messages: which structure this is
     */
    TpmReader(byte[] bytes, String what) {
        this.in = ByteBuffer.wrap(bytes);
        this.what = what;
    }

    int u8() throws IdentityException.Element {
        need(1);
        return Byte.toUnsignedInt(in.get());
    }

    int u16() throws IdentityException.Element {
        need(2);
        return Short.toUnsignedInt(in.getShort());
    }

    int u32() throws IdentityException.Element {
        need(4);
        return in.getInt();
    }

    byte[] raw(int length) throws IdentityException.Element {
        need(length);
        byte[] bytes = new byte[length];
        try {
            in.get(bytes);
        } catch (BufferUnderflowException e) {
            throw new IllegalStateException("the length was checked", e);
        }
        return bytes;
    }

    /** TPM2B: its length, then its bytes. */
    byte[] sized() throws IdentityException.Element {
        return raw(u16());
    }

    /** What is left. */
    byte[] rest() throws IdentityException.Element {
        return raw(in.remaining());
    }

    /** Refuses bytes after the end. */
    void end() throws IdentityException.Element {
        if (in.hasRemaining()) {
            throw malformed(in.remaining() + " bytes too many");
        }
    }

    IdentityException.Element malformed(String why) {
        return new IdentityException.Element(
                ElementFault.TAMPERED, what + ", byte " + in.position() + ": not as TPM 2.0 has it: " + why);
    }

    private void need(int length) throws IdentityException.Element {
        if (length < 0 || length > in.remaining()) {
            throw malformed("it ends before its " + length + " bytes");
        }
    }
}
