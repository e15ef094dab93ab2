package org.camseal.signing.validation;

/**
 * What can be said about a (partial) group of signed video, or about a whole recording. Says nothing about whose signature it is:
 * untouched and ours are two questions.
 */
public sealed interface SigningVerdict {
    /** Why. */
    SigningReason reason();

    /** One sentence for a reader: what was seen, and what was expected. */
    String detail();

    /** Where it was seen first. */
    NalPosition position();

    /** What is there is what was signed, in order, and nothing is missing between its ends. */
    record Authentic(SigningReason reason, String detail, NalPosition position) implements SigningVerdict {}

    /** Something is missing, or cannot be judged; nothing seen contradicts the signer. */
    record Incomplete(SigningReason reason, String detail, NalPosition position) implements SigningVerdict {}

    /** Pictures are there that no signature vouches for, though it should. */
    record Unsigned(SigningReason reason, String detail, NalPosition position) implements SigningVerdict {}

    /** Something contradicts the signer: altered, added, reordered, or put together from parts. */
    record Forged(SigningReason reason, String detail, NalPosition position) implements SigningVerdict {}

    /** 0 authentic, 1 incomplete, 2 unsigned, 3 forged: the greater is the worse. */
    default int severity() {
        return switch (this) {
            case Authentic a -> 0;
            case Incomplete i -> 1;
            case Unsigned u -> 2;
            case Forged f -> 3;
        };
    }

    /** The worse of two; the first one if they are equally bad. */
    static SigningVerdict worse(SigningVerdict first, SigningVerdict second) {
        return second.severity() > first.severity() ? second : first;
    }
}
