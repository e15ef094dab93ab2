package org.camseal.media;

/**
 * A stream or file from outside that is not what its format says. The message says where, what was seen and what was expected.
 */
public sealed class MediaException extends Exception
        permits MalformedException, UnsupportedException, TruncatedException {
    MediaException(String message) {
        super(message);
    }
}
