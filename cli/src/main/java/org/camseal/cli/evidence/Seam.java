package org.camseal.cli.evidence;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.camseal.cli.command.ExitCode;
import org.camseal.manifest.Manifest;

/**
 * What lies between the end of one file and the beginning of the next, by the numbers of their manifests: nothing, or something that one of
 * them would show alone. Of files that are not forged, for their manifests are not judged here.
 */
sealed interface Seam {
    /** The next file goes on where this one ends. */
    record Joined() implements Seam {}

    /**
     * Manifests are in neither file: what they cover is not there, or nobody vouches for it.
     *
     * @param manifests how many; 0 where nobody can tell, because the next file is of a later run whose beginning is missing
     * @param from UTC time up to which the first file is vouched for
     * @param to UTC time from which on the next one is
     */
    record Gap(long manifests, Instant from, Instant to) implements Seam {}

    /** The next file begins a run: the camera was started anew. What lies between the two times it did not see, or nobody can tell. */
    record NewRun(Instant from, Instant to) implements Seam {}

    /** The next file was recorded in front of this one, or is a copy of a part of it. */
    record OutOfOrder(Instant from, Instant to) implements Seam {}

    /**
     * The first and the last manifest that stand in a file.
     *
     * @param first covers what stands in front of the file, but for the first of a run, which covers nothing
     */
    record Ends(Manifest first, Manifest last) {
        /** With one more manifest behind those, if there is one. */
        static Optional<Ends> with(Optional<Ends> before, Optional<Manifest> next) {
            return next.map(manifest -> new Ends(before.map(Ends::first).orElse(manifest), manifest))
                    .or(() -> before);
        }
    }

    /** Between two files; empty where they are of two cameras or streams, and have nothing to do with each other. */
    static Optional<Seam> between(Ends before, Ends after) {
        Manifest last = before.last();
        Manifest first = after.first();
        if (!last.stream().equals(first.stream())) {
            return Optional.empty();
        }
        if (last.run().equals(first.run())) {
            long missing = first.number() - last.number() - 1;
            return Optional.of(
                    missing == 0
                            ? new Joined()
                            : missing > 0
                                    ? new Gap(missing, last.end(), first.end())
                                    : new OutOfOrder(last.end(), first.end()));
        }
        if (first.end().isBefore(last.end())) {
            return Optional.of(new OutOfOrder(last.end(), first.end()));
        }
        return Optional.of(
                first.number() == 0 ? new NewRun(last.end(), first.end()) : new Gap(0, last.end(), first.end()));
    }

    /** Where the order of the files comes from. */
    enum Order {
        /** From the times in the names of a directory's segments: another order of what is in them contradicts the names. */
        NAMES,
        /** From whoever named the files, which may be copies of one recording. */
        USER
    }

    /** What it means for the files together. */
    default ExitCode exitCode(Order order) {
        return switch (this) {
            case Joined _, NewRun _ -> ExitCode.DONE;
            case Gap _ -> ExitCode.INCOMPLETE;
            case OutOfOrder _ -> order == Order.NAMES ? ExitCode.INCOMPLETE : ExitCode.DONE;
        };
    }

    /** One word for programs. */
    default String kind() {
        return switch (this) {
            case Joined _ -> "joined";
            case Gap _ -> "gap";
            case NewRun _ -> "new-run";
            case OutOfOrder _ -> "out-of-order";
        };
    }

    /** For a reader: what is between the file in front and this one. */
    default String text(String fileInFront) {
        return switch (this) {
            case Joined _ -> "goes on where " + fileInFront + " ends";
            case Gap(long manifests, Instant from, Instant to) ->
                "GAP behind " + fileInFront + ": from " + from + " to " + to + " UTC "
                        + (manifests == 0
                                ? "groups are missing, as many as nobody can tell, for the camera was started anew"
                                : manifests + (manifests == 1 ? " manifest is" : " manifests are") + " missing")
                        + "; a file is not there, or pictures were lost";
            case NewRun(Instant from, Instant to) ->
                "the camera was started anew: behind " + fileInFront + " nothing is vouched for from " + from + " to "
                        + to + " UTC";
            case OutOfOrder(Instant from, Instant to) ->
                "OUT OF ORDER: it begins at " + to + " UTC, and " + fileInFront + " in front of it ends at " + from
                        + " UTC; the order is another, or one is a copy";
        };
    }

    default Map<String, Object> json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", kind());
        switch (this) {
            case Joined _ -> {}
            case Gap(long manifests, Instant from, Instant to) -> {
                if (manifests > 0) {
                    object.put("manifestsMissing", manifests);
                }
                times(object, from, to);
            }
            case NewRun(Instant from, Instant to) -> times(object, from, to);
            case OutOfOrder(Instant from, Instant to) -> times(object, from, to);
        }
        return object;
    }

    private static void times(Map<String, Object> object, Instant from, Instant to) {
        object.put("from", from.toString());
        object.put("to", to.toString());
    }
}
