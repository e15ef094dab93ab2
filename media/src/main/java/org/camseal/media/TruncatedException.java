package org.camseal.media;

/** The bytes end before their format says they should. */
public final class TruncatedException extends MediaException {
    public TruncatedException(String message) {
        super(message);
    }
}
