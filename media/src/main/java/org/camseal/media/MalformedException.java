package org.camseal.media;

/** The bytes break a rule of their format. */
public final class MalformedException extends MediaException {
    public MalformedException(String message) {
        super(message);
    }
}
