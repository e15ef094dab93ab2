package org.camseal.manifest;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where each run of a recording stands, and whether a manifest follows from the one before it. Remembers the last 64 runs. */
final class RunBook {
    private static final int MAX_RUNS = 64;

    /** How a manifest stands to what came before. */
    enum Kind {
        /** The first one of the recording. */
        FIRST,
        /** The next number, and the hash fits. */
        FOLLOWS,
        /** Numbers are missing in between. */
        AFTER_GAP,
        /** A new run, from its first manifest on. */
        NEW_RUN,
        /** A new run, entered later than its first manifest. */
        INSIDE_NEW_RUN,
        /** The very manifest that came last, again. */
        AGAIN,
        /** Contradicts what came before. */
        CONTRADICTS
    }

    /**
     * @param missing how many manifests are missing in between, where that is known
     * @param finding what speaks against the manifest
     */
    record Step(Kind kind, long missing, Optional<Finding> finding) {
        static Step of(Kind kind) {
            return new Step(kind, 0, Optional.empty());
        }

        static Step contradiction(Reason reason, String detail) {
            return new Step(Kind.CONTRADICTS, 0, Optional.of(new Finding(reason, detail)));
        }

        Step with(Reason reason, String detail) {
            return new Step(kind, missing, Optional.of(new Finding(reason, detail)));
        }
    }

    /** Why, without a place. */
    record Finding(Reason reason, String detail) {}

    private record Run(StreamId stream, RunId run) {}

    private record State(long number, Digest digest, CommittedEpoch announced, Instant end, boolean verified) {}

    private final Map<Run, State> states = new LinkedHashMap<>();
    private @Nullable Run current;

    /** Judges a manifest's place, and remembers it if it is to be the one the next is measured by. */
    Step step(SignedManifest signed, boolean isVerified) {
        Manifest manifest = signed.manifest();
        Run run = new Run(manifest.stream(), manifest.run());
        State before = current == null ? null : states.get(current);
        if (current == null || before == null) {
            remember(run, signed, isVerified);
            return Step.of(Kind.FIRST);
        }
        if (run.equals(current) && signed.digest().equals(before.digest)) {
            return Step.of(Kind.AGAIN);
        }
        if (before.verified && !isVerified) {
            return Step.of(Kind.FIRST); // nobody vouches for it, so it neither accuses nor is the measure
        }
        if (!before.verified && !(run.equals(current) && follows(before, manifest))) {
            remember(run, signed, isVerified);
            return Step.of(Kind.FIRST);
        }
        Step step = run.equals(current) ? sameRun(before, manifest) : otherRun(current, before, run, manifest);
        if (step.kind != Kind.CONTRADICTS) {
            remember(run, signed, isVerified);
        }
        return step;
    }

    private void remember(Run run, SignedManifest signed, boolean isVerified) {
        Manifest manifest = signed.manifest();
        states.remove(run);
        states.put(
                run, new State(manifest.number(), signed.digest(), manifest.announced(), manifest.end(), isVerified));
        if (states.size() > MAX_RUNS) {
            states.remove(states.keySet().iterator().next());
        }
        current = run;
    }

    private static boolean follows(State before, Manifest manifest) {
        return manifest.number() == before.number + 1 && manifest.previous().equals(before.digest);
    }

    private static Step sameRun(State before, Manifest manifest) {
        if (manifest.number() <= before.number) {
            return Step.contradiction(
                    Reason.REPLAYED,
                    "manifest " + manifest.number() + " of this run stands behind number " + before.number);
        }
        if (manifest.start().isBefore(before.end)) {
            return Step.contradiction(
                    Reason.CHAIN_BROKEN,
                    "manifest " + manifest.number() + " begins at " + manifest.start()
                            + ", before the one in front ended");
        }
        if (manifest.number() > before.number + 1) {
            return new Step(Kind.AFTER_GAP, manifest.number() - before.number - 1, Optional.empty());
        }
        if (!manifest.previous().equals(before.digest)) {
            return Step.contradiction(
                    Reason.CHAIN_BROKEN,
                    "manifest " + manifest.number() + " names another manifest as the one in front of it");
        }
        if (!manifest.covered().equals(before.announced)) {
            return Step.contradiction(
                    Reason.CHAIN_BROKEN, "manifest " + manifest.number() + " covers another epoch than was announced");
        }
        return Step.of(Kind.FOLLOWS);
    }

    private Step otherRun(Run left, State before, Run run, Manifest manifest) {
        if (!run.stream.equals(left.stream)) {
            return Step.contradiction(
                    Reason.OTHER_STREAM, "a manifest of " + run.stream + " in a recording of " + left.stream);
        }
        if (states.containsKey(run)) {
            return Step.contradiction(
                    Reason.REPLAYED,
                    "manifest " + manifest.number() + " of run " + run.run + ", which was left already");
        }
        boolean isEarlier = manifest.start().isBefore(before.end);
        if (manifest.number() == 0) {
            return isEarlier
                    ? Step.of(Kind.NEW_RUN)
                            .with(
                                    Reason.CLOCK_WENT_BACK,
                                    "a run that begins at " + manifest.start() + ", before the one in front ended at "
                                            + before.end)
                    : Step.of(Kind.NEW_RUN);
        }
        return isEarlier
                ? Step.contradiction(
                        Reason.REPLAYED,
                        "manifest " + manifest.number() + " of another run, from " + manifest.start()
                                + ", which is before the one in front ended at " + before.end)
                : Step.of(Kind.INSIDE_NEW_RUN);
    }
}
