package org.camseal.media;

/** The bytes may obey their format, but use a part of it that is not handled here, and so are refused. */
public final class UnsupportedException extends MediaException {
    public UnsupportedException(String message) {
        super(message);
    }
}
