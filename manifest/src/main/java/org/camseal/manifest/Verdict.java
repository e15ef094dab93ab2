package org.camseal.manifest;

/**
 * What can be said about a group of packages, or about a whole recording. Says nothing about whose signature it is: untouched and ours
 * are two questions.
 */
public sealed interface Verdict {
    /** Why. */
    Reason reason();

    /** One sentence for a reader: what was seen, and what was expected. */
    String detail();

    /** Where it was seen first. */
    Position position();

    /** What is there is what the signer sealed, in order; nothing is missing between its ends. */
    record Authentic(Reason reason, String detail, Position position) implements Verdict {}

    /** Something is missing, or cannot be judged; nothing seen contradicts the signer. */
    record Incomplete(Reason reason, String detail, Position position) implements Verdict {}

    /** Something contradicts the signer: altered, added, reordered, or put together from parts. */
    record Forged(Reason reason, String detail, Position position) implements Verdict {}

    /** Nobody vouches for it at all. */
    record Unsigned(Reason reason, String detail, Position position) implements Verdict {}

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
    static Verdict worse(Verdict first, Verdict second) {
        return second.severity() > first.severity() ? second : first;
    }
}
