package org.camseal.cli.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only has others below it: alone it says which. */
public abstract class CommandGroup implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public final void run() {
        CommandSpec known = Objects.requireNonNull(spec);
        known.commandLine().usage(known.commandLine().getOut());
    }

    /** Standard output, or what stands for it in a test. */
    public final PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    /** Prints what there is of something: as one JSON array, or each for people. */
    public final void print(
            List<Map<String, Object>> things, boolean json, Function<Map<String, Object>, String> line) {
        if (json) {
            out().println(Json.text(things));
        } else {
            things.forEach(thing -> out().println(line.apply(thing)));
        }
    }
}
