package org.camseal.cli.identity;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code camseal identity}: keys and the element they are in. */
@Command(
        name = "identity",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        synopsisSubcommandLabel = "WHAT",
        subcommands = {IdentityPrepareCommand.class, IdentityStatusCommand.class, IdentitySelftestCommand.class},
        description = "Looks after an identity: its keys, its certificates, and the secure element the keys are in.")
public final class IdentityCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec known = Objects.requireNonNull(spec);
        known.commandLine().usage(known.commandLine().getOut());
    }
}
