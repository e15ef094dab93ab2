package org.camseal.signing.wire;

import java.util.Arrays;

/** A signature in a field of fixed size (docs/spec/media-signing.md, tag 3). Immutable. */
public final class SignatureField {
    private final byte[] bytes;
    private final int fieldSize;

    /**
     * @param bytes the signature without its filling, taken over
     * @param fieldSize bytes that the field has
     */
    SignatureField(byte[] bytes, int fieldSize) {
        this.bytes = bytes;
        this.fieldSize = fieldSize;
    }

    /** The signature without its filling, a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Bytes that the field has, the filling included. */
    public int fieldSize() {
        return fieldSize;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignatureField field
                && field.fieldSize == fieldSize
                && Arrays.equals(field.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "a signature of " + bytes.length + " bytes";
    }
}
