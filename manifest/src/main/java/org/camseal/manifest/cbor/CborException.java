package org.camseal.manifest.cbor;

/** The bytes are not deterministic CBOR of the kinds sealed video uses. The message says at which offset, and what was expected. */
public final class CborException extends Exception {
    private final String message;

    CborException(long offset, String message) {
        this("CBOR, byte " + offset + ": " + message);
    }

    private CborException(String message) {
        super(message);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** The data items are there, but not the ones a structure expects. */
    public static CborException structure(String message) {
        return new CborException(message);
    }
}
